//! What is asked of an append, and what it answers.

use chasqui_procedures::recorded::NewEvent;
use jiff::Timestamp;

/// Events to add to the end of one stream.
#[derive(Clone, Debug)]
pub struct Append {
    /// The kind of stream: one of `chasqui_procedures::recorded::kind`.
    pub kind: &'static str,
    /// The stream.
    pub id: String,
    /// The sequence of the last event that the decision saw; 0 for a new stream. If the stream has
    /// moved on since, nothing is appended and the answer is a conflict.
    pub after: u64,
    /// What to add, in order; at least one.
    pub events: Vec<NewEvent>,
    /// Who did it, through what: a JSON object of strings, the same for all of them.
    pub metadata: String,
}

/// Where the events of one append now stand. They are durable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The position of the first of them; the others follow without a gap.
    pub position: u64,
    /// The sequence of the last of them: the stream's version from now on.
    pub version: u64,
    /// When they were recorded.
    pub recorded_at: Timestamp,
}

/// The largest number of events that are written in one transaction.
pub(crate) const MAX_EVENTS_PER_BATCH: usize = 10_000;

/// Gives each append of a batch its place, once the batch's first position is known.
pub(crate) fn place(appends: &[Append], first: u64, recorded_at: Timestamp) -> Vec<Appended> {
    let mut position = first;
    appends
        .iter()
        .map(|append| {
            let count = append.events.len() as u64;
            let appended = Appended {
                position,
                version: append.after + count,
                recorded_at,
            };
            position += count;
            appended
        })
        .collect()
}
