//! Proofs as files (`tlog-proof`, `.tlog-proof`): a leaf's place, its way to the root, and the signed
//! checkpoint. Which leaf it is, and who must have signed, is said by others.

use std::fmt;

use crate::checkpoint::SignedCheckpoint;
use crate::encoding::{from_base64_up_to, parse_decimal, to_base64};
use crate::error::ProofFileError;
use crate::merkle::{Hash, MAX_PROOF_HASHES, verify_inclusion};
use crate::note::MAX_NOTE_BYTES;

/// The longest extra data, in bytes before base64.
pub const MAX_EXTRA_BYTES: usize = 512 * 1024;

/// The longest proof file.
pub const MAX_PROOF_BYTES: usize = MAX_EXTRA_BYTES / 3 * 4 + MAX_NOTE_BYTES + 8 * 1024;

const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// A proof that some leaf stands at `index` in the tree of a checkpoint.
///
/// Parsed, but trusted only after the path was [checked](Self::check_leaf) and a
/// [`Policy`](crate::policy::Policy) accepted the checkpoint. Printing gives back the very bytes that
/// were parsed.
///
/// ```
/// use chasqui_tlog::{checkpoint::{Checkpoint, SignedCheckpoint}, merkle::leaf_hash};
/// use chasqui_tlog::{note::{Algorithm, SeedSigner}, proof::LogProof};
///
/// let name = "example.com/log1".parse()?;
/// let signer = SeedSigner::new("example.com/log1".parse()?, Algorithm::Ed25519, &[7; 32])?;
/// let leaf = leaf_hash(b"the only one");
/// let signed = SignedCheckpoint::sign(Checkpoint::new(&name, 1, leaf)?, &signer)?;
///
/// let file = LogProof::new(None, 0, vec![], signed)?.to_string();
/// assert!(file.starts_with("c2sp.org/tlog-proof@v1\nindex 0\n\nexample.com/log1\n1\n"));
/// assert!(LogProof::parse(file.as_bytes())?.check_leaf(leaf).is_ok());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogProof {
    extra: Option<Vec<u8>>,
    index: u64,
    path: Vec<Hash>,
    checkpoint: SignedCheckpoint,
}

impl LogProof {
    /// The proof with these parts; the path leads from the leaf's sibling upwards. Empty extra data
    /// are none.
    pub fn new(
        extra: Option<Vec<u8>>,
        index: u64,
        path: Vec<Hash>,
        checkpoint: SignedCheckpoint,
    ) -> Result<Self, ProofFileError> {
        let extra = extra.filter(|extra| !extra.is_empty());
        let bytes = extra.as_ref().map_or(0, Vec::len);
        if bytes > MAX_EXTRA_BYTES {
            return Err(ProofFileError::TooLong { bytes });
        }
        if path.len() > MAX_PROOF_HASHES {
            return Err(ProofFileError::Path);
        }
        if index >= checkpoint.checkpoint().size() {
            return Err(ProofFileError::Index);
        }
        Ok(Self {
            extra,
            index,
            path,
            checkpoint,
        })
    }

    /// Reads a proof file.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProofFileError> {
        if bytes.len() > MAX_PROOF_BYTES {
            return Err(ProofFileError::TooLong { bytes: bytes.len() });
        }
        let text = std::str::from_utf8(bytes).map_err(|_| ProofFileError::Header)?;
        let rest = text
            .strip_prefix(HEADER)
            .and_then(|rest| rest.strip_prefix('\n'));
        let (mut line, mut rest) = rest
            .and_then(|rest| rest.split_once('\n'))
            .ok_or(ProofFileError::Header)?;
        let mut extra = None;
        if let Some(base64) = line.strip_prefix("extra ") {
            extra = from_base64_up_to(base64, MAX_EXTRA_BYTES);
            // An empty line would be a second spelling of none at all.
            if extra.as_ref().is_none_or(Vec::is_empty) {
                return Err(ProofFileError::Extra);
            }
            (line, rest) = rest.split_once('\n').ok_or(ProofFileError::Index)?;
        }
        let index = line.strip_prefix("index ").and_then(parse_decimal);
        let index = index.ok_or(ProofFileError::Index)?;
        let (path, rest) = parse_hashes(rest).ok_or(ProofFileError::Path)?;
        Self::new(
            extra,
            index,
            path,
            SignedCheckpoint::parse(rest.as_bytes())?,
        )
    }

    /// Checks that the path leads from this leaf to the checkpoint's root. Who signed that root is
    /// another question.
    pub fn check_leaf(&self, leaf: Hash) -> Result<(), crate::error::ProofError> {
        let checkpoint = self.checkpoint.checkpoint();
        verify_inclusion(
            self.index,
            checkpoint.size(),
            leaf,
            &self.path,
            checkpoint.root(),
        )
    }

    /// Data beside the proof, which nothing authenticates.
    pub fn extra(&self) -> Option<&[u8]> {
        self.extra.as_deref()
    }

    /// The leaf's place in the log.
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// The hashes beside the way from the leaf to the root.
    pub fn path(&self) -> &[Hash] {
        &self.path
    }

    /// The signed checkpoint.
    pub const fn checkpoint(&self) -> &SignedCheckpoint {
        &self.checkpoint
    }
}

/// Lines with a hash each, at most 63, ended by an empty line; and what follows it.
pub(crate) fn parse_hashes(text: &str) -> Option<(Vec<Hash>, &str)> {
    let mut hashes = Vec::new();
    let mut rest = text;
    loop {
        let (line, tail) = rest.split_once('\n')?;
        rest = tail;
        if line.is_empty() {
            return Some((hashes, rest));
        }
        if hashes.len() == MAX_PROOF_HASHES {
            return None;
        }
        hashes.push(line.parse().ok()?);
    }
}

impl fmt::Display for LogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", to_base64(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path
            .iter()
            .try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.checkpoint)
    }
}
