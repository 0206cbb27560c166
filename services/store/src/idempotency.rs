//! What was answered to a command, kept under the key that its caller gave it.
//!
//! The answer is written with the events that it acknowledges, in one transaction: there is no moment at
//! which one is stored without the other. Whether a request is the same as before is told by its digest;
//! the store neither makes digests nor looks into answers.

use jiff::Timestamp;

use crate::append::{Append, Appended};
use crate::error::{AppendError, ReadError, WriteError};
use crate::store::{Backend, Store};

/// A key that a caller chose for one command.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdempotencyKey {
    /// Whose key it is; never empty. Two callers may choose the same text.
    pub caller: String,
    /// A keyed digest of the text: it may say more than it should.
    pub digest: [u8; 32],
}

/// What is to be answered when a command was carried out, now and whenever it is asked for again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acknowledgement {
    /// The caller's key.
    pub key: IdempotencyKey,
    /// A keyed digest of what was asked.
    pub request: [u8; 32],
    /// The HTTP status: 200 to 299. A refusal has no events, and is decided anew each time.
    pub status: u16,
    /// The answer, at most 64 KiB, without any code or person.
    pub answer: String,
}

/// What was answered to a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAnswer {
    /// See [`Acknowledgement::request`].
    pub request: [u8; 32],
    /// See [`Acknowledgement::status`].
    pub status: u16,
    /// See [`Acknowledgement::answer`], letter by letter.
    pub answer: String,
    /// The position of the last event that it acknowledges.
    pub position: u64,
    /// When the events were recorded.
    pub recorded_at: Timestamp,
}

impl StoredAnswer {
    /// Whether the same was asked then. If not, the caller gave one key to two commands.
    #[must_use]
    pub fn is_for(&self, request: &[u8; 32]) -> bool {
        self.request == *request
    }
}

impl Store {
    /// As [`Store::append_block`], once for each key: with the events it stores what they are answered
    /// with. If the key was used already, whatever for, nothing is stored and the error is
    /// [`AppendError::AlreadyAnswered`], also where the streams have moved on since.
    ///
    /// A block without events stores nothing.
    pub async fn append_once(
        &self,
        block: Vec<Append>,
        acknowledgement: Acknowledgement,
    ) -> Result<Vec<Appended>, AppendError> {
        self.queue().append(block, Some(acknowledgement)).await
    }

    /// What was answered to the command with this key; none if it was not carried out, or so long ago
    /// that it is forgotten.
    pub async fn answered(&self, key: &IdempotencyKey) -> Result<Option<StoredAnswer>, ReadError> {
        match &self.0 {
            Backend::Postgres(postgres) => postgres.answered(key).await,
            Backend::Sqlite(sqlite) => sqlite.answered(key).await,
        }
    }

    /// Forgets the answers that were given before a moment; says how many. Their keys are new again.
    pub async fn forget_answers(&self, before: Timestamp) -> Result<u64, WriteError> {
        match &self.0 {
            Backend::Postgres(postgres) => postgres.forget_answers(before).await,
            Backend::Sqlite(sqlite) => sqlite.forget_answers(before).await,
        }
    }
}
