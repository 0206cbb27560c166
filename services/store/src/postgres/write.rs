//! Appending on PostgreSQL: one statement a batch, in one round trip, under the head row's lock.

use jiff::Timestamp;
use sqlx::postgres::{PgConnection, PgPool};
use sqlx::{Acquire, Row};

use crate::append::{Append, Appended, place};
use crate::error::AppendError;
use crate::queue::{Batches, Job};

/// Takes the head's lock first, and with it the next positions; then inserts. A reader can therefore
/// never see a position whose predecessor is still to come.
const APPEND: &str = "
with head as (
    update log_head set size = size + cardinality($2::text[])
    returning size - cardinality($2::text[]) as first, clock_timestamp() as recorded_at
), added as (
    insert into events (aggregate_type, aggregate_id, sequence, event_type, event_version,
                        payload, metadata, position, recorded_at)
    select e.kind, e.id, e.sequence, e.event_type, e.event_version,
           e.payload::json, e.metadata::json, head.first + e.ordinality - 1, head.recorded_at
    from head, unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[])
         with ordinality as e (kind, id, sequence, event_type, event_version, payload, metadata, ordinality)
)
select first, (extract(epoch from recorded_at) * 1000000)::bigint as recorded_at from head";

/// Writes batch after batch until every caller is gone.
pub(super) async fn run(writer: PgPool, mut batches: Batches) {
    while let Some(mut jobs) = batches.next().await {
        // Two jobs of one stream cannot both hold what they saw: the second would only poison the batch.
        let rivals = take_rivals(&mut jobs);
        let answers = write(&writer, &jobs).await;
        for (job, answer) in jobs.into_iter().zip(answers) {
            if let Ok(appended) = &answer {
                batches.stored(end_of(&job, appended));
            }
            job.answer(answer);
        }
        for job in rivals {
            let conflict = conflict(&job);
            job.answer(Err(conflict));
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

fn take_rivals(jobs: &mut Vec<Job>) -> Vec<Job> {
    let mut seen = std::collections::BTreeSet::new();
    let keys = |job: &Job| -> Vec<(&'static str, String)> {
        job.appends
            .iter()
            .map(|append| (append.kind, append.id.clone()))
            .collect()
    };
    let (fit, rivals) = std::mem::take(jobs).into_iter().partition(|job| {
        let keys = keys(job);
        let free = keys.iter().all(|key| !seen.contains(key));
        if free {
            seen.extend(keys);
        }
        free
    });
    *jobs = fit;
    rivals
}

type Answer = Result<Vec<Appended>, AppendError>;

async fn write(writer: &PgPool, jobs: &[Job]) -> Vec<Answer> {
    let mut connection = match writer.acquire().await {
        Ok(connection) => connection,
        Err(error) => return jobs.iter().map(|_| Err(unavailable(&error))).collect(),
    };
    match append(&mut connection, jobs.iter().flat_map(|job| &job.appends)).await {
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

/// After an error in a batch: each job behind a savepoint, so that a conflict or a poisoned event hits
/// only its owner.
async fn one_by_one(
    connection: &mut PgConnection,
    jobs: &[Job],
) -> Result<Vec<Answer>, sqlx::Error> {
    let mut transaction = connection.begin().await?;
    let mut answers = Vec::with_capacity(jobs.len());
    for job in jobs {
        let mut savepoint = transaction.begin().await?;
        match append(&mut savepoint, &job.appends).await {
            Ok((first, recorded_at)) => {
                savepoint.commit().await?;
                answers.push(Ok(place(&job.appends, first, recorded_at)));
            }
            Err(error) => {
                savepoint.rollback().await?;
                answers.push(Err(refusal(job, error)?));
            }
        }
    }
    transaction.commit().await?;
    Ok(answers)
}

async fn append<'a>(
    connection: &mut PgConnection,
    appends: impl IntoIterator<Item = &'a Append>,
) -> Result<(u64, Timestamp), sqlx::Error> {
    let (mut kinds, mut ids, mut sequences) = (Vec::new(), Vec::new(), Vec::new());
    let (mut types, mut versions) = (Vec::new(), Vec::new());
    let (mut payloads, mut metadata) = (Vec::new(), Vec::new());
    for append in appends {
        for (event, sequence) in append.events.iter().zip(append.after + 1..) {
            kinds.push(append.kind);
            ids.push(append.id.as_str());
            sequences.push(signed(sequence));
            types.push(event.event_type.as_ref());
            versions.push(event.event_version.as_ref());
            payloads.push(event.payload.as_str());
            metadata.push(append.metadata.as_str());
        }
    }
    let row = sqlx::query(APPEND)
        .bind(kinds)
        .bind(ids)
        .bind(sequences)
        .bind(types)
        .bind(versions)
        .bind(payloads)
        .bind(metadata)
        .fetch_one(connection)
        .await?;
    let recorded_at = Timestamp::from_microsecond(row.try_get("recorded_at")?)
        .map_err(|e| sqlx::Error::Decode(e.into()))?;
    Ok((row.try_get::<i64, _>("first")?.unsigned_abs(), recorded_at))
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).expect("invariant: sequences and positions are far below 2^63")
}

/// What a database error means for the job that met it; an error of the connection stays one.
fn refusal(job: &Job, error: sqlx::Error) -> Result<AppendError, sqlx::Error> {
    let Some(database) = error.as_database_error() else {
        return Err(error);
    };
    match (database.code().as_deref(), database.constraint()) {
        (Some("23505"), Some("events_pkey")) => Ok(conflict(job)),
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
