//! Checkpoints (`tlog-checkpoint`): the log's promise of a size and a root, as a note.
//! Who must have signed it is the business of [`Policy`](crate::policy::Policy).

use std::fmt;

use crate::encoding::parse_decimal;
use crate::error::{CheckpointError, SignError};
use crate::merkle::{Hash, MAX_TREE_SIZE};
use crate::note::{KeyName, MAX_NAME_BYTES, Note, Signature, Signer};

/// The longest text of a checkpoint, its extension lines included.
pub const MAX_TEXT_BYTES: usize = 4096;

/// The most extension lines tolerated on reading. We write none: nobody can audit them.
pub const MAX_EXTENSIONS: usize = 8;

/// A log's state: origin, size and root. Unsigned, so a claim by nobody.
///
/// ```
/// use chasqui_tlog::checkpoint::Checkpoint;
///
/// let text = "example.com/log1\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
/// let checkpoint = Checkpoint::parse(text)?;
/// assert_eq!((checkpoint.origin(), checkpoint.size()), ("example.com/log1", 0));
/// assert_eq!(checkpoint.to_text()?, text);
/// # Ok::<(), chasqui_tlog::error::CheckpointError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
    extensions: Vec<String>,
}

impl Checkpoint {
    /// The checkpoint of a tree; refused above 2^62 leaves.
    pub fn new(origin: &KeyName, size: u64, root: Hash) -> Result<Self, CheckpointError> {
        if size > MAX_TREE_SIZE {
            return Err(CheckpointError::Size);
        }
        Ok(Self {
            origin: origin.to_string(),
            size,
            root,
            extensions: Vec::new(),
        })
    }

    /// Reads the text of a note, its last newline included.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        if text.len() > MAX_TEXT_BYTES {
            return Err(CheckpointError::TooLong { bytes: text.len() });
        }
        let text = text.strip_suffix('\n').ok_or(CheckpointError::Lines)?;
        let mut lines = text.split('\n');
        let origin = lines.next().ok_or(CheckpointError::Lines)?;
        if origin.is_empty() || origin.len() > MAX_NAME_BYTES || origin.contains(|c| c < ' ') {
            return Err(CheckpointError::Origin);
        }
        let size = lines
            .next()
            .and_then(parse_decimal)
            .filter(|size| *size <= MAX_TREE_SIZE);
        let size = size.ok_or(CheckpointError::Size)?;
        let root = lines
            .next()
            .and_then(|line| line.parse().ok())
            .ok_or(CheckpointError::Root)?;
        let extensions: Vec<String> = lines.map(str::to_owned).collect();
        if extensions.len() > MAX_EXTENSIONS || extensions.iter().any(String::is_empty) {
            return Err(CheckpointError::Lines);
        }
        Ok(Self {
            origin: origin.to_owned(),
            size,
            root,
            extensions,
        })
    }

    /// The text to sign. A checkpoint that was read with extension lines is never written again.
    pub fn to_text(&self) -> Result<String, CheckpointError> {
        if !self.extensions.is_empty() {
            return Err(CheckpointError::Extensions {
                lines: self.extensions.len(),
            });
        }
        Ok(format!("{}\n{}\n{}\n", self.origin, self.size, self.root))
    }

    /// The log's identity.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The root over them.
    pub const fn root(&self) -> Hash {
        self.root
    }

    /// Lines after the root, of which this crate believes nothing.
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }
}

/// A note whose text is a checkpoint. Its signatures are claims until a policy accepted them.
///
/// Printing gives back the very bytes that were parsed.
///
/// ```
/// use chasqui_tlog::checkpoint::{Checkpoint, SignedCheckpoint};
/// use chasqui_tlog::merkle::leaf_hash;
/// use chasqui_tlog::note::{Algorithm, SeedSigner, Signer};
/// use chasqui_tlog::policy::Policy;
///
/// let log = SeedSigner::new("example.com/log1".parse()?, Algorithm::Ed25519, &[1; 32])?;
/// let witness = SeedSigner::new("w.example".parse()?, Algorithm::Cosignature, &[2; 32])?;
/// let checkpoint = Checkpoint::new(log.key().name(), 1, leaf_hash(b"the only one"))?;
/// let mut signed = SignedCheckpoint::sign(checkpoint, &log)?;
///
/// let policy = Policy::k_of_n(log.key().clone(), &[witness.key().clone()], 1)?;
/// assert!(policy.check(&signed).is_err(), "the witness is missing");
/// signed.add(signed.cosign(&witness, 1_767_225_641)?)?;
/// assert_eq!(policy.check(&signed)?.cosigners[0].time, 1_767_225_641);
///
/// let file = signed.to_string();
/// assert_eq!(SignedCheckpoint::parse(file.as_bytes())?, signed);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: Note,
}

impl SignedCheckpoint {
    /// Signs as the log whose origin the checkpoint names.
    pub fn sign(checkpoint: Checkpoint, signer: &impl Signer) -> Result<Self, SignError> {
        if signer.key().name().as_str() != checkpoint.origin {
            return Err(SignError::OtherOrigin {
                key: signer.key().to_string(),
            });
        }
        let text = checkpoint.to_text()?;
        let signature = Signature::sign(signer, &text)?;
        Ok(Self {
            note: Note::new(text, vec![signature])?,
            checkpoint,
        })
    }

    /// Cosigns as a witness, at `time` in POSIX seconds.
    pub fn cosign(&self, signer: &impl Signer, time: u64) -> Result<Signature, SignError> {
        Signature::cosign(signer, self.note.text(), time)
    }

    /// Reads a signed checkpoint.
    pub fn parse(bytes: &[u8]) -> Result<Self, CheckpointError> {
        let note = Note::parse(bytes)?;
        Ok(Self {
            checkpoint: Checkpoint::parse(note.text())?,
            note,
        })
    }

    /// Adds a signature, for instance a witness's that came late.
    pub fn add(&mut self, signature: Signature) -> Result<(), CheckpointError> {
        Ok(self.note.add(signature)?)
    }

    /// What was signed.
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The note that carries it.
    pub const fn note(&self) -> &Note {
        &self.note
    }
}

impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.note.fmt(f)
    }
}
