//! Answers on SQLite: found by key, written with the events, forgotten with time.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::connect::Sqlite;
use crate::error::{ReadError, WriteError};
use crate::idempotency::{Acknowledgement, IdempotencyKey, StoredAnswer};

/// What was answered under a key.
pub(super) fn find(
    connection: &Connection,
    key: &IdempotencyKey,
) -> rusqlite::Result<Option<StoredAnswer>> {
    connection
        .prepare_cached(
            "select request, status, answer, position, created_at from idempotency \
             where caller = ? and key = ?",
        )?
        .query_row((&key.caller, key.digest), answer)
        .optional()
}

/// Writes an answer; `last` is the position of the last event that it acknowledges.
pub(super) fn insert(
    connection: &Connection,
    acknowledgement: &Acknowledgement,
    last: u64,
    recorded_at: Timestamp,
) -> rusqlite::Result<()> {
    let Acknowledgement {
        key,
        request,
        status,
        answer,
    } = acknowledgement;
    connection
        .prepare_cached(
            "insert into idempotency (caller, key, request, status, answer, position, created_at) \
             values (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            key.caller,
            key.digest,
            request,
            status,
            answer,
            last,
            recorded_at.as_microsecond(),
        ])
        .map(|_| ())
}

impl Sqlite {
    pub(crate) async fn answered(
        &self,
        key: &IdempotencyKey,
    ) -> Result<Option<StoredAnswer>, ReadError> {
        let key = key.clone();
        self.with_reader("an answer", move |connection| find(connection, &key))
            .await
    }

    pub(crate) async fn forget_answers(&self, before: Timestamp) -> Result<u64, WriteError> {
        self.with_writer("answers", move |transaction| {
            transaction
                .execute(
                    "delete from idempotency where created_at < ?",
                    [before.as_microsecond()],
                )
                .map(|count| count as u64)
        })
        .await
    }
}

fn answer(row: &Row<'_>) -> rusqlite::Result<StoredAnswer> {
    Ok(StoredAnswer {
        request: row.get(0)?,
        status: row.get(1)?,
        answer: row.get(2)?,
        position: row.get(3)?,
        recorded_at: super::read::timestamp(row, 4)?,
    })
}
