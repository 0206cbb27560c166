//! Opening a PostgreSQL database: pools, time-outs, migrations.

use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use postgres_es::PostgresEventRepository;
use sqlx::migrate::{Migrate as _, MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

use super::write;
use crate::connect::Migrate;
use crate::error::OpenError;
use crate::queue::Queue;
use crate::repository::Stock;

static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/postgres");

/// How many connections read at once.
const READERS: u32 = 8;

/// An open PostgreSQL database.
#[derive(Clone, Debug)]
pub(crate) struct Postgres {
    pub(crate) queue: Queue,
    pub(super) readers: PgPool,
}

impl Postgres {
    pub(crate) async fn open(url: &str, migrate: Migrate) -> Result<Self, OpenError> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|e| OpenError::Connect(e.into()))?
            .application_name("chasqui");
        let readers = PgPoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(Duration::from_secs(10))
            // A dead connection is found by the statement that uses it; asking first costs a round trip.
            .test_before_acquire(false)
            .connect_with(options.clone().options([("statement_timeout", "60s")]))
            .await
            .map_err(|e| OpenError::Connect(e.into()))?;
        bring_up(&readers, migrate).await?;
        // One session writes. An idle or slow holder of the head's lock would stop every writer, so
        // the server ends it.
        let writer = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(10))
            .test_before_acquire(false)
            .connect_lazy_with(options.options([
                ("lock_timeout", "10s"),
                ("statement_timeout", "30s"),
                ("idle_in_transaction_session_timeout", "10s"),
            ]));
        let (queue, batches) = Queue::new(0);
        tokio::spawn(write::run(writer, batches));
        Ok(Self { queue, readers })
    }

    pub(crate) fn stock(&self) -> Stock {
        Stock::Postgres(Arc::new(PostgresEventRepository::new(self.readers.clone())))
    }
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
