//! Opening a SQLite file: durability, readers, the writer's thread.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};
use sqlite_es::SqliteEventRepository;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::lookout::Lookout;
use super::{migrate, write};
use crate::connect::Migrate;
use crate::error::{OpenError, WriteError};
use crate::queue::Queue;
use crate::repository::Stock;

/// How long a statement waits for another process's transaction.
pub(super) const BUSY: Duration = Duration::from_secs(10);

/// An open SQLite file.
#[derive(Clone, Debug)]
pub(crate) struct Sqlite {
    pub(crate) queue: Queue,
    pub(super) path: PathBuf,
    /// Connections at rest. A reader takes one and puts it back.
    pub(super) idle: Arc<Mutex<Vec<Connection>>>,
    stock: sqlx::SqlitePool,
    /// Looks for what other processes append, once somebody wants to know.
    lookout: Arc<OnceLock<Lookout>>,
}

impl Sqlite {
    pub(crate) async fn open(path: &Path, migrate: Migrate) -> Result<Self, OpenError> {
        let file = path.to_owned();
        let (connection, head) = tokio::task::spawn_blocking(move || prepare(&file, migrate))
            .await
            .map_err(|e| OpenError::Connect(e.into()))??;
        let (queue, batches) = Queue::new(head);
        std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || write::run(connection, batches))
            .map_err(|e| OpenError::Connect(e.into()))?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY);
        let stock = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_lazy_with(options);
        Ok(Self {
            queue,
            path: path.to_owned(),
            idle: Arc::default(),
            stock,
            lookout: Arc::default(),
        })
    }

    /// From now on, what other processes append is noticed.
    pub(crate) fn listen(&self) {
        self.lookout
            .get_or_init(|| Lookout::begin(self.path.clone(), self.queue.told()));
    }

    pub(crate) fn stock(&self) -> Stock {
        Stock::Sqlite(Arc::new(SqliteEventRepository::new(self.stock.clone())))
    }

    /// Writes something beside the events, in a transaction on a connection of its own: it waits for
    /// the writer's turn as another process would. It is durable when this answers.
    pub(super) async fn with_writer<T: Send + 'static>(
        &self,
        what: &'static str,
        write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, WriteError> {
        let path = self.path.clone();
        let written = tokio::task::spawn_blocking(move || {
            let mut connection = Connection::open(path)?;
            connection.busy_timeout(BUSY)?;
            connection.execute_batch("pragma synchronous = full;")?;
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let written = write(&transaction)?;
            transaction.commit()?;
            Ok::<_, rusqlite::Error>(written)
        });
        written
            .await
            .map_err(WriteError::of(what))?
            .map_err(WriteError::of(what))
    }
}

fn prepare(path: &Path, migrate: Migrate) -> Result<(Connection, u64), OpenError> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).map_err(|e| OpenError::Connect(e.into()))?;
    }
    let connect = |e: rusqlite::Error| OpenError::Connect(e.into());
    let mut connection = Connection::open(path).map_err(connect)?;
    connection.busy_timeout(BUSY).map_err(connect)?;
    // FULL: a commit is on the disk before it is acknowledged, also if the power fails.
    connection
        .execute_batch("pragma journal_mode = wal; pragma synchronous = full;")
        .map_err(connect)?;
    migrate::bring_up(&mut connection, migrate)?;
    let head = super::read::head(&connection).map_err(connect)?;
    Ok((connection, head))
}
