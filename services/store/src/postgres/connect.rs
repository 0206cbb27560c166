//! Opening a PostgreSQL database: pools, time-outs, migrations.

use std::str::FromStr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use postgres_es::PostgresEventRepository;
use sqlx::Connection as _;
use sqlx::migrate::{Migrate as _, MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use tokio::sync::watch;

use super::hint::{self, Listener};
use super::write;
use crate::connect::Migrate;
use crate::error::OpenError;
use crate::queue::Queue;
use crate::repository::Stock;

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/postgres");

/// How many connections read at once.
pub(super) const READERS: u32 = 8;
/// How long a connection may have rested before it is asked whether it is alive. Asked each time, the
/// question would cost every command a round trip.
const RESTED: Duration = Duration::from_secs(1);

/// An open PostgreSQL database.
#[derive(Clone, Debug)]
pub(crate) struct Postgres {
    pub(crate) queue: Queue,
    pub(super) readers: PgPool,
    /// Two connections at most: one says that something was appended, one hears it of others.
    hints: PgPool,
    /// Hears what others say, once somebody wants to know.
    listener: Arc<OnceLock<Listener>>,
}

impl Postgres {
    pub(crate) async fn open(url: &str, migrate: Migrate) -> Result<Self, OpenError> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|e| OpenError::Connect(e.into()))?
            .application_name("chasqui");
        let readers = pool(READERS)
            .connect_with(options.clone().options([("statement_timeout", "60s")]))
            .await
            .map_err(|e| OpenError::Connect(e.into()))?;
        bring_up(&readers, migrate).await?;
        // One session writes. An idle or slow holder of the head's lock would stop every writer, so
        // the server ends it.
        let writer = pool(1).connect_lazy_with(options.clone().options([
            ("lock_timeout", "10s"),
            ("statement_timeout", "30s"),
            ("idle_in_transaction_session_timeout", "10s"),
        ]));
        // A hint that is lost with the power is no loss: no commit of one waits for the disk.
        let hints = pool(2).connect_lazy_with(
            options.options([("synchronous_commit", "off"), ("statement_timeout", "10s")]),
        );
        let (queue, batches) = Queue::new(0);
        let (own, appended) = watch::channel(0);
        tokio::spawn(hint::say(hints.clone(), appended));
        tokio::spawn(write::run(writer, batches, own));
        Ok(Self {
            queue,
            readers,
            hints,
            listener: Arc::default(),
        })
    }

    /// From now on, what other processes append is noticed.
    pub(crate) fn listen(&self) {
        let (hints, readers) = (&self.hints, &self.readers);
        self.listener
            .get_or_init(|| Listener::begin(hints.clone(), readers.clone(), self.queue.told()));
    }

    pub(crate) fn stock(&self) -> Stock {
        Stock::Postgres(Arc::new(PostgresEventRepository::new(self.readers.clone())))
    }
}

/// Connections that are alive as far as is known.
fn pool(most: u32) -> PgPoolOptions {
    PgPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(Duration::from_secs(10))
        .test_before_acquire(false)
        .before_acquire(|connection, rest| {
            Box::pin(async move {
                if rest.idle_for >= RESTED {
                    // An error makes the pool open another one.
                    connection.ping().await?;
                }
                Ok(true)
            })
        })
}

async fn bring_up(pool: &PgPool, migrate: Migrate) -> Result<(), OpenError> {
    let failed = |e: MigrateError| OpenError::Migrate(e.into());
    match migrate {
        Migrate::Off => Ok(()),
        // The migrator holds an advisory lock, so several starting processes take turns.
        Migrate::Auto => MIGRATIONS.run(pool).await.map_err(failed),
        Migrate::Check => {
            let mut connection = pool
                .acquire()
                .await
                .map_err(|e| OpenError::Connect(e.into()))?;
            let applied = match connection.list_applied_migrations().await {
                Ok(applied) => applied,
                Err(MigrateError::Execute(_)) => return Err(OpenError::NeedsMigration),
                Err(error) => return Err(failed(error)),
            };
            let missing = |version| !applied.iter().any(|one| one.version == version);
            let newer = |version| !MIGRATIONS.iter().any(|one| one.version == version);
            if let Some(one) = applied.iter().find(|one| newer(one.version)) {
                return Err(failed(MigrateError::VersionMissing(one.version)));
            }
            if MIGRATIONS
                .iter()
                .any(|migration| missing(migration.version))
            {
                return Err(OpenError::NeedsMigration);
            }
            Ok(())
        }
    }
}
