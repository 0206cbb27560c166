//! Reading on PostgreSQL: streams, and the log by position.

use chasqui_procedures::recorded::RawRecord;
use jiff::Timestamp;
use sqlx::Row;
use sqlx::postgres::PgRow;

use super::connect::Postgres;
use crate::error::ReadError;

const COLUMNS: &str = "position, (extract(epoch from recorded_at) * 1000000)::bigint as recorded_at, \
     aggregate_type, aggregate_id, sequence, event_type, event_version, \
     payload::text as payload, metadata::text as metadata";

impl Postgres {
    /// The lateral join keeps one index probe a stream; `id = any(...)` is planned as a scan of the
    /// whole kind on some versions.
    pub(crate) async fn load_many(
        &self,
        kind: &'static str,
        ids: &[String],
    ) -> Result<Vec<RawRecord>, ReadError> {
        let sql = format!(
            "select {COLUMNS} from unnest($2::text[]) with ordinality as wanted (id, place)
             cross join lateral (
                 select * from events
                 where aggregate_type = $1 and aggregate_id = wanted.id
                 order by sequence offset 0
             ) as found order by wanted.place, sequence"
        );
        let rows = sqlx::query(&sql)
            .bind(kind)
            .bind(ids)
            .fetch_all(&self.readers)
            .await;
        rows.and_then(|rows| rows.iter().map(record).collect())
            .map_err(ReadError::of("streams"))
    }

    pub(crate) async fn read(&self, from: u64, limit: usize) -> Result<Vec<RawRecord>, ReadError> {
        let sql =
            format!("select {COLUMNS} from events where position >= $1 order by position limit $2");
        let rows = sqlx::query(&sql)
            .bind(i64::try_from(from).unwrap_or(i64::MAX))
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(&self.readers)
            .await;
        rows.and_then(|rows| rows.iter().map(record).collect())
            .map_err(ReadError::of("the log"))
    }

    pub(crate) async fn head(&self) -> Result<u64, ReadError> {
        sqlx::query_scalar::<_, i64>("select size from log_head")
            .fetch_one(&self.readers)
            .await
            .map(i64::unsigned_abs)
            .map_err(ReadError::of("the size of the log"))
    }
}

fn record(row: &PgRow) -> Result<RawRecord, sqlx::Error> {
    Ok(RawRecord {
        position: row.try_get::<i64, _>("position")?.unsigned_abs(),
        recorded_at: timestamp(row, "recorded_at")?,
        aggregate_type: row.try_get("aggregate_type")?,
        aggregate_id: row.try_get("aggregate_id")?,
        sequence: row.try_get::<i64, _>("sequence")?.unsigned_abs(),
        event_type: row.try_get("event_type")?,
        event_version: row.try_get("event_version")?,
        payload: row.try_get("payload")?,
        metadata: row.try_get("metadata")?,
    })
}

/// A moment, which is read as microseconds.
pub(super) fn timestamp(row: &PgRow, column: &str) -> Result<Timestamp, sqlx::Error> {
    Timestamp::from_microsecond(row.try_get(column)?).map_err(|e| sqlx::Error::Decode(e.into()))
}

/// A digest, which the table keeps at 32 bytes.
pub(super) fn digest(bytes: Vec<u8>) -> Result<[u8; 32], sqlx::Error> {
    <[u8; 32]>::try_from(bytes).map_err(|_| sqlx::Error::Decode("a digest has 32 bytes".into()))
}
