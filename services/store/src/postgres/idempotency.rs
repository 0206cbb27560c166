//! Answers on PostgreSQL: found by key, and forgotten with time. They are written by `write.rs`, in the
//! statement that appends the events.

use jiff::Timestamp;
use sqlx::postgres::PgRow;
use sqlx::{PgExecutor, Row};

use super::connect::Postgres;
use crate::error::{ReadError, WriteError};
use crate::idempotency::{IdempotencyKey, StoredAnswer};

/// What was answered under each of these keys, in their order: one index probe a key.
pub(super) async fn find(
    executor: impl PgExecutor<'_>,
    keys: &[&IdempotencyKey],
) -> Result<Vec<Option<StoredAnswer>>, sqlx::Error> {
    let callers: Vec<&str> = keys.iter().map(|key| key.caller.as_str()).collect();
    let digests: Vec<&[u8]> = keys.iter().map(|key| key.digest.as_slice()).collect();
    let rows = sqlx::query(
        "select request, status, answer, position,
                (extract(epoch from created_at) * 1000000)::bigint as created_at
         from unnest($1::text[], $2::bytea[]) with ordinality as wanted (caller, key, place)
         left join lateral (
             select * from idempotency
             where caller = wanted.caller and key = wanted.key offset 0
         ) as found on true order by wanted.place",
    )
    .bind(callers)
    .bind(digests)
    .fetch_all(executor)
    .await?;
    rows.iter().map(answer).collect()
}

impl Postgres {
    pub(crate) async fn answered(
        &self,
        key: &IdempotencyKey,
    ) -> Result<Option<StoredAnswer>, ReadError> {
        let mut found = find(&self.readers, &[key])
            .await
            .map_err(ReadError::of("an answer"))?;
        Ok(found.pop().flatten())
    }

    pub(crate) async fn forget_answers(&self, before: Timestamp) -> Result<u64, WriteError> {
        sqlx::query(
            "delete from idempotency
             where created_at < timestamptz 'epoch' + $1 * interval '1 microsecond'",
        )
        .bind(before.as_microsecond())
        .execute(&self.readers)
        .await
        .map(|done| done.rows_affected())
        .map_err(WriteError::of("answers"))
    }
}

fn answer(row: &PgRow) -> Result<Option<StoredAnswer>, sqlx::Error> {
    let Some(request) = row.try_get::<Option<Vec<u8>>, _>("request")? else {
        return Ok(None);
    };
    Ok(Some(StoredAnswer {
        request: super::read::digest(request)?,
        status: row.try_get::<i16, _>("status")?.unsigned_abs(),
        answer: row.try_get("answer")?,
        position: row.try_get::<i64, _>("position")?.unsigned_abs(),
        recorded_at: super::read::timestamp(row, "created_at")?,
    }))
}
