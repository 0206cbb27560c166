//! The checks of RFC 9162, sections 2.1.3.2 and 2.1.4.2: they climb from the leaf, trust nothing and
//! accept exactly one proof for each statement. They make no proofs.

use super::hash::{Hash, empty_root, node_hash};
use super::plan::check_size;
use crate::error::{ProofError, TreeError};

/// The longest proof there can be, in hashes. It is also the limit of `tlog-witness`.
pub const MAX_PROOF_HASHES: usize = 63;

/// Checks that `leaf` stands at `index` in the tree of `size` leaves with this root.
///
/// ```
/// use chasqui_tlog::merkle::{leaf_hash, node_hash, verify_inclusion};
///
/// let (a, b) = (leaf_hash(b"a"), leaf_hash(b"b"));
/// let root = node_hash(&a, &b);
/// assert!(verify_inclusion(1, 2, b, &[a], root).is_ok());
/// assert!(verify_inclusion(0, 2, b, &[a], root).is_err());
/// ```
pub fn verify_inclusion(
    index: u64,
    size: u64,
    leaf: Hash,
    proof: &[Hash],
    root: Hash,
) -> Result<(), ProofError> {
    check_size(size)?;
    if index >= size {
        return Err(TreeError::IndexOutside { index, size }.into());
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = leaf;
    for sibling in proof {
        if last == 0 {
            return Err(ProofError::WrongLength { found: proof.len() });
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            // A node without a right sibling is carried up until it has a left one.
            let carried = if node & 1 == 0 {
                node.trailing_zeros()
            } else {
                0
            };
            node >>= carried;
            last >>= carried;
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofError::WrongLength { found: proof.len() });
    }
    same(hash, root)
}

/// Checks that the tree of `to` leaves begins with the tree of `from` leaves.
///
/// Every tree continues the empty one, so from 0 the proof is empty and only `from_root` is looked
/// at; between equal sizes the proof is empty and the roots are equal.
///
/// ```
/// use chasqui_tlog::merkle::{leaf_hash, node_hash, verify_consistency};
///
/// let (a, b, c) = (leaf_hash(b"a"), leaf_hash(b"b"), leaf_hash(b"c"));
/// let (two, three) = (node_hash(&a, &b), node_hash(&node_hash(&a, &b), &c));
/// assert!(verify_consistency(2, two, 3, three, &[c]).is_ok());
/// assert!(verify_consistency(2, node_hash(&b, &a), 3, three, &[c]).is_err());
/// ```
pub fn verify_consistency(
    from: u64,
    from_root: Hash,
    to: u64,
    to_root: Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    check_size(to)?;
    if from > to {
        return Err(TreeError::Shrunk { from, to }.into());
    }
    if from == 0 || from == to {
        if !proof.is_empty() {
            return Err(ProofError::WrongLength { found: proof.len() });
        }
        let expected = if from == 0 { empty_root() } else { to_root };
        same(from_root, expected)?;
        return if to == 0 {
            same(to_root, empty_root())
        } else {
            Ok(())
        };
    }
    let (first, rest) = if from.is_power_of_two() {
        (from_root, proof)
    } else {
        let (first, rest) = proof
            .split_first()
            .ok_or(ProofError::WrongLength { found: 0 })?;
        (*first, rest)
    };
    let shift = (from - 1).trailing_ones();
    let (mut node, mut last) = ((from - 1) >> shift, (to - 1) >> shift);
    let (mut old, mut new) = (first, first);
    for sibling in rest {
        if last == 0 {
            return Err(ProofError::WrongLength { found: proof.len() });
        }
        if node & 1 == 1 || node == last {
            old = node_hash(sibling, &old);
            new = node_hash(sibling, &new);
            let carried = if node & 1 == 0 {
                node.trailing_zeros()
            } else {
                0
            };
            node >>= carried;
            last >>= carried;
        } else {
            new = node_hash(&new, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(ProofError::WrongLength { found: proof.len() });
    }
    same(old, from_root)?;
    same(new, to_root)
}

fn same(found: Hash, expected: Hash) -> Result<(), ProofError> {
    if found == expected {
        Ok(())
    } else {
        Err(ProofError::OtherRoot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::{MAX_TREE_SIZE, leaf_hash};

    #[test]
    fn sizes_no_tree_can_have_are_refused() {
        let x = leaf_hash(b"x");
        assert!(verify_inclusion(0, 0, x, &[], x).is_err());
        assert!(verify_inclusion(0, u64::MAX, x, &[x; 63], x).is_err());
        assert!(verify_inclusion(MAX_TREE_SIZE, MAX_TREE_SIZE, x, &[x; 62], x).is_err());
        assert!(verify_consistency(1, x, u64::MAX, x, &[x; 63]).is_err());
        assert_eq!(
            verify_consistency(2, x, 1, x, &[]),
            Err(TreeError::Shrunk { from: 2, to: 1 }.into())
        );
    }

    #[test]
    fn every_tree_continues_the_empty_one_and_itself() {
        let (x, y) = (leaf_hash(b"x"), leaf_hash(b"y"));
        assert_eq!(verify_consistency(0, empty_root(), 9, x, &[]), Ok(()));
        assert_eq!(
            verify_consistency(0, x, 9, x, &[]),
            Err(ProofError::OtherRoot)
        );
        assert_eq!(
            verify_consistency(0, empty_root(), 0, x, &[]),
            Err(ProofError::OtherRoot)
        );
        assert_eq!(verify_consistency(9, x, 9, x, &[]), Ok(()));
        assert_eq!(
            verify_consistency(9, x, 9, y, &[]),
            Err(ProofError::OtherRoot)
        );
        assert!(verify_consistency(9, x, 9, x, &[y]).is_err());
        assert!(verify_consistency(0, empty_root(), 9, x, &[y]).is_err());
    }
}
