//! What can be wrong with keys, notes and checkpoints, and why nothing was signed.

use crate::note::SignerFailed;

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
