//! A database of its own for every test, of both kinds.

use std::path::Path;

use chasqui_store::{Migrate, Store, StoreUrl};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// A new, empty database, with a data folder beside it.
pub(crate) struct Database {
    pub(crate) kind: Kind,
    pub(crate) url: String,
    folder: TempDir,
}

impl Database {
    pub(crate) async fn new(kind: Kind) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match kind {
            Kind::Sqlite => format!("sqlite://{}", folder.path().join("events.sqlite").display()),
            Kind::Postgres => create().await,
        };
        Self { kind, url, folder }
    }

    /// The data folder.
    pub(crate) fn data(&self) -> &Path {
        self.folder.path()
    }

    /// The database as it is now, as a backup keeps it, with an empty data folder.
    pub(crate) async fn copy(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match self.kind {
            Kind::Sqlite => {
                let file = folder.path().join("events.sqlite");
                let path = self.url.strip_prefix("sqlite://").unwrap();
                let connection = rusqlite::Connection::open(path).unwrap();
                let into = format!("vacuum into '{}'", file.display());
                connection.execute(&into, []).unwrap();
                format!("sqlite://{}", file.display())
            }
            Kind::Postgres => copy(&self.url).await,
        };
        Self {
            kind: self.kind,
            url,
            folder,
        }
    }

    /// The same database, seen from another machine: with an empty data folder.
    pub(crate) fn beside(&self) -> Self {
        let (kind, url) = (self.kind, self.url.clone());
        let folder = tempfile::tempdir().unwrap();
        Self { kind, url, folder }
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.url.parse::<StoreUrl>().unwrap(), Migrate::Auto)
            .await
            .unwrap()
    }
}

/// Runs a test on a database of each kind.
pub(crate) async fn both(test: impl AsyncFn(Database)) {
    for kind in [Kind::Sqlite, Kind::Postgres] {
        eprintln!("on {kind:?}:");
        test(Database::new(kind).await).await;
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the tests have settings of their own"
)]
async fn create() -> String {
    let server = std::env::var("TEST_POSTGRES_URL")
        .expect("TEST_POSTGRES_URL names no PostgreSQL server: start the tests with tests/run");
    let mut connection = PgConnection::connect(&server).await.unwrap();
    let name = format!("t_{}", uuid::Uuid::new_v4().simple());
    sqlx::query(&format!("create database {name}"))
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    server.replacen("/postgres?", &format!("/{name}?"), 1)
}

/// PostgreSQL copies a database that nobody is connected to: its connections are cut, and come back.
async fn copy(url: &str) -> String {
    let (name, copied) = (database(url), create().await);
    let server = url.replacen(&format!("/{name}?"), "/postgres?", 1);
    let mut connection = PgConnection::connect(&server).await.unwrap();
    for _ in 0..20 {
        let statements = [
            format!("drop database if exists {}", database(&copied)),
            format!(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'"
            ),
            format!("create database {} template {name}", database(&copied)),
        ];
        let mut done = Ok(());
        for statement in statements {
            done = done.and(
                sqlx::query(&statement)
                    .execute(&mut connection)
                    .await
                    .map(|_| ()),
            );
        }
        if done.is_ok() {
            return copied;
        }
    }
    panic!("somebody is always connected to {name}");
}

/// The name of a database in its address.
fn database(url: &str) -> &str {
    let path = url.split('?').next().unwrap();
    path.rsplit('/').next().unwrap()
}
