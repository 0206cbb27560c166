//! The queue before the one writer of a process: commands wait here and are committed together.
//!
//! One commit makes many commands durable at once, so that throughput does not hang on the latency of
//! a single one. The queue is bounded: when it is full, the caller is told at once.

use tokio::sync::{mpsc, oneshot, watch};

use crate::append::{Append, Appended, MAX_EVENTS_PER_BATCH};
use crate::error::AppendError;
use crate::idempotency::{Acknowledgement, IdempotencyKey};

/// How many jobs may wait. Beyond it an append answers [`AppendError::Overloaded`].
const CAPACITY: usize = 4_096;
/// How many jobs are committed together at most.
const MAX_JOBS_PER_BATCH: usize = 512;

/// What is written whole or not at all: one command, or one block of an import.
pub(crate) struct Job {
    pub(crate) appends: Vec<Append>,
    pub(crate) acknowledgement: Option<Acknowledgement>,
    reply: oneshot::Sender<Result<Vec<Appended>, AppendError>>,
}

impl Job {
    /// How many events it has.
    pub(crate) fn events(&self) -> usize {
        self.appends.iter().map(|append| append.events.len()).sum()
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
                head: head.clone(),
            },
            Batches {
                jobs,
                head,
                held: None,
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
        let job = Job {
            appends,
            acknowledgement,
            reply,
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
        self.head.send_if_modified(|known| {
            let news = size > *known;
            *known = (*known).max(size);
            news
        });
    }
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
}

impl Batches {
    /// The next batch; none when every caller is gone.
    pub(crate) async fn next(&mut self) -> Option<Vec<Job>> {
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
        let mut batch = vec![first];
        while batch.len() < MAX_JOBS_PER_BATCH {
            let Ok(job) = self.jobs.try_recv() else { break };
            events += job.events();
            if events > MAX_EVENTS_PER_BATCH {
                self.held = Some(job);
                break;
            }
            batch.push(job);
        }
        batch
    }

    /// Tells whoever watches that the log has this many events now.
    pub(crate) fn stored(&self, size: u64) {
        self.head.send_if_modified(|known| {
            let news = size > *known;
            *known = (*known).max(size);
            news
        });
    }
}
