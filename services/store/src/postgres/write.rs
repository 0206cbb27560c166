//! Appending on PostgreSQL: batch after batch, each by one statement; after an error job by job, so that
//! it hits only its owner.

use sqlx::Acquire;
use sqlx::postgres::{PgConnection, PgPool};
use tokio::sync::watch;

use super::copy;
use super::idempotency;
use super::rivals::{self, Rival};
use super::statement::append;
use crate::append::{Appended, place};
use crate::error::AppendError;
use crate::queue::{Batches, Job};

/// Writes batch after batch until every caller is gone. `own` is told the size of the log after each.
pub(super) async fn run(writer: PgPool, mut batches: Batches, own: watch::Sender<u64>) {
    while let Some(mut jobs) = batches.next().await {
        // Each round writes one job at least. A second round is needed only where two jobs had one key
        // and the first of them was not carried out.
        while !jobs.is_empty() {
            let rivals = rivals::take(&mut jobs);
            let answers = write(&writer, &jobs).await;
            for (job, answer) in jobs.into_iter().zip(answers) {
                if let Ok(appended) = &answer {
                    let size = end_of(&job, appended);
                    batches.stored(size);
                    own.send_replace(size);
                }
                job.answer(answer);
            }
            jobs = settle(&writer, rivals).await;
        }
    }
    writer.close().await;
}

fn end_of(job: &Job, appended: &[Appended]) -> u64 {
    match (job.appends.last(), appended.last()) {
        (Some(append), Some(last)) => last.position + append.events.len() as u64,
        _ => 0,
    }
}

/// Answers the rivals of what was written; gives back those that may be written now.
async fn settle(writer: &PgPool, rivals: Vec<Rival>) -> Vec<Job> {
    let keys: Vec<_> = rivals.iter().filter_map(|rival| rival.job.key()).collect();
    let found = match keys.as_slice() {
        [] => Ok(Vec::new()),
        keys => idempotency::find(writer, keys).await,
    };
    let mut found = match found {
        Ok(found) => found.into_iter(),
        Err(error) => {
            for rival in rivals {
                rival.job.answer(Err(unavailable(&error)));
            }
            return Vec::new();
        }
    };
    let mut left = Vec::new();
    for Rival { job, same_stream } in rivals {
        let answer = job.key().and_then(|_| found.next().flatten());
        match answer {
            Some(answer) => job.answer(Err(AppendError::AlreadyAnswered(Box::new(answer)))),
            None if same_stream => {
                let conflict = conflict(&job);
                job.answer(Err(conflict));
            }
            None => left.push(job),
        }
    }
    left
}

type Answer = Result<Vec<Appended>, AppendError>;

async fn write(writer: &PgPool, jobs: &[Job]) -> Vec<Answer> {
    let mut connection = match writer.acquire().await {
        Ok(connection) => connection,
        Err(error) => return jobs.iter().map(|_| Err(unavailable(&error))).collect(),
    };
    if let [job] = jobs
        && job.is_bulk()
    {
        return vec![in_bulk(&mut connection, job).await];
    }
    match append(&mut connection, jobs).await {
        Ok((first, recorded_at)) => {
            let mut first = first;
            let answers = jobs.iter().map(|job| {
                let appended = place(&job.appends, first, recorded_at);
                first = end_of(job, &appended);
                Ok(appended)
            });
            answers.collect()
        }
        Err(error) if error.as_database_error().is_some() => {
            match one_by_one(&mut connection, jobs).await {
                Ok(answers) => answers,
                Err(error) => jobs.iter().map(|_| Err(unavailable(&error))).collect(),
            }
        }
        // The connection broke: the server may have committed. Only the caller can find out.
        Err(error) => jobs.iter().map(|_| Err(unavailable(&error))).collect(),
    }
}

async fn in_bulk(connection: &mut PgConnection, job: &Job) -> Answer {
    let error = match copy::append(connection, job).await {
        Ok((first, recorded_at)) => return Ok(place(&job.appends, first, recorded_at)),
        Err(error) => error,
    };
    match refusal(connection, job, error).await {
        Ok(refused) => Err(refused),
        Err(error) => Err(unavailable(&error)),
    }
}

/// After an error in a batch: each job behind a savepoint, so that a conflict, a used key or a poisoned
/// event hits only its owner.
async fn one_by_one(
    connection: &mut PgConnection,
    jobs: &[Job],
) -> Result<Vec<Answer>, sqlx::Error> {
    let mut transaction = connection.begin().await?;
    let mut answers = Vec::with_capacity(jobs.len());
    for job in jobs {
        let mut savepoint = transaction.begin().await?;
        match append(&mut savepoint, std::slice::from_ref(job)).await {
            Ok((first, recorded_at)) => {
                savepoint.commit().await?;
                answers.push(Ok(place(&job.appends, first, recorded_at)));
            }
            Err(error) => {
                savepoint.rollback().await?;
                answers.push(Err(refusal(&mut transaction, job, error).await?));
            }
        }
    }
    transaction.commit().await?;
    Ok(answers)
}

/// What a database error means for the job that met it; an error of the connection stays one.
async fn refusal(
    connection: &mut PgConnection,
    job: &Job,
    error: sqlx::Error,
) -> Result<AppendError, sqlx::Error> {
    let Some(database) = error.as_database_error() else {
        return Err(error);
    };
    match (database.code().as_deref(), database.constraint()) {
        (Some("23505"), Some("events_pkey" | "idempotency_pkey")) => {
            // A command that is sent again meets its own events as well as its own key.
            let keys: Vec<_> = job.key().into_iter().collect();
            let mut found = match keys.as_slice() {
                [] => Vec::new(),
                keys => idempotency::find(connection, keys).await?,
            };
            Ok(found.pop().flatten().map_or_else(
                || conflict(job),
                |answer| AppendError::AlreadyAnswered(Box::new(answer)),
            ))
        }
        // Time-outs and shutdowns are about the moment, not about the events.
        (Some(code), _) if matches!(code.get(..2), Some("53" | "57" | "55" | "58")) => Err(error),
        _ => {
            let (kind, id) = name(job);
            Ok(AppendError::Refused {
                kind,
                id,
                source: error.into(),
            })
        }
    }
}

fn conflict(job: &Job) -> AppendError {
    let (kind, id) = name(job);
    AppendError::Conflict { kind, id }
}

fn name(job: &Job) -> (&'static str, String) {
    job.appends
        .first()
        .map_or(("block", String::new()), |append| {
            (append.kind, append.id.clone())
        })
}

fn unavailable(error: &sqlx::Error) -> AppendError {
    AppendError::Unavailable {
        source: error.to_string().into(),
    }
}
