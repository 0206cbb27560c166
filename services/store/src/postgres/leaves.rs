//! The log's entries and the streams' keys on PostgreSQL.

use sqlx::Row;
use sqlx::postgres::PgRow;

use super::connect::Postgres;
use crate::error::{ReadError, WriteError};
use crate::leaves::{NewStreamKey, Place, Thread};

const HEAD: &str = "select coalesce(max(position) + 1, 0) from log_leaf";

const THREADS: &str = "
select k.key, l.leaf
from unnest($1::text[], $2::text[], $3::bigint[]) with ordinality
    as asked (kind, id, sequence, place)
left join log_stream_keys k on k.aggregate_type = asked.kind and k.aggregate_id = asked.id
left join events e on e.aggregate_type = asked.kind and e.aggregate_id = asked.id
    and e.sequence = asked.sequence - 1
left join log_leaf l on l.position = e.position
order by asked.place";

impl Postgres {
    pub(crate) async fn leaf_head(&self) -> Result<u64, ReadError> {
        let head = sqlx::query_scalar::<_, i64>(HEAD)
            .fetch_one(&self.readers)
            .await;
        head.map(i64::cast_unsigned)
            .map_err(ReadError::of("the log's size"))
    }

    pub(crate) async fn leaves(&self, from: u64, limit: usize) -> Result<Vec<Vec<u8>>, ReadError> {
        sqlx::query_scalar(
            "select leaf from log_leaf where position >= $1 order by position limit $2",
        )
        .bind(from.cast_signed())
        .bind(limit as i64)
        .fetch_all(&self.readers)
        .await
        .map_err(ReadError::of("the log's entries"))
    }

    pub(crate) async fn threads(&self, places: Vec<Place>) -> Result<Vec<Thread>, ReadError> {
        let kinds: Vec<&str> = places.iter().map(|place| place.kind.as_str()).collect();
        let ids: Vec<&str> = places.iter().map(|place| place.id.as_str()).collect();
        let sequences = places.iter().map(|place| place.sequence.cast_signed());
        let rows = sqlx::query(THREADS)
            .bind(&kinds)
            .bind(&ids)
            .bind(sequences.collect::<Vec<i64>>())
            .fetch_all(&self.readers)
            .await;
        rows.and_then(|rows| rows.iter().map(thread).collect())
            .map_err(ReadError::of("the streams' keys"))
    }

    pub(crate) async fn add_leaves(
        &self,
        from: u64,
        leaves: Vec<Vec<u8>>,
        keys: Vec<NewStreamKey>,
    ) -> Result<bool, WriteError> {
        self.insert_leaves(from, leaves, keys)
            .await
            .map_err(WriteError::of("the log's entries"))
    }

    async fn insert_leaves(
        &self,
        from: u64,
        leaves: Vec<Vec<u8>>,
        keys: Vec<NewStreamKey>,
    ) -> Result<bool, sqlx::Error> {
        let mut transaction = self.readers.begin().await?;
        // Of two sealers the second waits, and finds the log longer than it thought. Reading goes on.
        sqlx::query("lock table log_leaf in share row exclusive mode")
            .execute(&mut *transaction)
            .await?;
        let head: i64 = sqlx::query_scalar(HEAD)
            .fetch_one(&mut *transaction)
            .await?;
        if head.cast_unsigned() != from {
            return Ok(false);
        }
        let added = sqlx::query(
            "insert into log_stream_keys
             select * from unnest($1::text[], $2::text[], $3::bytea[]) on conflict do nothing",
        )
        .bind(keys.iter().map(|new| new.kind.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|new| new.id.as_str()).collect::<Vec<_>>())
        .bind(keys.iter().map(|new| new.key.to_vec()).collect::<Vec<_>>())
        .execute(&mut *transaction)
        .await?;
        if added.rows_affected() != keys.len() as u64 {
            return Ok(false);
        }
        sqlx::query(
            "insert into log_leaf
             select $1 + place - 1, leaf from unnest($2::bytea[]) with ordinality as new (leaf, place)",
        )
        .bind(from.cast_signed())
        .bind(&leaves)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(true)
    }
}

fn thread(row: &PgRow) -> Result<Thread, sqlx::Error> {
    let key: Option<Vec<u8>> = row.try_get("key")?;
    Ok(Thread {
        key: key.map(super::read::digest).transpose()?,
        before: row.try_get("leaf")?,
    })
}
