//! Reading on SQLite: streams, and the log by position.

use std::path::Path;

use chasqui_procedures::recorded::RawRecord;
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, Row};

use super::connect::{BUSY, Sqlite};
use crate::error::ReadError;
use crate::load::Stream;

const COLUMNS: &str = "position, recorded_at, aggregate_type, aggregate_id, sequence, event_type, \
     event_version, payload, metadata";

/// The number of events: positions are dense from 0, so it is the last one plus one.
pub(super) fn head(connection: &Connection) -> rusqlite::Result<u64> {
    connection
        .prepare_cached("select coalesce(max(position) + 1, 0) from events")?
        .query_row([], |row| row.get(0))
}

impl Sqlite {
    pub(crate) async fn load(&self, streams: Vec<Stream>) -> Result<Vec<RawRecord>, ReadError> {
        self.with_reader("streams", move |connection| {
            let sql = format!(
                "select {COLUMNS} from events where aggregate_type = ? and aggregate_id = ? \
                 order by sequence"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            let mut records = Vec::new();
            for stream in &streams {
                for found in statement.query_map((stream.0, &stream.1), record)? {
                    records.push(found?);
                }
            }
            Ok(records)
        })
        .await
    }

    pub(crate) async fn read(&self, from: u64, limit: usize) -> Result<Vec<RawRecord>, ReadError> {
        self.with_reader("the log", move |connection| {
            let sql = format!(
                "select {COLUMNS} from events where position >= ? order by position limit ?"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_map((from, limit as u64), record)?.collect()
        })
        .await
    }

    pub(crate) async fn head(&self) -> Result<u64, ReadError> {
        self.with_reader("the size of the log", head).await
    }

    pub(super) async fn with_reader<T: Send + 'static>(
        &self,
        what: &'static str,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, ReadError> {
        let store = self.clone();
        let result = tokio::task::spawn_blocking(move || {
            let taken = store.idle.lock().ok().and_then(|mut idle| idle.pop());
            let connection = taken.map_or_else(|| new_reader(&store.path), Ok)?;
            let result = read(&connection);
            if let Ok(mut idle) = store.idle.lock() {
                idle.push(connection);
            }
            result
        })
        .await;
        result
            .map_err(ReadError::of(what))?
            .map_err(ReadError::of(what))
    }
}

/// A connection that can change nothing.
pub(super) fn new_reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    connection.execute_batch("pragma query_only = on;")?;
    Ok(connection)
}

fn record(row: &Row<'_>) -> rusqlite::Result<RawRecord> {
    Ok(RawRecord {
        position: row.get(0)?,
        recorded_at: timestamp(row, 1)?,
        aggregate_type: row.get(2)?,
        aggregate_id: row.get(3)?,
        sequence: row.get(4)?,
        event_type: row.get(5)?,
        event_version: row.get(6)?,
        payload: row.get(7)?,
        metadata: row.get(8)?,
    })
}

/// A moment, which is stored as microseconds.
pub(super) fn timestamp(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    Timestamp::from_microsecond(row.get(column)?).map_err(|error| {
        let kind = rusqlite::types::Type::Integer;
        rusqlite::Error::FromSqlConversionFailure(column, kind, error.into())
    })
}
