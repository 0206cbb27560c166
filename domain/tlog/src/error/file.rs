//! What can be wrong with the files and bodies that go to others: proofs, receipts, policies,
//! submissions to witnesses.

use super::{
    CheckpointError, CommitmentError, DisclosureError, HistoryError, KeyError, NoteError,
    OpenError, ProofError,
};

/// A file that is no proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofFileError {
    /// Not `c2sp.org/tlog-proof@v1`.
    #[error("not a tlog-proof of version 1")]
    Header,
    /// Not base64, or empty.
    #[error("malformed extra data of a proof")]
    Extra,
    /// Not a decimal, or outside the checkpoint's tree.
    #[error("malformed index of a proof, or one outside the tree")]
    Index,
    /// Not hashes, more than 63, or not ended by an empty line.
    #[error("malformed hashes of a proof")]
    Path,
    /// Too long to be looked at.
    #[error("{bytes} bytes are too long for a proof")]
    TooLong {
        /// How many.
        bytes: usize,
    },
    /// The checkpoint in it.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}

/// A text that is no policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// More than any policy needs.
    #[error("too many definitions, or too long")]
    TooMany,
    /// Control characters, spaces or nothing, where a name or an address should be.
    #[error("a word with characters that it may not have")]
    Word,
    /// A line that is none of those there are, or one without its newline.
    #[error("malformed line {line}")]
    Line {
        /// Its number, from 1.
        line: usize,
    },
    /// A key that is none.
    #[error("malformed key in line {line}")]
    Key {
        /// Its number, from 1.
        line: usize,
        /// Why.
        source: KeyError,
    },
    /// A log's key for a witness, or the other way round.
    #[error("the key {key} is for another purpose")]
    OtherPurpose {
        /// The verifier key.
        key: String,
    },
    /// The same key twice, whatever its names.
    #[error("the key {key} is there twice")]
    KeyTwice {
        /// The verifier key.
        key: String,
    },
    /// The same name twice, or `none`.
    #[error("the name {name} is taken")]
    NameTwice {
        /// The name.
        name: String,
    },
    /// A name that no earlier line defines.
    #[error("line {line} names somebody whom no earlier line defines")]
    UnknownName {
        /// Its number, from 1.
        line: usize,
    },
    /// Not from 1 to the number of members.
    #[error("the threshold of group {group} cannot be met, or is zero")]
    Threshold {
        /// The group.
        group: String,
    },
    /// A member that does not exist, or that is a member already.
    #[error("group {group} has a member that is unknown or counted already")]
    Member {
        /// The group.
        group: String,
    },
    /// None, two, or one of whom nobody knows.
    #[error("the policy needs one quorum line with a known name")]
    Quorum,
}

/// A checkpoint that the policy does not accept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyRefusal {
    /// Nobody known signed, or a signature is wrong.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// No known key of the checkpoint's own log signed it.
    #[error("no known log with the checkpoint's origin signed it")]
    OtherLog,
    /// Too few witnesses, or not those that are needed.
    #[error("{cosigners} known witnesses cosigned, which is not the quorum")]
    NoQuorum {
        /// How many did.
        cosigners: usize,
    },
}

/// A receipt that proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// The data beside the proof are not a receipt's.
    #[error("malformed receipt: the extra data are not digests and disclosures")]
    Extra,
    /// Without time and tag the leaf must come from elsewhere.
    #[error("the receipt does not carry its leaf")]
    NoLeaf,
    /// The leaf handed in is not the one the receipt speaks of.
    #[error("the receipt is for another leaf")]
    OtherLeaf,
    /// The file is malformed.
    #[error(transparent)]
    File(#[from] ProofFileError),
    /// A disclosure is malformed.
    #[error(transparent)]
    Disclosure(#[from] DisclosureError),
    /// The digests are malformed.
    #[error(transparent)]
    Commitment(#[from] CommitmentError),
    /// The fields do not open the leaf.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The leaf does not stand where the receipt says.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// The wrong people signed.
    #[error(transparent)]
    Policy(#[from] PolicyRefusal),
}

/// A file that is no history, or not the one in the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HistoryFileError {
    /// Not canonical JSON with the members that a history has.
    #[error("malformed history: not the canonical JSON of chasqui-history/v1")]
    Malformed,
    /// Nothing to check.
    #[error("the history has no events")]
    Empty,
    /// Too long to be looked at.
    #[error("{bytes} bytes are too long for a history")]
    TooLong {
        /// How many.
        bytes: usize,
    },
    /// Of another log than the one at hand.
    #[error("the history is of the log {log}")]
    OtherLog {
        /// The log that it names.
        log: String,
    },
    /// An event's leaf was not handed in.
    #[error("the leaf of event {seq} is not at hand")]
    NoLeaf {
        /// Its number in the stream.
        seq: u64,
    },
    /// The fields of an event do not open its leaf.
    #[error("event {seq} is not what was sealed")]
    Open {
        /// Its number in the stream.
        seq: u64,
        /// Why.
        source: OpenError,
    },
    /// The stream is not whole.
    #[error(transparent)]
    History(#[from] HistoryError),
}

/// A body that is no submission to a witness.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmissionError {
    /// Not `old` and a decimal.
    #[error("malformed line of the old size")]
    OldSize,
    /// Not hashes, more than 63, or not ended by an empty line.
    #[error("malformed consistency proof")]
    Proof,
    /// Too long to be looked at.
    #[error("a body of {bytes} bytes is too long")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// The checkpoint in it.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}
