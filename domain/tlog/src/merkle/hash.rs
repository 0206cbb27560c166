//! SHA-256 as RFC 6962, section 2.1, uses it: one prefix for leaves, another for nodes, so that a
//! node can never be passed off as a leaf. It knows nothing of trees.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::encoding::{from_base64, to_base64};
use crate::error::MalformedHash;

/// A SHA-256 hash of a leaf, a node or a tree: 32 bytes, written in standard base64.
///
/// ```
/// use chasqui_tlog::merkle::{Hash, empty_root};
///
/// let text = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
/// assert_eq!(empty_root().to_string(), text);
/// assert_eq!(text.parse::<Hash>(), Ok(empty_root()));
/// assert!("47DEQpj8HBSa".parse::<Hash>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// Length in bytes.
    pub const LEN: usize = 32;

    /// The hash with these bytes; every 32 bytes are a hash.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first 80 bits in 16 symbols of Crockford's base32, in fours: what a person compares with
    /// paper. Nobody finds a second tree with the same ones.
    ///
    /// ```
    /// use chasqui_tlog::merkle::empty_root;
    ///
    /// assert_eq!(empty_root().symbols(), "WERC-8GMR-ZGE1-96QV");
    /// ```
    pub fn symbols(&self) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let first = self.0.first_chunk::<16>();
        let bits = u128::from_be_bytes(*first.expect("invariant: a hash has 32 bytes"));
        let mut text = String::with_capacity(19);
        for place in 0..16_u32 {
            if place > 0 && place.is_multiple_of(4) {
                text.push('-');
            }
            let symbol = (bits >> (123 - 5 * place)) & 31;
            text.push(char::from(ALPHABET[symbol as usize]));
        }
        text
    }
}

/// The root of the tree without leaves: SHA-256 of nothing (RFC 6962, section 2.1).
pub fn empty_root() -> Hash {
    Hash(Sha256::digest([]).into())
}

/// A leaf's hash: SHA-256(0x00 || entry).
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Hash(
        Sha256::new()
            .chain_update([0])
            .chain_update(entry)
            .finalize()
            .into(),
    )
}

/// A node's hash: SHA-256(0x01 || left || right).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut block = [0; 65];
    block[0] = 1;
    block[1..33].copy_from_slice(&left.0);
    block[33..].copy_from_slice(&right.0);
    Hash(Sha256::digest(block).into())
}

/// The root of the perfect tree over these hashes, or nothing unless their number is a power of two.
pub fn perfect_root(hashes: &[Hash]) -> Option<Hash> {
    if !hashes.len().is_power_of_two() {
        return None;
    }
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        for i in 0..row.len() / 2 {
            row[i] = node_hash(&row[2 * i], &row[2 * i + 1]);
        }
        row.truncate(row.len() / 2);
    }
    row.first().copied()
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_base64(&self.0))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl FromStr for Hash {
    type Err = MalformedHash;

    fn from_str(text: &str) -> Result<Self, MalformedHash> {
        from_base64(text).map(Self).ok_or(MalformedHash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_empty_leaf_and_the_empty_tree_differ() {
        // RFC 6962's reference tests: the leaf without bytes is SHA-256(0x00).
        assert_eq!(
            leaf_hash(&[]).to_string(),
            "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0="
        );
        assert_ne!(leaf_hash(&[]), empty_root());
    }

    #[test]
    fn a_node_is_never_a_leaf() {
        let (left, right) = (leaf_hash(b"a"), leaf_hash(b"b"));
        let joined: Vec<u8> = [*left.as_bytes(), *right.as_bytes()].concat();
        assert_ne!(node_hash(&left, &right), leaf_hash(&joined));
    }

    #[test]
    fn only_a_power_of_two_has_a_perfect_root() {
        let leaves: Vec<Hash> = (0..4u8).map(|n| leaf_hash(&[n])).collect();
        let left = node_hash(&leaves[0], &leaves[1]);
        let right = node_hash(&leaves[2], &leaves[3]);
        assert_eq!(perfect_root(&leaves), Some(node_hash(&left, &right)));
        assert_eq!(perfect_root(&leaves[..1]), Some(leaves[0]));
        assert_eq!(perfect_root(&leaves[..3]), None);
        assert_eq!(perfect_root(&[]), None);
    }
}
