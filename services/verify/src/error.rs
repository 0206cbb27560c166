//! Each way in which a verification fails. Whether the answer is "no" or there was no answer is told
//! apart: only the former accuses somebody.

use std::io;
use std::path::PathBuf;

use chasqui_tlog::error::{
    CheckpointError, HistoryError, HistoryFileError, KeyError, LeafError, PolicyError,
    PolicyRefusal, ProveError, ReceiptError, TileError,
};

use crate::source::ReadError;

/// What was asked for does not hold, or could not be looked at.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Something could not be read; it says nothing about the log.
    #[error("cannot read {name}")]
    Read {
        /// Which file of the log.
        name: String,
        /// Why.
        source: ReadError,
    },
    /// A file of ours could not be read or written; it says nothing about the log.
    #[error("cannot use {}", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The text is no key.
    #[error("this is no key of a log")]
    Key(#[from] KeyError),
    /// The text is no policy.
    #[error("this is no policy")]
    PolicyFile(#[from] PolicyError),
    /// The log lacks a file that its own checkpoint demands.
    #[error("{name} is missing: the log has a gap")]
    Missing {
        /// Which file.
        name: String,
    },
    /// What is published is no checkpoint.
    #[error("malformed checkpoint")]
    Checkpoint(#[from] CheckpointError),
    /// The checkpoint is not signed by whom it must be.
    #[error("the checkpoint is not signed by those whom you trust")]
    Signature(#[from] PolicyRefusal),
    /// A log without entries proves nothing.
    #[error("the log has no entries: there is nothing to check")]
    Empty,
    /// Nothing that is signed shows that the checkpoint is recent.
    #[error("the newest signed time is {seconds} s old, and at most {most} s are accepted")]
    Stale {
        /// Its age.
        seconds: u64,
        /// What is accepted.
        most: u64,
        /// Whether a witness said the time; otherwise it is the newest entry's.
        by_witness: bool,
    },
    /// It is signed for a time that has not come.
    #[error("it claims a time that is {seconds} s ahead of this clock")]
    Future {
        /// How far ahead.
        seconds: u64,
    },
    /// A tile or bundle that is not what its name says, or an entry that its tile does not stand for.
    #[error("{name} is damaged")]
    Tile {
        /// Which file.
        name: String,
        /// Why.
        source: TileError,
    },
    /// A tile of a higher level that its own entries do not make.
    #[error("{name} is not what the entries make")]
    OtherTile {
        /// Which file.
        name: String,
    },
    /// An entry that is no leaf.
    #[error("entry {index} is no leaf")]
    Leaf {
        /// Which.
        index: u64,
        /// Why.
        source: LeafError,
    },
    /// Times go back, or a procedure has two histories.
    #[error("the log contradicts itself")]
    Contradiction(#[from] HistoryError),
    /// The entries make another tree than the one that was signed.
    #[error("the entries make another root at size {size} than the one that was signed")]
    OtherRoot {
        /// The size.
        size: u64,
    },
    /// The log is smaller than it once was.
    #[error("the log has {now} entries; one with {once} was signed before: it was rolled back")]
    RolledBack {
        /// What was signed.
        once: u64,
        /// What there is.
        now: u64,
    },
    /// The log does not continue what was signed before: two signed trees that do not fit together
    /// are the proof.
    #[error("the log does not continue the tree of {size} entries that was signed before: a fork")]
    Forked {
        /// The size at which the two trees differ.
        size: u64,
    },
    /// A checkpoint that is kept is of another log.
    #[error("the kept checkpoint is of the log {log}")]
    OtherLog {
        /// The log that it names.
        log: String,
    },
    /// The receipt proves nothing.
    #[error("the receipt does not hold")]
    Receipt(#[from] ReceiptError),
    /// The history is not the one in the log.
    #[error("the history does not hold")]
    History(#[from] HistoryFileError),
    /// The receipt's entry is not where it says.
    #[error("entry {index} of the log is not the one of the receipt")]
    OtherEntry {
        /// The place that the receipt names.
        index: u64,
    },
    /// No entry names this file.
    #[error("the log names {datasets} data sets, and this file is none of them")]
    UnknownFile {
        /// How many entries name data sets.
        datasets: u64,
    },
    /// What cannot be, by the mathematics of the tree.
    #[error("the tree cannot be computed")]
    Tree(#[source] Box<ProveError<io::Error>>),
}

impl VerifyError {
    /// Whether there was no answer, rather than a bad one.
    #[must_use]
    pub const fn is_of_environment(&self) -> bool {
        matches!(self, Self::Read { .. } | Self::File { .. })
    }

    /// A short name of the reason, for programs. It never changes.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Read { .. } => "unreadable",
            Self::File { .. } => "file",
            Self::Key(_) => "key",
            Self::PolicyFile(_) => "policy",
            Self::Missing { .. } => "gap",
            Self::Checkpoint(_) => "checkpoint",
            Self::Signature(_) => "signature",
            Self::Empty => "empty",
            Self::Stale { .. } => "stale",
            Self::Future { .. } => "future",
            Self::Tile { .. } | Self::OtherTile { .. } => "tile",
            Self::Leaf { .. } => "leaf",
            Self::Contradiction(_) => "contradiction",
            Self::OtherRoot { .. } => "root",
            Self::RolledBack { .. } => "rolled_back",
            Self::Forked { .. } => "forked",
            Self::OtherLog { .. } => "other_log",
            Self::Receipt(_) => "receipt",
            Self::History(_) => "history",
            Self::OtherEntry { .. } => "other_entry",
            Self::UnknownFile { .. } => "unknown_file",
            Self::Tree(_) => "tree",
        }
    }

    pub(crate) fn tile(name: impl ToString) -> impl FnOnce(TileError) -> Self {
        let name = name.to_string();
        move |source| Self::Tile { name, source }
    }

    pub(crate) fn tree(error: impl Into<ProveError<io::Error>>) -> Self {
        Self::Tree(Box::new(error.into()))
    }
}
