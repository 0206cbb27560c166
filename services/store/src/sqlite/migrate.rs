//! The form of the SQLite file. `pragma user_version` counts the migrations applied.

use rusqlite::{Connection, TransactionBehavior};

use crate::connect::Migrate;
use crate::error::OpenError;

/// All migrations, oldest first. Forward only.
const MIGRATIONS: &[&str] = &[include_str!(
    "../../../../migrations/sqlite/20261123000001_events.sql"
)];

pub(super) fn bring_up(connection: &mut Connection, migrate: Migrate) -> Result<(), OpenError> {
    let applied = |connection: &Connection| {
        connection
            .pragma_query_value(None, "user_version", |row| row.get::<_, usize>(0))
            .map_err(|e| OpenError::Migrate(e.into()))
    };
    match (migrate, applied(connection)?) {
        (Migrate::Off, _) => Ok(()),
        (Migrate::Check, count) if count < MIGRATIONS.len() => Err(OpenError::NeedsMigration),
        (Migrate::Auto, count) if count < MIGRATIONS.len() => {
            // Asked again under the write lock: another process may have been quicker.
            let transaction = connection
                .transaction_with_behavior(TransactionBehavior::Immediate)
                .map_err(|e| OpenError::Migrate(e.into()))?;
            for migration in &MIGRATIONS[applied(&transaction)?.min(MIGRATIONS.len())..] {
                transaction
                    .execute_batch(migration)
                    .map_err(|e| OpenError::Migrate(e.into()))?;
            }
            transaction
                .pragma_update(None, "user_version", MIGRATIONS.len())
                .and_then(|()| transaction.commit())
                .map_err(|e| OpenError::Migrate(e.into()))
        }
        (Migrate::Check | Migrate::Auto, count) if count > MIGRATIONS.len() => Err(
            OpenError::Migrate("the file was written by a newer version".into()),
        ),
        (Migrate::Check | Migrate::Auto, _) => Ok(()),
    }
}
