//! What can be wrong with what was handed in. Each error says which rule was broken, and by what
//! number or name; none repeats a value that could be personal.

use crate::note::SignerFailed;
use crate::tile::TileId;

/// Not the one base64 spelling of a hash, a digest, a tag or a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("malformed hash: expected base64 of the right length in its one spelling")]
pub struct MalformedHash;

/// A name with characters or a length that it may not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("malformed {what} name")]
pub struct MalformedName {
    /// What it should have named.
    pub what: &'static str,
}

/// A tree that cannot be, or a place outside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// Above 2^62 leaves.
    #[error("a tree of {size} leaves is larger than any log can be")]
    TooLarge {
        /// The size asked for.
        size: u64,
    },
    /// There is no such leaf.
    #[error("leaf {index} lies outside a tree of {size} leaves")]
    IndexOutside {
        /// The leaf asked for.
        index: u64,
        /// The tree's size.
        size: u64,
    },
    /// A log never gets smaller.
    #[error("a tree of {from} leaves cannot become one of {to}")]
    Shrunk {
        /// The older size.
        from: u64,
        /// The newer one.
        to: u64,
    },
    /// An edge has one hash for each bit set in the size.
    #[error("the edge of {size} leaves has {expected} hashes, not {found}")]
    EdgeLength {
        /// The tree's size.
        size: u64,
        /// How many it must have.
        expected: usize,
        /// How many were given.
        found: usize,
    },
}

/// A proof that does not prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Sizes or indices that no tree has.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// Too many hashes, or too few.
    #[error("a proof of {found} hashes has the wrong length")]
    WrongLength {
        /// How many hashes it has.
        found: usize,
    },
    /// It leads elsewhere.
    #[error("the proof leads to another root")]
    OtherRoot,
}

/// A tile, a bundle, or a name of one, that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// Levels are 0 to 63.
    #[error("level {level} is not the level asked for, or none at all")]
    Level {
        /// The level.
        level: u8,
    },
    /// Beyond the largest tree.
    #[error("tile number {index} lies beyond the largest tree")]
    Index {
        /// The number.
        index: u64,
    },
    /// Widths are 1 to 256.
    #[error("a width of {width} is not from 1 to 256")]
    Width {
        /// The width.
        width: u16,
    },
    /// Not the one spelling of a path.
    #[error("malformed path of a tile")]
    Path,
    /// Not `width * 32` bytes.
    #[error("a tile of width {width} does not have {found} bytes")]
    Bytes {
        /// The width in its name.
        width: u16,
        /// The bytes found.
        found: usize,
    },
    /// Not as many hashes as the name says.
    #[error("a tile of width {width} does not have {found} hashes")]
    Hashes {
        /// The width in its name.
        width: u16,
        /// The hashes found.
        found: usize,
    },
    /// Not as many entries as the name says.
    #[error("a bundle of at most {width} entries cannot have {found}")]
    Entries {
        /// The width allowed.
        width: u16,
        /// The entries found.
        found: usize,
    },
    /// A bundle that ends too early.
    #[error("the bundle is cut off in entry {entry}")]
    BundleCut {
        /// The entry within the bundle, from 0.
        entry: u16,
    },
    /// A bundle that goes on after its last entry.
    #[error("{bytes} bytes follow the bundle's last entry")]
    BundleTail {
        /// How many bytes.
        bytes: usize,
    },
    /// Above 65,535 bytes.
    #[error("an entry of {bytes} bytes does not fit into a bundle")]
    EntryTooLong {
        /// Its length.
        bytes: usize,
    },
    /// The entry is not the one whose hash stands in the tile.
    #[error("entry {entry} of {tile} is another one than was hashed")]
    OtherEntry {
        /// The tile.
        tile: TileId,
        /// The entry within it, from 0.
        entry: usize,
    },
}

/// Why no proof could be made.
#[derive(Debug, thiserror::Error)]
pub enum ProveError<E: std::error::Error> {
    /// Asked for what no tree has.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// What was read is no tile.
    #[error(transparent)]
    Tile(#[from] TileError),
    /// A tile could not be read.
    #[error("cannot read {tile}")]
    Read {
        /// Which.
        tile: TileId,
        /// Why.
        source: E,
    },
}

/// A key that is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Empty, too long, or with spaces, plus signs or control characters.
    #[error("malformed name of a key")]
    Name,
    /// Not `name+id+key`.
    #[error("malformed verifier key: expected name+id+key")]
    Malformed,
    /// The id does not belong to name and key.
    #[error("the key's id does not belong to its name and bytes")]
    OtherId,
    /// Of a kind that this crate does not know.
    #[error("unknown kind of key 0x{byte:02x}")]
    UnknownAlgorithm {
        /// The byte that stands for it.
        byte: u8,
    },
    /// Not a point of the curve, or one that verifies anything.
    #[error("the key is no usable point of the curve")]
    NotAPoint,
}

/// A note that is malformed, or that nobody known signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not UTF-8, or with control characters, or without a last newline.
    #[error("malformed text of a note")]
    Text,
    /// No signature lines.
    #[error("the note has no signature")]
    NoSignature,
    /// A line that is no signature.
    #[error("malformed signature line")]
    SignatureLine,
    /// More than 64.
    #[error("{signatures} signatures are too many")]
    TooManySignatures {
        /// How many there are at least.
        signatures: usize,
    },
    /// More than 256 KiB.
    #[error("a note of {bytes} bytes is too long")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// A line that claims to be a known key's, and is not.
    #[error("the signature that claims to be of {key} is not")]
    WrongSignature {
        /// The verifier key.
        key: String,
    },
    /// Only unknown keys signed.
    #[error("no known key signed the note")]
    NoKnownSignature,
}

/// Why nothing was signed.
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// A log's key cannot cosign, a witness's key cannot sign.
    #[error("the key {key} is for another purpose")]
    OtherPurpose {
        /// The verifier key.
        key: String,
    },
    /// A log signs its own checkpoints only.
    #[error("the key {key} has another name than the checkpoint's origin")]
    OtherOrigin {
        /// The verifier key.
        key: String,
    },
    /// Zero, or above 2^63 - 1.
    #[error("{time} is no time to cosign at")]
    Time {
        /// POSIX seconds.
        time: u64,
    },
    /// The signer returned something that its key does not verify.
    #[error("the signer of {key} returned a wrong signature")]
    WrongSignature {
        /// The verifier key.
        key: String,
    },
    /// The signer returned nothing.
    #[error(transparent)]
    Signer(#[from] SignerFailed),
    /// There is no such note.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// There is no such checkpoint.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}

/// A text that is no checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// Fewer than three lines, empty ones, or too many.
    #[error("malformed checkpoint: expected origin, size and root, each on its line")]
    Lines,
    /// Empty, too long, or with control characters.
    #[error("malformed origin")]
    Origin,
    /// Not a decimal, or above 2^62.
    #[error("malformed size of the tree")]
    Size,
    /// Not the base64 of a hash.
    #[error("malformed root")]
    Root,
    /// More than 4,096 bytes.
    #[error("a checkpoint of {bytes} bytes is too long")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// We neither write nor re-sign lines that nobody can audit.
    #[error("a checkpoint with {lines} extension lines is not written")]
    Extensions {
        /// How many there are.
        lines: usize,
    },
    /// The note around it.
    #[error(transparent)]
    Note(#[from] NoteError),
}

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
