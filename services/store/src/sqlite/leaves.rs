//! The log's entries and the streams' keys on SQLite.

use rusqlite::{OptionalExtension, params};

use super::connect::Sqlite;
use crate::error::{ReadError, WriteError};
use crate::leaves::{NewStreamKey, Place, Thread};

const HEAD: &str = "select coalesce(max(position) + 1, 0) from log_leaf";

impl Sqlite {
    pub(crate) async fn leaf_head(&self) -> Result<u64, ReadError> {
        self.with_reader("the log's size", |connection| {
            connection.query_row(HEAD, [], |row| row.get(0))
        })
        .await
    }

    pub(crate) async fn leaves(&self, from: u64, limit: usize) -> Result<Vec<Vec<u8>>, ReadError> {
        self.with_reader("the log's entries", move |connection| {
            let mut statement = connection.prepare_cached(
                "select leaf from log_leaf where position >= ? order by position limit ?",
            )?;
            statement
                .query_map(params![from, limit as u64], |row| row.get(0))?
                .collect()
        })
        .await
    }

    pub(crate) async fn threads(&self, places: Vec<Place>) -> Result<Vec<Thread>, ReadError> {
        self.with_reader("the streams' keys", move |connection| {
            let mut key = connection.prepare_cached(
                "select key from log_stream_keys where aggregate_type = ? and aggregate_id = ?",
            )?;
            let mut before = connection.prepare_cached(
                "select leaf from events join log_leaf using (position)
                 where aggregate_type = ? and aggregate_id = ? and sequence = ?",
            )?;
            let thread = |place: &Place| {
                let (kind, id) = (&place.kind, &place.id);
                let sequence = place.sequence.saturating_sub(1);
                Ok(Thread {
                    key: key.query_row([kind, id], |row| row.get(0)).optional()?,
                    before: before
                        .query_row(params![kind, id, sequence], |row| row.get(0))
                        .optional()?,
                })
            };
            places.iter().map(thread).collect()
        })
        .await
    }

    pub(crate) async fn add_leaves(
        &self,
        from: u64,
        leaves: Vec<Vec<u8>>,
        keys: Vec<NewStreamKey>,
    ) -> Result<bool, WriteError> {
        self.with_writer("the log's entries", move |transaction| {
            // No other one writes as long as this transaction lasts.
            let head: u64 = transaction.query_row(HEAD, [], |row| row.get(0))?;
            let mut known = transaction.prepare_cached(
                "select 1 from log_stream_keys where aggregate_type = ? and aggregate_id = ?",
            )?;
            for new in &keys {
                if known.exists([&new.kind, &new.id])? {
                    return Ok(false);
                }
            }
            if head != from {
                return Ok(false);
            }
            let mut key =
                transaction.prepare_cached("insert into log_stream_keys values (?, ?, ?)")?;
            for new in &keys {
                key.execute(params![new.kind, new.id, new.key])?;
            }
            let mut leaf = transaction.prepare_cached("insert into log_leaf values (?, ?)")?;
            for (position, entry) in (from..).zip(&leaves) {
                leaf.execute(params![position, entry])?;
            }
            Ok(true)
        })
        .await
    }
}
