//! The log's signed checkpoints on SQLite.

use rusqlite::{OptionalExtension, params};

use super::connect::Sqlite;
use crate::error::{ReadError, WriteError};
use crate::notes::SignedText;

impl Sqlite {
    pub(crate) async fn newest_note(&self) -> Result<Option<SignedText>, ReadError> {
        self.with_reader("the log's checkpoints", |connection| {
            let mut newest = connection.prepare_cached(
                "select size, checkpoint, note from log_note order by size desc limit 1",
            )?;
            newest
                .query_row([], |row| {
                    Ok(SignedText {
                        size: row.get(0)?,
                        checkpoint: row.get(1)?,
                        note: row.get(2)?,
                    })
                })
                .optional()
        })
        .await
    }

    pub(crate) async fn keep_note(&self, signed: SignedText) -> Result<bool, WriteError> {
        self.with_writer("the log's checkpoints", move |transaction| {
            let kept = transaction.execute(
                "insert into log_note values (?, ?, ?)
                 on conflict (size) do update set note = excluded.note
                 where checkpoint = excluded.checkpoint",
                params![signed.size, signed.checkpoint, signed.note],
            )?;
            Ok(kept == 1)
        })
        .await
    }
}
