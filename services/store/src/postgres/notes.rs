//! The log's signed checkpoints on PostgreSQL.

use sqlx::Row;

use super::connect::Postgres;
use crate::error::{ReadError, WriteError};
use crate::notes::SignedText;

impl Postgres {
    pub(crate) async fn newest_note(&self) -> Result<Option<SignedText>, ReadError> {
        let row =
            sqlx::query("select size, checkpoint, note from log_note order by size desc limit 1")
                .fetch_optional(&self.readers)
                .await;
        let text = |row: sqlx::postgres::PgRow| {
            Ok(SignedText {
                size: row.try_get::<i64, _>("size")?.cast_unsigned(),
                checkpoint: row.try_get("checkpoint")?,
                note: row.try_get("note")?,
            })
        };
        row.and_then(|row| row.map(text).transpose())
            .map_err(ReadError::of("the log's checkpoints"))
    }

    pub(crate) async fn keep_note(&self, signed: SignedText) -> Result<bool, WriteError> {
        let kept = sqlx::query(
            "insert into log_note as kept values ($1, $2, $3)
             on conflict (size) do update set note = excluded.note
             where kept.checkpoint = excluded.checkpoint",
        )
        .bind(signed.size.cast_signed())
        .bind(&signed.checkpoint)
        .bind(&signed.note)
        .execute(&self.readers)
        .await;
        kept.map(|kept| kept.rows_affected() == 1)
            .map_err(WriteError::of("the log's checkpoints"))
    }
}
