//! Bulk append: a block of an import, by `COPY`.
//!
//! The block goes straight into the table under the head's lock, like every append. A staging table would
//! hold the lock hardly shorter, because keeping the two indexes is what takes the time, and would write
//! every event twice (docs/decisions/0011).

use jiff::Timestamp;
use sqlx::postgres::PgConnection;
use sqlx::{Acquire, Row};

use super::read::ITS_EPOCH;
use crate::append::Append;
use crate::queue::Job;

const TAKE: &str = "update log_head set size = size + $1
    returning size - $1 as first, (extract(epoch from clock_timestamp()) * 1000000)::bigint as recorded_at";
const COPY: &str = "copy events (aggregate_type, aggregate_id, sequence, event_type, event_version,
    payload, metadata, position, recorded_at) from stdin (format binary)";

/// What a binary copy begins with: signature, flags, no extension. It ends with a row of -1 columns.
const BEGINNING: &[u8] = b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0";
const END: [u8; 2] = (-1_i16).to_be_bytes();
const COLUMNS: [u8; 2] = 9_i16.to_be_bytes();
/// How many bytes are sent at once: the server works on one piece while the next is made.
const PIECE: usize = 128 * 1_024;

/// Appends a job, in a transaction of its own. Answers the position of its first event, and when it was
/// recorded.
pub(super) async fn append(
    connection: &mut PgConnection,
    job: &Job,
) -> Result<(u64, Timestamp), sqlx::Error> {
    let mut transaction = connection.begin().await?;
    let head = sqlx::query(TAKE)
        .bind(i64::try_from(job.events()).unwrap_or(i64::MAX))
        .fetch_one(&mut *transaction)
        .await?;
    let first: i64 = head.try_get("first")?;
    let recorded_at = super::read::timestamp(&head, "recorded_at")?;
    let copied = copy(&mut transaction, &job.appends, first, recorded_at).await;
    match copied {
        Ok(()) => transaction.commit().await?,
        Err(error) => {
            transaction.rollback().await?;
            return Err(error);
        }
    }
    Ok((first.unsigned_abs(), recorded_at))
}

async fn copy(
    connection: &mut PgConnection,
    appends: &[Append],
    first: i64,
    recorded_at: Timestamp,
) -> Result<(), sqlx::Error> {
    let mut copy = connection.copy_in_raw(COPY).await?;
    let mut piece = Vec::with_capacity(PIECE * 2);
    piece.extend_from_slice(BEGINNING);
    let mut position = first;
    for append in appends {
        write(&mut piece, append, &mut position, recorded_at);
        if piece.len() >= PIECE {
            copy.send(piece.as_slice()).await?;
            piece.clear();
        }
    }
    piece.extend_from_slice(&END);
    copy.send(piece.as_slice()).await?;
    copy.finish().await.map(drop)
}

/// The rows of one append: each column is its length and its bytes.
fn write(rows: &mut Vec<u8>, append: &Append, position: &mut i64, recorded_at: Timestamp) {
    let recorded_at = (recorded_at.as_microsecond() - ITS_EPOCH).to_be_bytes();
    for (event, sequence) in append.events.iter().zip(append.after + 1..) {
        rows.extend_from_slice(&COLUMNS);
        column(rows, append.kind.as_bytes());
        column(rows, append.id.as_bytes());
        column(rows, &sequence.to_be_bytes());
        column(rows, event.event_type.as_bytes());
        column(rows, event.event_version.as_bytes());
        column(rows, event.payload.as_bytes());
        column(rows, append.metadata.as_bytes());
        column(rows, &position.to_be_bytes());
        column(rows, &recorded_at);
        *position += 1;
    }
}

fn column(rows: &mut Vec<u8>, bytes: &[u8]) {
    let length = i32::try_from(bytes.len()).expect("invariant: a payload is far below 2 GiB");
    rows.extend_from_slice(&length.to_be_bytes());
    rows.extend_from_slice(bytes);
}
