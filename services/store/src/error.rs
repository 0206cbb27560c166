//! What can go wrong with a store.

use std::error::Error;

use crate::idempotency::StoredAnswer;

type Source = Box<dyn Error + Send + Sync>;

/// An append was not acknowledged.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// The stream has moved on since the decision was taken. Nothing was stored: load and decide again.
    #[error("{kind} {id} has changed in the meantime")]
    Conflict {
        /// The kind of stream.
        kind: &'static str,
        /// The stream.
        id: String,
    },
    /// The database refused the events. Nothing was stored, and trying again will not help.
    #[error("the database refused the events of {kind} {id}")]
    Refused {
        /// The kind of stream.
        kind: &'static str,
        /// The stream.
        id: String,
        /// What the database said.
        #[source]
        source: Source,
    },
    /// The caller's key was used already. Nothing was stored now; this is what was answered then, to
    /// the same request or to another one.
    #[error("the idempotency key was used already")]
    AlreadyAnswered(Box<StoredAnswer>),
    /// Too many commands wait already. Nothing was stored: try again a little later.
    #[error("too many commands are waiting to be written")]
    Overloaded,
    /// The database did not answer. Whether the events were stored is not known: ask again with the
    /// same idempotency key, or load the stream.
    #[error("the event database did not answer")]
    Unavailable {
        /// What happened.
        #[source]
        source: Source,
    },
}

/// A read failed; nothing partial was returned.
#[derive(Debug, thiserror::Error)]
#[error("failed to read {what} from the event database")]
pub struct ReadError {
    /// What was asked for.
    pub what: &'static str,
    /// What happened.
    #[source]
    pub source: Source,
}

impl ReadError {
    pub(crate) fn of<E: Into<Source>>(what: &'static str) -> impl FnOnce(E) -> Self {
        move |source| Self {
            what,
            source: source.into(),
        }
    }
}

/// Something beside the events could not be written. Whether it was is not known: look, and repeat it.
#[derive(Debug, thiserror::Error)]
#[error("failed to write {what} to the event database")]
pub struct WriteError {
    /// What was to be written.
    pub what: &'static str,
    /// What happened.
    #[source]
    pub source: Source,
}

impl WriteError {
    pub(crate) fn of<E: Into<Source>>(what: &'static str) -> impl FnOnce(E) -> Self {
        move |source| Self {
            what,
            source: source.into(),
        }
    }
}

/// A store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The address is neither `postgres://...` nor `sqlite://...`.
    #[error("not an address of an event database: expected postgres://... or sqlite://...")]
    Address,
    /// The database cannot be reached or opened.
    #[error("cannot open the event database")]
    Connect(#[source] Source),
    /// The database is not in the form that this program needs.
    #[error("the event database needs a migration")]
    NeedsMigration,
    /// A migration failed, or the database was migrated by a newer program.
    #[error("cannot bring the event database to the form that this program needs")]
    Migrate(#[source] Source),
}
