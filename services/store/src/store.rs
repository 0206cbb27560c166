//! The one face of both databases.

use chasqui_procedures::recorded::RawRecord;
use tokio::sync::watch;

use crate::append::{Append, Appended};
use crate::connect::{Migrate, StoreUrl};
use crate::error::{AppendError, OpenError, ReadError};
use crate::load::{Loads, Stream};
use crate::postgres::Postgres;
use crate::queue::Queue;
use crate::repository::Repository;
use crate::sqlite::Sqlite;

/// An event database, open for appending and reading. Clones share it.
#[derive(Clone, Debug)]
pub struct Store(pub(crate) Backend, Loads);

#[derive(Clone, Debug)]
pub(crate) enum Backend {
    Postgres(Postgres),
    Sqlite(Sqlite),
}

/// The number of events in the log: the position that the next one takes.
pub type Head = u64;

impl Store {
    /// Opens a database, and brings it to today's form if `migrate` says so.
    pub async fn open(url: &StoreUrl, migrate: Migrate) -> Result<Self, OpenError> {
        let backend = match url {
            StoreUrl::Postgres(url) => Backend::Postgres(Postgres::open(url, migrate).await?),
            StoreUrl::Sqlite(path) => Backend::Sqlite(Sqlite::open(path, migrate).await?),
        };
        let loads = Loads::new(&backend);
        Ok(Self(backend, loads))
    }

    /// Appends to one stream, and answers once the events are durable.
    pub async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        let appended = self.append_block(vec![append]).await?;
        Ok(*appended
            .first()
            .expect("invariant: one answer for each append"))
    }

    /// Appends to many streams, all or none, and answers once the events are durable.
    ///
    /// A block may have at most 10,000 events; each stream stands in it once. A block of a thousand events
    /// and more is written by the fastest way that the database has.
    pub async fn append_block(&self, block: Vec<Append>) -> Result<Vec<Appended>, AppendError> {
        self.queue().append(block, None).await
    }

    /// Reads one whole stream, by sequence; empty if there is none. Whoever asks at the same moment is
    /// answered by the same statement.
    pub async fn load(&self, kind: &'static str, id: String) -> Result<Vec<RawRecord>, ReadError> {
        self.1.load((kind, id)).await
    }

    /// Reads whole streams of one kind: the streams in the order asked for, each by sequence.
    pub async fn load_many(
        &self,
        kind: &'static str,
        ids: Vec<String>,
    ) -> Result<Vec<RawRecord>, ReadError> {
        let streams = ids.into_iter().map(|id| (kind, id)).collect();
        self.0.load(streams).await
    }

    /// Reads the log from a position on, at most `limit` events, in order and without a gap.
    pub async fn read(&self, from: u64, limit: usize) -> Result<Vec<RawRecord>, ReadError> {
        match &self.0 {
            Backend::Postgres(postgres) => postgres.read(from, limit).await,
            Backend::Sqlite(sqlite) => sqlite.read(from, limit).await,
        }
    }

    /// The number of events in the log, asked of the database.
    pub async fn head(&self) -> Result<Head, ReadError> {
        let head = match &self.0 {
            Backend::Postgres(postgres) => postgres.head().await,
            Backend::Sqlite(sqlite) => sqlite.head().await,
        }?;
        self.queue().learn(head);
        Ok(head)
    }

    /// Changes when the log has grown: at once when this process has appended, soon after when another
    /// one has. It is a hint that spares a poll, and no guarantee.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<Head> {
        match &self.0 {
            Backend::Postgres(postgres) => postgres.listen(),
            Backend::Sqlite(sqlite) => sqlite.listen(),
        }
        self.queue().watch()
    }

    pub(crate) fn queue(&self) -> &Queue {
        match &self.0 {
            Backend::Postgres(postgres) => &postgres.queue,
            Backend::Sqlite(sqlite) => &sqlite.queue,
        }
    }

    /// The same database as `cqrs-es` sees it: stock loads, our append.
    #[must_use]
    pub fn repository(&self) -> Repository {
        Repository::new(
            self.clone(),
            match &self.0 {
                Backend::Postgres(postgres) => postgres.stock(),
                Backend::Sqlite(sqlite) => sqlite.stock(),
            },
        )
    }
}

impl Backend {
    /// Whole streams, in the order asked for.
    pub(crate) async fn load(&self, streams: Vec<Stream>) -> Result<Vec<RawRecord>, ReadError> {
        match self {
            Self::Postgres(postgres) => postgres.load(&streams).await,
            Self::Sqlite(sqlite) => sqlite.load(streams).await,
        }
    }
}
