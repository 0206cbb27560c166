//! Reading on PostgreSQL: streams, and the log by position.

use chasqui_procedures::recorded::RawRecord;
use jiff::Timestamp;
use sqlx::Row;
use sqlx::postgres::{PgArguments, PgPool, PgRow};
use sqlx::query::Query;

use super::connect::{Postgres, READERS};
use crate::error::ReadError;
use crate::load::Stream;

/// In the order in which [`record`] takes them.
const COLUMNS: &str = "position, recorded_at, aggregate_type, aggregate_id, sequence, event_type, \
     event_version, payload, metadata";
/// 2000-01-01T00:00:00Z, from which PostgreSQL counts microseconds, in those of 1970.
pub(super) const ITS_EPOCH: i64 = 946_684_800_000_000;

/// How often a read is tried on another connection when its own is dead: after a restart of the server
/// each that is at rest may be.
const CONNECTIONS_TRIED: u32 = READERS + 1;

impl Postgres {
    /// The lateral join keeps one index probe a stream; `id = any(...)` is planned as a scan of the
    /// whole kind on some versions.
    pub(crate) async fn load(&self, streams: &[Stream]) -> Result<Vec<RawRecord>, ReadError> {
        let sql = format!(
            "select {COLUMNS}
             from unnest($1::text[], $2::text[]) with ordinality as wanted (kind, id, place)
             cross join lateral (
                 select * from events
                 where aggregate_type = wanted.kind and aggregate_id = wanted.id
                 order by sequence offset 0
             ) as found order by wanted.place, sequence"
        );
        let kinds: Vec<&str> = streams.iter().map(|(kind, _)| *kind).collect();
        let ids: Vec<&str> = streams.iter().map(|(_, id)| id.as_str()).collect();
        let ask = || sqlx::query(&sql).bind(&kinds).bind(&ids);
        self.records(ask).await.map_err(ReadError::of("streams"))
    }

    pub(crate) async fn read(&self, from: u64, limit: usize) -> Result<Vec<RawRecord>, ReadError> {
        let sql =
            format!("select {COLUMNS} from events where position >= $1 order by position limit $2");
        let from = i64::try_from(from).unwrap_or(i64::MAX);
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let ask = || sqlx::query(&sql).bind(from).bind(limit);
        self.records(ask).await.map_err(ReadError::of("the log"))
    }

    pub(crate) async fn head(&self) -> Result<u64, ReadError> {
        head(&self.readers)
            .await
            .map_err(ReadError::of("the size of the log"))
    }

    /// A read changes nothing: if its connection turns out to be dead, it is tried on another one.
    async fn records<'q>(
        &self,
        ask: impl Fn() -> Query<'q, sqlx::Postgres, PgArguments>,
    ) -> Result<Vec<RawRecord>, sqlx::Error> {
        let mut tried = 1;
        loop {
            match ask().fetch_all(&self.readers).await {
                Err(error) if is_of_connection(&error) && tried < CONNECTIONS_TRIED => tried += 1,
                rows => return rows?.iter().map(record).collect(),
            }
        }
    }
}

/// The number of events, asked of whichever connection is alive.
pub(super) async fn head(readers: &PgPool) -> Result<u64, sqlx::Error> {
    let mut tried = 1;
    loop {
        let size = sqlx::query_scalar::<_, i64>("select size from log_head").fetch_one(readers);
        match size.await {
            Err(error) if is_of_connection(&error) && tried < CONNECTIONS_TRIED => tried += 1,
            size => return size.map(i64::unsigned_abs),
        }
    }
}

/// Whether a connection was broken, or ended by the server (SQLSTATE 57P01 and 57P02).
fn is_of_connection(error: &sqlx::Error) -> bool {
    let ended = |code: &str| matches!(code, "57P01" | "57P02");
    match error.as_database_error() {
        Some(error) => error.code().is_some_and(|code| ended(&code)),
        None => matches!(error, sqlx::Error::Io(_) | sqlx::Error::Protocol(_)),
    }
}

/// Every event of every rebuild comes by here. A time is eight bytes and a JSON text its letters, so both
/// are taken as they are: asking the server to convert them costs as much as reading them.
fn record(row: &PgRow) -> Result<RawRecord, sqlx::Error> {
    let recorded_at = row.try_get_unchecked::<i64, _>(1)? + ITS_EPOCH;
    Ok(RawRecord {
        position: row.try_get::<i64, _>(0)?.unsigned_abs(),
        recorded_at: Timestamp::from_microsecond(recorded_at)
            .map_err(|e| sqlx::Error::Decode(e.into()))?,
        aggregate_type: row.try_get(2)?,
        aggregate_id: row.try_get(3)?,
        sequence: row.try_get::<i64, _>(4)?.unsigned_abs(),
        event_type: row.try_get(5)?,
        event_version: row.try_get(6)?,
        payload: row.try_get_unchecked(7)?,
        metadata: row.try_get_unchecked(8)?,
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
