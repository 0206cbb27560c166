//! Signed notes (`signed-note`): a text and who signed it. The keys may live elsewhere.
//!
//! Two kinds of signatures are known: plain Ed25519 (0x01), by which a log signs, and the
//! timestamped cosignature (0x04), by which a witness does. All others are carried and ignored.

mod key;
mod signature;
mod signed;
mod signer;

pub use key::{Algorithm, KeyId, KeyName, VerifierKey};
pub use signature::{Signature, SignedBy};
pub use signed::Note;
pub(crate) use signed::parse_signatures;
pub use signer::{SeedSigner, Signer, SignerFailed};

/// The longest note. The specification asks for at least 16 signatures, also of 5 kB each.
pub const MAX_NOTE_BYTES: usize = 256 * 1024;

/// The most signatures on one note.
pub const MAX_SIGNATURES: usize = 64;

/// The longest single signature, its key id included.
pub const MAX_SIGNATURE_BYTES: usize = 8 * 1024;

/// The longest name of a key or a log, as `tlog-cosignature` encodes it.
pub const MAX_NAME_BYTES: usize = 255;
