//! The queue before the one writer of a process: commands wait here and are committed together.
//!
//! One commit makes many commands durable at once, so that throughput does not hang on the latency of
//! a single one. The queue is bounded: when it is full, the caller is told at once.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot, watch};

use crate::append::{Append, Appended, MAX_EVENTS_PER_BATCH};
use crate::error::AppendError;
use crate::idempotency::{Acknowledgement, IdempotencyKey};

/// How many jobs may wait. Beyond it an append answers [`AppendError::Overloaded`].
const CAPACITY: usize = 4_096;
/// How many KiB may wait, in whatever number of jobs: 64 MiB. Beyond it the same is answered.
const CAPACITY_KIB: u32 = 65_536;
/// How many jobs are committed together at most.
const MAX_JOBS_PER_BATCH: usize = 512;
/// How often the writer lets callers go first that may add to its next batch.
const GIVE_WAY: usize = 24;
/// From how many events on a job is written by itself, in bulk.
const BULK: usize = 1_000;

/// What is written whole or not at all: one command, or one block of an import.
pub(crate) struct Job {
    pub(crate) appends: Vec<Append>,
    pub(crate) acknowledgement: Option<Acknowledgement>,
    reply: oneshot::Sender<Result<Vec<Appended>, AppendError>>,
    /// Its share of what may wait, given back when it is answered.
    _room: OwnedSemaphorePermit,
}

impl Job {
    /// How many events it has.
    pub(crate) fn events(&self) -> usize {
        self.appends.iter().map(|append| append.events.len()).sum()
    }

    /// Whether it is a block of an import, which is not worth gathering with others.
    pub(crate) fn is_bulk(&self) -> bool {
        self.acknowledgement.is_none() && self.events() >= BULK
    }

    /// The key that its caller gave it, if it is acknowledged under one.
    pub(crate) fn key(&self) -> Option<&IdempotencyKey> {
        self.acknowledgement.as_ref().map(|one| &one.key)
    }

    pub(crate) fn answer(self, result: Result<Vec<Appended>, AppendError>) {
        // A caller that hung up does not undo what was stored.
        let _ = self.reply.send(result);
    }
}

/// The callers' end of the queue.
#[derive(Clone, Debug)]
pub(crate) struct Queue {
    jobs: mpsc::Sender<Job>,
    room: Arc<Semaphore>,
    head: watch::Sender<u64>,
}

impl Queue {
    /// A queue and the writer's end of it. `head` is the number of events known to be stored.
    pub(crate) fn new(head: u64) -> (Self, Batches) {
        let (sender, jobs) = mpsc::channel(CAPACITY);
        let head = watch::Sender::new(head);
        (
            Self {
                jobs: sender,
                room: Arc::new(Semaphore::new(CAPACITY_KIB as usize)),
                head: head.clone(),
            },
            Batches {
                jobs,
                head,
                held: None,
                last: 0,
            },
        )
    }

    /// Waits until the job is durable, or known not to be.
    pub(crate) async fn append(
        &self,
        appends: Vec<Append>,
        acknowledgement: Option<Acknowledgement>,
    ) -> Result<Vec<Appended>, AppendError> {
        if appends.is_empty() {
            return Ok(Vec::new());
        }
        let (reply, answer) = oneshot::channel();
        let share = kibibytes(&appends).min(CAPACITY_KIB);
        let Ok(room) = Arc::clone(&self.room).try_acquire_many_owned(share) else {
            return Err(AppendError::Overloaded);
        };
        let job = Job {
            appends,
            acknowledgement,
            reply,
            _room: room,
        };
        match self.jobs.try_send(job) {
            Ok(()) => answer.await.unwrap_or_else(|_| Err(stopped())),
            Err(mpsc::error::TrySendError::Full(_)) => Err(AppendError::Overloaded),
            Err(mpsc::error::TrySendError::Closed(_)) => Err(stopped()),
        }
    }

    /// Changes whenever this process has stored something: the number of events in the log.
    pub(crate) fn watch(&self) -> watch::Receiver<u64> {
        self.head.subscribe()
    }

    /// Tells whoever watches that the log has this many events, as learnt in another way.
    pub(crate) fn learn(&self, size: u64) {
        learn(&self.head, size);
    }

    /// Where to tell it, for somebody who does not keep the writer alive.
    pub(crate) fn told(&self) -> watch::Sender<u64> {
        self.head.clone()
    }
}

/// Tells whoever watches that the log has this many events, if that is news.
pub(crate) fn learn(head: &watch::Sender<u64>, size: u64) {
    head.send_if_modified(|known| {
        let news = size > *known;
        *known = (*known).max(size);
        news
    });
}

/// What appends take in memory, roughly: at least one.
fn kibibytes(appends: &[Append]) -> u32 {
    let of_one = |append: &Append| {
        let events = append.events.iter();
        let payloads: usize = events.map(|event| event.payload.len() + 64).sum();
        append.id.len() + append.metadata.len() + payloads
    };
    let bytes: usize = appends.iter().map(of_one).sum();
    u32::try_from(bytes / 1_024 + 1).unwrap_or(u32::MAX)
}

fn stopped() -> AppendError {
    AppendError::Unavailable {
        source: "the writer has stopped".into(),
    }
}

/// The writer's end of the queue: what waits, in batches that fit one transaction.
pub(crate) struct Batches {
    jobs: mpsc::Receiver<Job>,
    head: watch::Sender<u64>,
    held: Option<Job>,
    /// How many jobs the last batch had.
    last: usize,
}

impl Batches {
    /// The next batch; none when every caller is gone.
    pub(crate) async fn next(&mut self) -> Option<Vec<Job>> {
        // Whoever has just been answered may have the next command ready in an instant: if the batch is
        // taken before, half of the callers wait for two commits each time. Giving way costs nothing when
        // nobody else is ready, and a lone caller is not waited for.
        for _ in 0..GIVE_WAY {
            if self.last < 2 || self.jobs.len() >= self.last {
                break;
            }
            tokio::task::yield_now().await;
        }
        let first = match self.held.take() {
            Some(job) => job,
            None => self.jobs.recv().await?,
        };
        Some(self.fill(first))
    }

    /// The same for a writer that is a thread of its own.
    pub(crate) fn blocking_next(&mut self) -> Option<Vec<Job>> {
        let first = match self.held.take() {
            Some(job) => job,
            None => self.jobs.blocking_recv()?,
        };
        Some(self.fill(first))
    }

    /// Takes what is queued already and waits for nothing: a lone command is not held up.
    fn fill(&mut self, first: Job) -> Vec<Job> {
        let mut events = first.events();
        let alone = first.is_bulk();
        let mut batch = vec![first];
        while !alone && batch.len() < MAX_JOBS_PER_BATCH {
            let Ok(job) = self.jobs.try_recv() else { break };
            events += job.events();
            if events > MAX_EVENTS_PER_BATCH || job.is_bulk() {
                self.held = Some(job);
                break;
            }
            batch.push(job);
        }
        self.last = batch.len();
        batch
    }

    /// Tells whoever watches that the log has this many events now.
    pub(crate) fn stored(&self, size: u64) {
        learn(&self.head, size);
    }
}
