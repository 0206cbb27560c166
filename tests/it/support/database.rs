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
