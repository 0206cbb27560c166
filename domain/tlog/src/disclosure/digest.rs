//! Digests of disclosures, and the one hash over them that stands in the leaf.
//! A digest does not say which field it belongs to; the disclosure does.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use crate::encoding::{from_base64, from_base64url, to_base64, to_base64url};
use crate::error::{CommitmentError, MalformedHash};

/// The most fields one event can commit.
pub const MAX_DISCLOSURES: usize = 128;

/// SHA-256 of a disclosure's string, written in URL-safe base64 as SD-JWT does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 32]);

/// The hash over all digests of an event, written in standard base64 in its leaf.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Commit([u8; 32]);

/// All digests of one event, sorted bytewise, each once.
///
/// ```
/// use chasqui_tlog::disclosure::{Commitment, Digest};
///
/// let (a, b) = (Digest::from_bytes([1; 32]), Digest::from_bytes([2; 32]));
/// let commitment = Commitment::new(vec![b, a])?;
/// assert_eq!(commitment.digests(), [a, b]);
/// assert_eq!(commitment.commit(), Commitment::new(vec![a, b])?.commit());
/// assert!(Commitment::new(vec![a, a]).is_err());
/// # Ok::<(), chasqui_tlog::error::CommitmentError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment(Vec<Digest>);

impl Digest {
    /// The digest with these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Commit {
    /// The commit with these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl Commitment {
    /// The commitment to these digests, in whatever order: 1 to 128, no two the same.
    pub fn new(mut digests: Vec<Digest>) -> Result<Self, CommitmentError> {
        digests.sort_unstable();
        Self::sorted(digests)
    }

    /// The commitment to digests that are in order already, as a receipt lists them.
    pub fn sorted(digests: Vec<Digest>) -> Result<Self, CommitmentError> {
        if digests.is_empty() || digests.len() > MAX_DISCLOSURES {
            return Err(CommitmentError::Length {
                digests: digests.len(),
            });
        }
        if !digests.is_sorted_by(|a, b| a < b) {
            return Err(CommitmentError::Order);
        }
        Ok(Self(digests))
    }

    /// SHA-256("tramite-commit/v1\n" || d1 || ... || dn).
    pub fn commit(&self) -> Commit {
        let mut hash = Sha256::new_with_prefix("tramite-commit/v1\n");
        self.0.iter().for_each(|digest| hash.update(digest.0));
        Commit(hash.finalize().into())
    }

    /// Whether a disclosure with this digest was committed.
    pub fn contains(&self, digest: &Digest) -> bool {
        self.0.binary_search(digest).is_ok()
    }

    /// The digests in order.
    pub fn digests(&self) -> &[Digest] {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_base64url(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl FromStr for Digest {
    type Err = MalformedHash;

    fn from_str(text: &str) -> Result<Self, MalformedHash> {
        from_base64url(text).map(Self).ok_or(MalformedHash)
    }
}

impl fmt::Display for Commit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_base64(&self.0))
    }
}

impl fmt::Debug for Commit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Commit({self})")
    }
}

impl FromStr for Commit {
    type Err = MalformedHash;

    fn from_str(text: &str) -> Result<Self, MalformedHash> {
        from_base64(text).map(Self).ok_or(MalformedHash)
    }
}
