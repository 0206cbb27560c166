//! The one statement that appends: events, and the answers that acknowledge them.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::postgres::PgConnection;

use crate::queue::Job;

/// Takes the head's lock first, and with it the next positions; then inserts. A reader can therefore
/// never see a position whose predecessor is still to come. Answers are inserted from the head as well:
/// whoever waits for another's key waits under the lock, so that no two can wait for each other.
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
), answered as (
    insert into idempotency (caller, key, request, status, answer, position, created_at)
    select a.caller, a.key, a.request, a.status, a.answer, head.first + a.last, head.recorded_at
    from head, unnest($8::text[], $9::bytea[], $10::bytea[], $11::smallint[], $12::text[], $13::bigint[])
         as a (caller, key, request, status, answer, last)
)
select first, (extract(epoch from recorded_at) * 1000000)::bigint as recorded_at from head";

/// Appends jobs as one batch. Answers the position of the first event, and when all were recorded.
pub(super) async fn append(
    connection: &mut PgConnection,
    jobs: &[Job],
) -> Result<(u64, Timestamp), sqlx::Error> {
    let (events, answers) = (Events::of(jobs), Answers::of(jobs));
    let row = sqlx::query(APPEND)
        .bind(events.kinds)
        .bind(events.ids)
        .bind(events.sequences)
        .bind(events.types)
        .bind(events.versions)
        .bind(events.payloads)
        .bind(events.metadata)
        .bind(answers.callers)
        .bind(answers.keys)
        .bind(answers.requests)
        .bind(answers.statuses)
        .bind(answers.texts)
        .bind(answers.last)
        .fetch_one(connection)
        .await?;
    let recorded_at = super::read::timestamp(&row, "recorded_at")?;
    Ok((row.try_get::<i64, _>("first")?.unsigned_abs(), recorded_at))
}

/// Events, column by column.
#[derive(Default)]
struct Events<'a> {
    kinds: Vec<&'a str>,
    ids: Vec<&'a str>,
    sequences: Vec<i64>,
    types: Vec<&'a str>,
    versions: Vec<&'a str>,
    payloads: Vec<&'a str>,
    metadata: Vec<&'a str>,
}

impl<'a> Events<'a> {
    fn of(jobs: &'a [Job]) -> Self {
        let mut events = Self::default();
        for append in jobs.iter().flat_map(|job| &job.appends) {
            for (event, sequence) in append.events.iter().zip(append.after + 1..) {
                events.kinds.push(append.kind);
                events.ids.push(&append.id);
                events.sequences.push(signed(sequence));
                events.types.push(&event.event_type);
                events.versions.push(&event.event_version);
                events.payloads.push(&event.payload);
                events.metadata.push(&append.metadata);
            }
        }
        events
    }
}

/// Answers, column by column.
#[derive(Default)]
struct Answers<'a> {
    callers: Vec<&'a str>,
    keys: Vec<&'a [u8]>,
    requests: Vec<&'a [u8]>,
    statuses: Vec<i16>,
    texts: Vec<&'a str>,
    /// The place within the batch, from 0, of the last event that each answer acknowledges.
    last: Vec<i64>,
}

impl<'a> Answers<'a> {
    fn of(jobs: &'a [Job]) -> Self {
        let mut answers = Self::default();
        let mut end = 0;
        for job in jobs {
            end += job.events() as u64;
            if let Some(acknowledgement) = &job.acknowledgement {
                answers.callers.push(&acknowledgement.key.caller);
                answers.keys.push(&acknowledgement.key.digest);
                answers.requests.push(&acknowledgement.request);
                // A status that is none is refused by the table.
                let status = i16::try_from(acknowledgement.status).unwrap_or(i16::MAX);
                answers.statuses.push(status);
                answers.texts.push(&acknowledgement.answer);
                answers.last.push(signed(end.saturating_sub(1)));
            }
        }
        answers
    }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).expect("invariant: sequences and positions are far below 2^63")
}
