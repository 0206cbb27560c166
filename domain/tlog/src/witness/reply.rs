//! What a witness answers: its signature lines (200), or the size that it has seen (409).

use crate::encoding::parse_decimal;
use crate::error::NoteError;
use crate::merkle::MAX_TREE_SIZE;
use crate::note::{MAX_NOTE_BYTES, Signature, parse_signatures};

/// The content type of an answer that is a size.
pub const SIZE_CONTENT_TYPE: &str = "text/x.tlog.size";

/// Reads the answer 200: at least one signature line. Whose they are is verified when they are added
/// to the checkpoint; those of unknown keys are to be ignored.
pub fn parse_cosignatures(body: &[u8]) -> Result<Vec<Signature>, NoteError> {
    if body.len() > MAX_NOTE_BYTES {
        return Err(NoteError::TooLong { bytes: body.len() });
    }
    let text = std::str::from_utf8(body).map_err(|_| NoteError::Text)?;
    let signatures = parse_signatures(text)?;
    if signatures.is_empty() {
        Err(NoteError::NoSignature)
    } else {
        Ok(signatures)
    }
}

/// Writes the answer 200.
pub fn print_cosignatures(signatures: &[Signature]) -> String {
    signatures
        .iter()
        .map(|signature| format!("{signature}\n"))
        .collect()
}

/// Reads the answer 409: the size of the latest checkpoint that the witness cosigned.
///
/// ```
/// use chasqui_tlog::witness::{parse_size, print_size};
///
/// assert_eq!(parse_size(print_size(256).as_bytes()), Some(256));
/// assert_eq!(parse_size(b"0256\n"), None);
/// ```
pub fn parse_size(body: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(body).ok()?.strip_suffix('\n')?;
    parse_decimal(text).filter(|size| *size <= MAX_TREE_SIZE)
}

/// Writes the answer 409.
pub fn print_size(size: u64) -> String {
    format!("{size}\n")
}
