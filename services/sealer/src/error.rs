//! Why the sealer stops, and why it refuses to sign.

use std::error::Error;
use std::io;
use std::path::PathBuf;

use chasqui_store::{ReadError, WriteError};

type Source = Box<dyn Error + Send + Sync>;

/// Signing now would contradict what was signed before. Nothing is signed until a person has looked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The database knows less than was signed: it is an older copy.
    #[error(
        "the database has {found} {what}, but a log of {signed} was signed: it is an older copy"
    )]
    Older {
        /// `events` or `leaves`.
        what: &'static str,
        /// How many there are.
        found: u64,
        /// How many were signed.
        signed: u64,
    },
    /// The leaves in the database make another tree than the one that was signed.
    #[error(
        "the leaves in the database make another root at size {size} than the one that was signed"
    )]
    Fork {
        /// The size that was signed.
        size: u64,
    },
    /// A checkpoint is published that the high-water mark does not know.
    #[error("a checkpoint of {published} is published, but the high-water mark says {marked:?}")]
    Mark {
        /// The published size.
        published: u64,
        /// The marked size, if there is a mark.
        marked: Option<u64>,
    },
    /// A checkpoint that should be ours carries no good signature of our key.
    #[error("{0} is not signed by this log's key")]
    Signature(PathBuf),
    /// An event is not the one that was sealed, or its stream's key is missing.
    #[error("the event at {position} is not the one that was sealed, or its key is missing")]
    Other {
        /// Where it is.
        position: u64,
    },
    /// Another checkpoint of this size was signed, by this key.
    #[error("the database has another signed checkpoint of size {size}")]
    Signed {
        /// The size.
        size: u64,
    },
    /// Somebody wrote a newer checkpoint here while this sealer was paused.
    #[error("a checkpoint of {found} is there already, newer than {size}: another sealer was here")]
    Overtaken {
        /// The size that was to be written.
        size: u64,
        /// What is there.
        found: u64,
    },
    /// A witness has cosigned more than there is: database, mark and files are older copies.
    #[error(
        "the witness {witness} has cosigned a log of {seen}, but the database has {found} leaves"
    )]
    Rollback {
        /// Its name in the policy.
        witness: String,
        /// What it has cosigned.
        seen: u64,
        /// What the database has.
        found: u64,
    },
    /// A witness has cosigned a tree that ours does not continue.
    #[error("the witness {witness} has cosigned another tree of size {size} of this log")]
    Split {
        /// Its name in the policy.
        witness: String,
        /// The size of that tree.
        size: u64,
    },
    /// Another sealer works on this folder.
    #[error("another process seals this log")]
    Busy,
}

/// The sealer stopped.
#[derive(Debug, thiserror::Error)]
pub enum SealerError {
    /// It must not go on.
    #[error("refused to sign")]
    Refused(#[from] Refusal),
    /// An event cannot be turned into a leaf.
    #[error("cannot seal the event at position {position}")]
    Event {
        /// Where it is.
        position: u64,
        /// Why.
        #[source]
        source: Source,
    },
    /// A file of the log is missing, damaged or cannot be written.
    #[error("cannot use {path}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: Source,
    },
    /// The database did not answer.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The database did not take what was written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// What was computed does not hold together: a defect of this program or of the machine.
    #[error("the tree that was written is not the tree that was computed, at size {size}")]
    SelfCheck {
        /// The size.
        size: u64,
    },
    /// There is no such event in the signed log.
    #[error("the signed log of {size} leaves has none at {position}")]
    NotSealed {
        /// What was asked for.
        position: u64,
        /// What is signed.
        size: u64,
    },
    /// What the library of the log refused.
    #[error("the log's format does not allow it")]
    Format(#[source] Source),
}

impl SealerError {
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File {
            path,
            source: source.into(),
        }
    }

    pub(crate) fn format<E: Into<Source>>(source: E) -> Self {
        Self::Format(source.into())
    }
}
