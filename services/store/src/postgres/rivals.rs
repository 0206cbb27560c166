//! Rivals: jobs of one batch of which only the first can succeed, so that the second would only poison
//! the batch.

use std::collections::BTreeSet;

use crate::idempotency::IdempotencyKey;
use crate::queue::Job;

/// A job that came second.
pub(super) struct Rival {
    pub(super) job: Job,
    /// Whether the first appends to one of its streams: both cannot hold what they saw.
    pub(super) same_stream: bool,
}

/// Takes out of a batch every job that has a stream or a key of one before it. At least one is left.
pub(super) fn take(jobs: &mut Vec<Job>) -> Vec<Rival> {
    let mut streams: BTreeSet<(&'static str, String)> = BTreeSet::new();
    let mut keys: BTreeSet<IdempotencyKey> = BTreeSet::new();
    let mut rivals = Vec::new();
    for job in std::mem::take(jobs) {
        let mut own = job.appends.iter().map(|one| (one.kind, one.id.clone()));
        let same_stream = own.any(|stream| streams.contains(&stream));
        let same_key = job.key().is_some_and(|key| keys.contains(key));
        if same_stream || same_key {
            rivals.push(Rival { job, same_stream });
            continue;
        }
        streams.extend(job.appends.iter().map(|one| (one.kind, one.id.clone())));
        keys.extend(job.key().cloned());
        jobs.push(job);
    }
    rivals
}
