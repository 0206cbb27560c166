//! API keys on SQLite.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::connect::Sqlite;
use crate::error::{ReadError, WriteError};
use crate::keys::ApiKeyRow;

const COLUMNS: &str =
    "id, environment, secret_sha256, label, unit, scopes, created_at, expires_at, revoked_at";

impl Sqlite {
    /// One statement counts and inserts, and the transaction is the only one that writes.
    pub(crate) async fn add_api_key(
        &self,
        row: &ApiKeyRow,
        at_most: u32,
    ) -> Result<bool, WriteError> {
        let row = row.clone();
        self.with_writer("an API key", move |transaction| {
            let sql = format!(
                "insert into api_keys ({COLUMNS}) select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
                 where (select count(*) from api_keys where unit = ?5 and label = ?4
                        and expires_at > ?7 and (revoked_at is null or revoked_at > ?7)) < ?10"
            );
            let added = transaction.execute(
                &sql,
                params![
                    row.id,
                    row.environment,
                    row.secret_sha256,
                    row.label,
                    row.unit,
                    row.scopes,
                    row.created_at.as_microsecond(),
                    row.expires_at.as_microsecond(),
                    row.revoked_at.map(Timestamp::as_microsecond),
                    at_most,
                ],
            )?;
            Ok(added == 1)
        })
        .await
    }

    pub(crate) async fn api_key(&self, id: &str) -> Result<Option<ApiKeyRow>, ReadError> {
        let id = id.to_owned();
        self.with_reader("an API key", move |connection| {
            let sql = format!("select {COLUMNS} from api_keys where id = ?");
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_row([id], key).optional()
        })
        .await
    }

    pub(crate) async fn api_keys(&self) -> Result<Vec<ApiKeyRow>, ReadError> {
        self.with_reader("the API keys", |connection| {
            let sql =
                format!("select {COLUMNS} from api_keys order by unit, label, created_at, id");
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_map([], key)?.collect()
        })
        .await
    }

    pub(crate) async fn revoke_api_key(&self, id: &str, at: Timestamp) -> Result<bool, WriteError> {
        let id = id.to_owned();
        self.with_writer("an API key", move |transaction| {
            transaction.execute(
                "update api_keys set revoked_at = max(?, created_at) \
                 where id = ? and revoked_at is null",
                (at.as_microsecond(), &id),
            )?;
            transaction.query_row(
                "select exists (select 1 from api_keys where id = ?)",
                [&id],
                |row| row.get(0),
            )
        })
        .await
    }
}

fn key(row: &Row<'_>) -> rusqlite::Result<ApiKeyRow> {
    let revoked: Option<i64> = row.get(8)?;
    Ok(ApiKeyRow {
        id: row.get(0)?,
        environment: row.get(1)?,
        secret_sha256: row.get(2)?,
        label: row.get(3)?,
        unit: row.get(4)?,
        scopes: row.get(5)?,
        created_at: super::read::timestamp(row, 6)?,
        expires_at: super::read::timestamp(row, 7)?,
        revoked_at: revoked
            .map(|_| super::read::timestamp(row, 8))
            .transpose()?,
    })
}
