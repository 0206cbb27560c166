//! The stock crates' table is a part of ours: same names, same types, same key.

use sqlx::Row;

use crate::support::{Database, Kind};

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_has_the_columns_that_postgres_es_wants() {
    let database = Database::new(Kind::Postgres).await;
    database.open().await;
    let pool = sqlx::PgPool::connect(&database.url).await.unwrap();
    // The table of postgres-es 0.5, as its documentation gives it.
    sqlx::raw_sql(
        "create schema stock; create table stock.events (aggregate_type text not null, \
         aggregate_id text not null, sequence bigint check (sequence >= 0) not null, \
         event_type text not null, event_version text not null, payload json not null, \
         metadata json not null, primary key (aggregate_type, aggregate_id, sequence))",
    )
    .execute(&pool)
    .await
    .unwrap();
    let columns = |schema: &'static str| {
        let pool = pool.clone();
        async move {
            sqlx::query(
                "select column_name::text, data_type::text, is_nullable::text \
                 from information_schema.columns where table_schema = $1 and table_name = 'events'",
            )
            .bind(schema)
            .fetch_all(&pool)
            .await
            .unwrap()
            .iter()
            .map(|row| (row.get(0), row.get(1), row.get(2)))
            .collect::<Vec<(String, String, String)>>()
        }
    };
    let (ours, stock) = (columns("public").await, columns("stock").await);
    assert_eq!(stock.len(), 7);
    for column in stock {
        assert!(ours.contains(&column), "{column:?} is not in {ours:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_is_synchronous_and_checks_its_types() {
    let database = Database::new(Kind::Sqlite).await;
    database.open().await;
    let path = database.url.strip_prefix("sqlite://").unwrap();
    let connection = rusqlite::Connection::open(path).unwrap();
    let mode: String = connection
        .query_row("pragma journal_mode", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
    let sql: String = connection
        .query_row(
            "select sql from sqlite_schema where name = 'events'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!(sql.trim_end().ends_with("strict"), "{sql}");
}
