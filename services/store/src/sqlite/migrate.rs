//! The form of the SQLite file: which migrations were applied to it, and those that are missing.
//!
//! The table `schema_migrations` names each migration with its text, as sqlx does on PostgreSQL.
//! `pragma user_version` counts them, for programs older than this table: they refuse the file.

use std::collections::BTreeMap;

use rusqlite::{Connection, TransactionBehavior};

use crate::connect::Migrate;
use crate::error::OpenError;

struct Migration {
    version: i64,
    sql: &'static str,
}

macro_rules! migration {
    ($version:literal, $name:literal) => {
        Migration {
            version: $version,
            sql: include_str!(concat!(
                "../../../../migrations/sqlite/",
                $version,
                "_",
                $name,
                ".sql"
            )),
        }
    };
}

/// All migrations, in the order of their time. Forward only: a file that was applied never changes.
const MIGRATIONS: &[Migration] = &[
    migration!(20261123000001, "events"),
    migration!(20261123000002, "vault"),
    migration!(20261123000003, "keys_and_idempotency"),
    migration!(20261123000010, "log"),
    migration!(20261123000030, "log_notes"),
];

const TABLE: &str = "create table if not exists schema_migrations (
    version integer not null constraint schema_migrations_pkey primary key,
    sql text not null
) strict";

pub(super) fn bring_up(connection: &mut Connection, migrate: Migrate) -> Result<(), OpenError> {
    if migrate == Migrate::Off || missing(&applied(connection)?)?.is_empty() {
        return Ok(());
    }
    if migrate == Migrate::Check {
        return Err(OpenError::NeedsMigration);
    }
    let failed = |error: rusqlite::Error| OpenError::Migrate(error.into());
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(failed)?;
    // Asked again under the write lock: another process may have been quicker.
    let applied = applied(&transaction)?;
    transaction.execute_batch(TABLE).map_err(failed)?;
    for (version, sql) in &applied {
        record(&transaction, *version, sql).map_err(failed)?;
    }
    for migration in missing(&applied)? {
        transaction
            .execute_batch(migration.sql)
            .and_then(|()| record(&transaction, migration.version, migration.sql))
            .map_err(failed)?;
    }
    transaction
        .pragma_update(None, "user_version", MIGRATIONS.len())
        .and_then(|()| transaction.commit())
        .map_err(failed)
}

/// The migrations that were applied, by their version, each with its text.
fn applied(connection: &Connection) -> Result<BTreeMap<i64, String>, OpenError> {
    let failed = |error: rusqlite::Error| OpenError::Migrate(error.into());
    let has_table: bool = connection
        .query_row(
            "select exists (select 1 from sqlite_schema where name = 'schema_migrations')",
            [],
            |row| row.get(0),
        )
        .map_err(failed)?;
    if !has_table {
        // The first form of the file was only counted.
        let counted: usize = connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(failed)?;
        return match counted {
            0 => Ok(BTreeMap::new()),
            1 => Ok(MIGRATIONS[..1]
                .iter()
                .map(|first| (first.version, first.sql.to_owned()))
                .collect()),
            _ => Err(OpenError::Migrate(
                "the file says that it was migrated, and not how".into(),
            )),
        };
    }
    let read = || -> rusqlite::Result<BTreeMap<i64, String>> {
        connection
            .prepare("select version, sql from schema_migrations")?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    };
    read().map_err(failed)
}

/// What is still to be applied, oldest first: also one whose time lies before that of another that was
/// applied, as happens when two lines of work meet.
fn missing(applied: &BTreeMap<i64, String>) -> Result<Vec<&'static Migration>, OpenError> {
    let known = |version: i64| MIGRATIONS.iter().find(|one| one.version == version);
    for (version, sql) in applied {
        match known(*version) {
            None => {
                return Err(OpenError::Migrate(
                    "the file was written by a newer version".into(),
                ));
            }
            Some(migration) if migration.sql != sql => {
                let changed = format!("migration {version} has changed since it was applied");
                return Err(OpenError::Migrate(changed.into()));
            }
            Some(_) => {}
        }
    }
    let is_missing = |migration: &&Migration| !applied.contains_key(&migration.version);
    Ok(MIGRATIONS.iter().filter(is_missing).collect())
}

fn record(connection: &Connection, version: i64, sql: &str) -> rusqlite::Result<()> {
    connection
        .execute(
            "insert or ignore into schema_migrations (version, sql) values (?, ?)",
            (version, sql),
        )
        .map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(connection: &Connection) -> Vec<i64> {
        applied(connection).unwrap().into_keys().collect()
    }

    fn all() -> Vec<i64> {
        MIGRATIONS.iter().map(|one| one.version).collect()
    }

    #[test]
    fn migrations_stand_in_the_order_of_their_time() {
        assert!(all().is_sorted());
    }

    #[test]
    fn every_file_of_the_folder_is_applied() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations/sqlite");
        let mut files: Vec<i64> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .map(|name| name.split('_').next().unwrap().parse().unwrap())
            .collect();
        files.sort_unstable();
        assert_eq!(all(), files, "add the file to MIGRATIONS");
    }

    #[test]
    fn a_file_that_was_only_counted_goes_on_from_there() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(MIGRATIONS[0].sql).unwrap();
        connection.pragma_update(None, "user_version", 1).unwrap();
        assert!(bring_up(&mut connection, Migrate::Check).is_err());
        bring_up(&mut connection, Migrate::Auto).unwrap();
        assert_eq!(versions(&connection), all());
        bring_up(&mut connection, Migrate::Check).unwrap();
    }

    #[test]
    fn a_migration_that_comes_late_is_applied_all_the_same() {
        let mut connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(TABLE).unwrap();
        let last = &MIGRATIONS[MIGRATIONS.len() - 1];
        connection.execute_batch(last.sql).unwrap();
        record(&connection, last.version, last.sql).unwrap();
        bring_up(&mut connection, Migrate::Auto).unwrap();
        assert_eq!(versions(&connection), all());
    }

    #[test]
    fn a_file_of_a_newer_program_or_with_another_past_is_refused() {
        for (version, sql) in [(29990101000000, "select 1"), (MIGRATIONS[0].version, "x")] {
            let mut connection = Connection::open_in_memory().unwrap();
            connection.execute_batch(TABLE).unwrap();
            record(&connection, version, sql).unwrap();
            for migrate in [Migrate::Check, Migrate::Auto] {
                let error = bring_up(&mut connection, migrate).unwrap_err();
                assert!(matches!(error, OpenError::Migrate(_)), "{error:?}");
            }
            assert_eq!(versions(&connection), [version]);
        }
    }
}
