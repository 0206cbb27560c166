//! The right edge: the few hashes from which a tree goes on growing and its root is known at once.
//! It remembers no leaf and makes no proof; proofs are made from tiles.

use super::hash::{Hash, empty_root, node_hash};
use super::{MAX_TREE_SIZE, Subtree};
use crate::error::TreeError;

/// The roots of the perfect subtrees a tree consists of, the largest (leftmost) first.
///
/// There is one for every bit set in the size, so a million leaves need at most twenty hashes. An
/// edge cannot say which leaves it was made of; it can only be continued.
///
/// ```
/// use chasqui_tlog::merkle::{Edge, leaf_hash};
///
/// let mut edge = Edge::new();
/// for entry in ["a", "b", "c"] {
///     edge.append(leaf_hash(entry.as_bytes()))?;
/// }
/// let stored = (edge.size(), edge.hashes().to_vec());
///
/// let again = Edge::from_parts(stored.0, stored.1)?;
/// assert_eq!(again.root(), edge.root());
/// # Ok::<(), chasqui_tlog::error::TreeError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    hashes: Vec<Hash>,
}

impl Edge {
    /// The edge of the tree without leaves.
    pub const fn new() -> Self {
        Self {
            size: 0,
            hashes: Vec::new(),
        }
    }

    /// The edge that was stored: refused unless there is one hash for each bit set in `size`.
    pub fn from_parts(size: u64, hashes: Vec<Hash>) -> Result<Self, TreeError> {
        if size > MAX_TREE_SIZE {
            return Err(TreeError::TooLarge { size });
        }
        let expected = size.count_ones() as usize;
        if hashes.len() != expected {
            return Err(TreeError::EdgeLength {
                size,
                expected,
                found: hashes.len(),
            });
        }
        Ok(Self { size, hashes })
    }

    /// Appends one leaf's hash.
    pub fn append(&mut self, leaf: Hash) -> Result<(), TreeError> {
        if self.size >= MAX_TREE_SIZE {
            return Err(TreeError::TooLarge {
                size: self.size + 1,
            });
        }
        let mut hash = leaf;
        // Each one at the end of the size, in binary, is a perfect subtree as tall as the new one.
        for _ in 0..self.size.trailing_ones() {
            let left = self
                .hashes
                .pop()
                .expect("invariant: one hash for each bit set in the size");
            hash = node_hash(&left, &hash);
        }
        self.hashes.push(hash);
        self.size += 1;
        Ok(())
    }

    /// The tree's root.
    pub fn root(&self) -> Hash {
        let joined = self
            .hashes
            .iter()
            .rev()
            .copied()
            .reduce(|right, left| node_hash(&left, &right));
        joined.unwrap_or_else(empty_root)
    }

    /// The number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The hashes to store, largest subtree first.
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// Where the hashes stand in the tree, in the same order.
    pub fn subtrees(&self) -> Vec<Subtree> {
        Subtree::covering(0, self.size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::leaf_hash;

    #[test]
    fn an_edge_with_the_wrong_number_of_hashes_is_refused() {
        let hash = leaf_hash(b"x");
        assert_eq!(
            Edge::from_parts(5, vec![hash]),
            Err(TreeError::EdgeLength {
                size: 5,
                expected: 2,
                found: 1
            })
        );
        assert!(Edge::from_parts(MAX_TREE_SIZE + 1, vec![hash; 2]).is_err());
    }

    #[test]
    fn a_tree_never_grows_past_the_largest_size() {
        let hash = leaf_hash(b"x");
        let mut edge = Edge::from_parts(MAX_TREE_SIZE - 1, vec![hash; 62]).unwrap();
        edge.append(hash).unwrap();
        assert_eq!((edge.size(), edge.hashes().len()), (MAX_TREE_SIZE, 1));
        assert_eq!(
            edge.append(hash),
            Err(TreeError::TooLarge {
                size: MAX_TREE_SIZE + 1
            })
        );
    }

    #[test]
    fn the_hashes_stand_where_the_edge_says() {
        let mut edge = Edge::new();
        for n in 0..77u8 {
            edge.append(leaf_hash(&[n])).unwrap();
            assert_eq!(edge.subtrees().len(), edge.hashes().len());
        }
    }
}
