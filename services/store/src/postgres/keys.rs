//! API keys on PostgreSQL. They are few and change seldom: they are written over the readers' connections.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::postgres::PgRow;

use super::connect::Postgres;
use crate::error::{ReadError, WriteError};
use crate::keys::ApiKeyRow;

const COLUMNS: &str = "id, environment, secret_sha256, label, unit, scopes,
    (extract(epoch from created_at) * 1000000)::bigint as created_at,
    (extract(epoch from expires_at) * 1000000)::bigint as expires_at,
    (extract(epoch from revoked_at) * 1000000)::bigint as revoked_at";

/// The moments that are handed over as microseconds, as the database has them.
const INSERT: &str = "
with at as (
    select timestamptz 'epoch' + $7 * interval '1 microsecond' as created,
           timestamptz 'epoch' + $8 * interval '1 microsecond' as expires,
           timestamptz 'epoch' + $9 * interval '1 microsecond' as revoked
)
insert into api_keys (id, environment, secret_sha256, label, unit, scopes,
                      created_at, expires_at, revoked_at)
select $1, $2, $3, $4, $5, $6, at.created, at.expires, at.revoked from at
where (select count(*) from api_keys where unit = $5 and label = $4 and expires_at > at.created
       and (revoked_at is null or revoked_at > at.created)) < $10";

impl Postgres {
    pub(crate) async fn add_api_key(
        &self,
        row: &ApiKeyRow,
        at_most: u32,
    ) -> Result<bool, WriteError> {
        self.insert_api_key(row, at_most)
            .await
            .map_err(WriteError::of("an API key"))
    }

    async fn insert_api_key(&self, row: &ApiKeyRow, at_most: u32) -> Result<bool, sqlx::Error> {
        let mut transaction = self.readers.begin().await?;
        // Of two who count at once, the second waits and counts what the first has added. Reading goes on.
        sqlx::query("lock table api_keys in share row exclusive mode")
            .execute(&mut *transaction)
            .await?;
        let added = sqlx::query(INSERT)
            .bind(&row.id)
            .bind(&row.environment)
            .bind(row.secret_sha256.as_slice())
            .bind(&row.label)
            .bind(&row.unit)
            .bind(&row.scopes)
            .bind(row.created_at.as_microsecond())
            .bind(row.expires_at.as_microsecond())
            .bind(row.revoked_at.map(Timestamp::as_microsecond))
            .bind(i64::from(at_most))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(added.rows_affected() == 1)
    }

    pub(crate) async fn api_key(&self, id: &str) -> Result<Option<ApiKeyRow>, ReadError> {
        let found = sqlx::query(&format!("select {COLUMNS} from api_keys where id = $1"))
            .bind(id)
            .fetch_optional(&self.readers)
            .await;
        found
            .and_then(|row| row.as_ref().map(key).transpose())
            .map_err(ReadError::of("an API key"))
    }

    pub(crate) async fn api_keys(&self) -> Result<Vec<ApiKeyRow>, ReadError> {
        // Ordered by the column, not by the number of the same name.
        let sql = format!(
            "select {COLUMNS} from api_keys
             order by unit collate \"C\", label collate \"C\", api_keys.created_at, id"
        );
        let rows = sqlx::query(&sql).fetch_all(&self.readers).await;
        rows.and_then(|rows| rows.iter().map(key).collect())
            .map_err(ReadError::of("the API keys"))
    }

    pub(crate) async fn revoke_api_key(&self, id: &str, at: Timestamp) -> Result<bool, WriteError> {
        let known = sqlx::query_scalar::<_, bool>(
            "with revoked as (
                 update api_keys
                 set revoked_at = greatest(created_at, timestamptz 'epoch' + $2 * interval '1 microsecond')
                 where id = $1 and revoked_at is null
             ) select exists (select 1 from api_keys where id = $1)",
        )
        .bind(id)
        .bind(at.as_microsecond())
        .fetch_one(&self.readers)
        .await;
        known.map_err(WriteError::of("an API key"))
    }
}

fn key(row: &PgRow) -> Result<ApiKeyRow, sqlx::Error> {
    let revoked: Option<i64> = row.try_get("revoked_at")?;
    Ok(ApiKeyRow {
        id: row.try_get("id")?,
        environment: row.try_get("environment")?,
        secret_sha256: super::read::digest(row.try_get("secret_sha256")?)?,
        label: row.try_get("label")?,
        unit: row.try_get("unit")?,
        scopes: row.try_get("scopes")?,
        created_at: super::read::timestamp(row, "created_at")?,
        expires_at: super::read::timestamp(row, "expires_at")?,
        revoked_at: revoked
            .map(|_| super::read::timestamp(row, "revoked_at"))
            .transpose()?,
    })
}
