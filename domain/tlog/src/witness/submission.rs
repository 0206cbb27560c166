//! The body of `add-checkpoint`: which size the log believes the witness to have seen, the proof
//! from there, and the new checkpoint.

use std::fmt;

use crate::checkpoint::SignedCheckpoint;
use crate::encoding::parse_decimal;
use crate::error::SubmissionError;
use crate::merkle::{Hash, MAX_PROOF_HASHES};
use crate::note::MAX_NOTE_BYTES;
use crate::proof::parse_hashes;

/// The longest body looked at.
pub const MAX_SUBMISSION_BYTES: usize = MAX_NOTE_BYTES + 4 * 1024;

/// A checkpoint that a log submits to a witness.
///
/// Parsed, but believed only after [`consider`](super::consider). Printing gives back the very bytes
/// that were parsed.
///
/// ```
/// use chasqui_tlog::witness::Submission;
///
/// let body = "old 0\n\n\
///     example.com/log1\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n\n\
///     \u{2014} example.com/log1 AAAAAAA=\n";
/// let submission = Submission::parse(body.as_bytes())?;
/// assert_eq!((submission.old_size(), submission.proof().len()), (0, 0));
/// assert_eq!(submission.to_string(), body);
/// # Ok::<(), chasqui_tlog::error::SubmissionError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    old_size: u64,
    proof: Vec<Hash>,
    checkpoint: SignedCheckpoint,
}

impl Submission {
    /// The submission of these parts; the proof has at most 63 hashes.
    pub fn new(
        old_size: u64,
        proof: Vec<Hash>,
        checkpoint: SignedCheckpoint,
    ) -> Result<Self, SubmissionError> {
        if proof.len() > MAX_PROOF_HASHES {
            return Err(SubmissionError::Proof);
        }
        Ok(Self {
            old_size,
            proof,
            checkpoint,
        })
    }

    /// Reads a body.
    pub fn parse(bytes: &[u8]) -> Result<Self, SubmissionError> {
        if bytes.len() > MAX_SUBMISSION_BYTES {
            return Err(SubmissionError::TooLong { bytes: bytes.len() });
        }
        let text = std::str::from_utf8(bytes).map_err(|_| SubmissionError::OldSize)?;
        let (line, rest) = text.split_once('\n').ok_or(SubmissionError::OldSize)?;
        let old_size = line.strip_prefix("old ").and_then(parse_decimal);
        let old_size = old_size.ok_or(SubmissionError::OldSize)?;
        let (proof, rest) = parse_hashes(rest).ok_or(SubmissionError::Proof)?;
        Self::new(old_size, proof, SignedCheckpoint::parse(rest.as_bytes())?)
    }

    /// The size from which the proof leads.
    pub const fn old_size(&self) -> u64 {
        self.old_size
    }

    /// The consistency proof.
    pub fn proof(&self) -> &[Hash] {
        &self.proof
    }

    /// The new checkpoint.
    pub const fn checkpoint(&self) -> &SignedCheckpoint {
        &self.checkpoint
    }
}

impl fmt::Display for Submission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old_size)?;
        self.proof
            .iter()
            .try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}
