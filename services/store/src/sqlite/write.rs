//! Appending on SQLite: the writer's thread, one transaction a batch, one savepoint a job.

use jiff::Timestamp;
use rusqlite::ffi::ErrorCode;
use rusqlite::{CachedStatement, Connection, Savepoint, TransactionBehavior, params};

use super::idempotency;
use crate::append::{Append, Appended, place};
use crate::error::AppendError;
use crate::idempotency::StoredAnswer;
use crate::queue::{Batches, Job};

const INSERT: &str = "insert into events (aggregate_type, aggregate_id, sequence, event_type, \
     event_version, payload, metadata, position, recorded_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";

/// Writes batch after batch until every caller is gone.
pub(super) fn run(mut connection: Connection, mut batches: Batches) {
    while let Some(jobs) = batches.blocking_next() {
        match write(&mut connection, &jobs) {
            Ok((answers, size)) => {
                batches.stored(size);
                for (job, answer) in jobs.into_iter().zip(answers) {
                    job.answer(answer);
                }
            }
            Err(error) => {
                tracing::error!(error = %error, "failed to write a batch of commands");
                for job in jobs {
                    job.answer(Err(AppendError::Unavailable {
                        source: error.to_string().into(),
                    }));
                }
            }
        }
    }
}

type Answer = Result<Vec<Appended>, AppendError>;

/// Writes a batch and commits it; answers only what the commit has made durable.
fn write(connection: &mut Connection, jobs: &[Job]) -> rusqlite::Result<(Vec<Answer>, u64)> {
    // Immediate: the lock is taken before the head is read, so positions follow the commit order of
    // all processes.
    let mut transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut next = super::read::head(&transaction)?;
    let recorded_at = now();
    let mut answers = Vec::with_capacity(jobs.len());
    for job in jobs {
        // Nobody else writes now: what is not answered here is not answered anywhere.
        if let Some(answer) = answered(&transaction, job)? {
            answers.push(Err(AppendError::AlreadyAnswered(Box::new(answer))));
            continue;
        }
        let mut savepoint = transaction.savepoint()?;
        match insert(&savepoint, job, next, recorded_at) {
            Ok(after) => {
                savepoint.commit()?;
                answers.push(Ok(place(&job.appends, next, recorded_at)));
                next = after;
            }
            Err((append, error)) => {
                savepoint.rollback()?;
                savepoint.commit()?;
                answers.push(Err(refusal(append, error)?));
            }
        }
    }
    transaction.commit()?;
    Ok((answers, next))
}

/// Now, as exactly as it is stored: what is answered is what will be read.
fn now() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
}

fn answered(connection: &Connection, job: &Job) -> rusqlite::Result<Option<StoredAnswer>> {
    match &job.acknowledgement {
        Some(acknowledgement) => idempotency::find(connection, &acknowledgement.key),
        None => Ok(None),
    }
}

fn insert<'a>(
    savepoint: &Savepoint<'_>,
    job: &'a Job,
    first: u64,
    recorded_at: Timestamp,
) -> Result<u64, (&'a Append, rusqlite::Error)> {
    let mut position = first;
    let Some(any) = job.appends.first() else {
        return Ok(first);
    };
    let mut statement = savepoint
        .prepare_cached(INSERT)
        .map_err(|error| (any, error))?;
    for append in &job.appends {
        insert_one(&mut statement, append, &mut position, recorded_at)
            .map_err(|error| (append, error))?;
    }
    if let Some(acknowledgement) = &job.acknowledgement {
        idempotency::insert(
            savepoint,
            acknowledgement,
            position.saturating_sub(1),
            recorded_at,
        )
        .map_err(|error| (any, error))?;
    }
    Ok(position)
}

fn insert_one(
    statement: &mut CachedStatement<'_>,
    append: &Append,
    position: &mut u64,
    recorded_at: Timestamp,
) -> rusqlite::Result<()> {
    for (event, sequence) in append.events.iter().zip(append.after + 1..) {
        statement.execute(params![
            append.kind,
            append.id,
            sequence,
            event.event_type,
            event.event_version,
            event.payload,
            append.metadata,
            *position,
            recorded_at.as_microsecond(),
        ])?;
        *position += 1;
    }
    Ok(())
}

/// What a database error means for the append that met it; an error of the file stays one.
fn refusal(append: &Append, error: rusqlite::Error) -> rusqlite::Result<AppendError> {
    let (kind, id) = (append.kind, append.id.clone());
    match error.sqlite_error().map(|e| (e.code, e.extended_code)) {
        Some((_, rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE)) => {
            Ok(AppendError::Conflict { kind, id })
        }
        Some((ErrorCode::ConstraintViolation | ErrorCode::TooBig | ErrorCode::TypeMismatch, _)) => {
            Ok(AppendError::Refused {
                kind,
                id,
                source: error.into(),
            })
        }
        _ => Err(error),
    }
}
