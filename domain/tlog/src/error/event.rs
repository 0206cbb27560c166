//! What can be wrong with leaves, disclosures and histories. No value of a field is repeated: it
//! could be personal.

/// A value that two readers could read differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ValueError {
    /// A floating-point number.
    #[error("a number that is no integer: write it as a string")]
    NotAnInteger,
    /// Beyond 2^53 - 1 either way.
    #[error("an integer beyond 2^53 - 1: write it as a string")]
    IntegerTooLarge,
    /// More than 16 levels.
    #[error("nested too deep")]
    TooDeep,
}

/// A disclosure that cannot be read, or not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DisclosureError {
    /// Not `[salt, field, value]`.
    #[error("malformed disclosure: expected salt, field and value")]
    Malformed,
    /// Another spelling than the canonical one.
    #[error("the disclosure is not in its canonical spelling")]
    NotCanonical,
    /// Above 16 KiB.
    #[error("a disclosure of {bytes} bytes is too long: commit its hash")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// A value that is not allowed.
    #[error(transparent)]
    Value(#[from] ValueError),
}

/// Digests to which nobody can commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CommitmentError {
    /// Not 1 to 128.
    #[error("{digests} digests: expected 1 to 128")]
    Length {
        /// How many.
        digests: usize,
    },
    /// Out of order, or one twice.
    #[error("the digests are not sorted, or one is there twice")]
    Order,
}

/// Bytes that are no leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    /// The first line names no known kind.
    #[error("unknown kind of leaf")]
    UnknownKind,
    /// Not POSIX seconds with ten digits.
    #[error("malformed time: expected POSIX seconds with ten digits")]
    Time,
    /// A line that is missing, in the wrong place, or not in its one spelling.
    #[error("malformed line `{name}` of a leaf")]
    Field {
        /// The line's name.
        name: &'static str,
    },
    /// More lines than the kind has.
    #[error("{bytes} bytes follow the leaf's last line")]
    Tail {
        /// How many bytes.
        bytes: usize,
    },
    /// More than any leaf needs.
    #[error("a leaf of {bytes} bytes is too long")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
}

/// An event that cannot be sealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Sequences begin with 1, and all but the first event name the one before them.
    #[error("sequence {seq} does not go with the previous leaf")]
    Sequence {
        /// The sequence.
        seq: u64,
    },
    /// Not of the form that the field must have.
    #[error("malformed value of field `{field}`")]
    Value {
        /// The field.
        field: &'static str,
    },
    /// One field, two values.
    #[error("field `{field}` is there twice")]
    FieldTwice {
        /// The field.
        field: String,
    },
    /// A value that is not allowed.
    #[error(transparent)]
    Disclosure(#[from] DisclosureError),
    /// Too many fields.
    #[error(transparent)]
    Commitment(#[from] CommitmentError),
}

/// Disclosures that do not open a leaf.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The digests are not those of the leaf.
    #[error("the digests belong to another leaf")]
    OtherCommit,
    /// Shown, but never committed.
    #[error("field `{field}` was not committed so")]
    NotCommitted {
        /// The field.
        field: String,
    },
    /// One field, two values.
    #[error("field `{field}` is opened twice")]
    FieldTwice {
        /// The field.
        field: String,
    },
}

/// A log, or one stream of it, that contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HistoryError {
    /// A leaf is older than the one before it.
    #[error("leaf {index} is older than the one before it")]
    TimeWentBack {
        /// The leaf.
        index: u64,
    },
    /// A stream with two histories.
    #[error("leaves {first} and {second} have the same tag: a stream has two histories")]
    TagTwice {
        /// The earlier leaf.
        first: u64,
        /// The later one.
        second: u64,
    },
    /// An event that was shown is not in the log.
    #[error("event {seq} of the stream is not in the log")]
    Missing {
        /// Its number in the stream.
        seq: u64,
    },
    /// An event that is in the log was not shown.
    #[error("event {seq} of the stream was not shown, and stands at {index} in the log")]
    Hidden {
        /// Its number in the stream.
        seq: u64,
        /// Its place in the log.
        index: u64,
    },
    /// A later event stands before an earlier one.
    #[error("event {seq} of the stream stands before the one that precedes it")]
    OutOfOrder {
        /// Its number in the stream.
        seq: u64,
    },
    /// It names another stream than the first one, or none.
    #[error("event {seq} does not show that it belongs to the stream")]
    OtherStream {
        /// Its number in the stream.
        seq: u64,
    },
    /// It does not follow the event before it.
    #[error("event {seq} does not follow the one before it")]
    BrokenChain {
        /// Its number in the stream.
        seq: u64,
    },
}
