//! Which parts of the tree a proof needs: the walk of RFC 6962, section 2.1, over ranges of leaves.
//! It computes no hash and reads no tile, so a client can fetch everything first, in parallel.

use std::collections::BTreeSet;
use std::ops::Range;

use super::MAX_TREE_SIZE;
use crate::error::TreeError;
use crate::tile::{TILE_HEIGHT, TileId};

/// A perfect subtree: the leaves from `index << height` up to `(index + 1) << height`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subtree {
    /// Its height: 0 for a single leaf.
    pub height: u8,
    /// Its place among the subtrees of that height, from the left.
    pub index: u64,
}

impl Subtree {
    /// The perfect subtrees that make up the leaves `from..to`, from the left.
    pub(crate) fn covering(from: u64, to: u64) -> Vec<Self> {
        let mut subtrees = Vec::new();
        let mut start = from;
        while start < to {
            let height = start.trailing_zeros().min((to - start).ilog2());
            subtrees.push(Self {
                height: height as u8,
                index: start >> height,
            });
            start += 1 << height;
        }
        subtrees
    }

    /// The tile of a tree of `size` leaves that holds this subtree's hashes, and where in it.
    pub(crate) fn place(self, size: u64) -> (TileId, Range<usize>) {
        let level = self.height / TILE_HEIGHT;
        let inner = self.height % TILE_HEIGHT;
        let first = self.index << inner;
        let offset = (first % 256) as usize;
        let tile = TileId::in_tree(level, first / 256, size)
            .expect("invariant: a subtree inside the tree lies in one of its tiles");
        (tile, offset..offset + (1 << inner))
    }
}

/// The tiles that [`prove_inclusion`](super::prove_inclusion) will read.
pub fn inclusion_tiles(index: u64, size: u64) -> Result<BTreeSet<TileId>, TreeError> {
    Ok(tiles(&inclusion(index, size)?, size))
}

/// The tiles that [`prove_consistency`](super::prove_consistency) will read.
pub fn consistency_tiles(from: u64, to: u64) -> Result<BTreeSet<TileId>, TreeError> {
    Ok(tiles(&consistency(from, to)?, to))
}

/// PATH(index, D[0:size]): the ranges whose roots are the proof, from the leaf's sibling upwards.
pub(super) fn inclusion(index: u64, size: u64) -> Result<Vec<Range<u64>>, TreeError> {
    check_size(size)?;
    if index >= size {
        return Err(TreeError::IndexOutside { index, size });
    }
    let mut ranges = Vec::new();
    let (mut from, mut to) = (0, size);
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            ranges.push(middle..to);
            to = middle;
        } else {
            ranges.push(from..middle);
            from = middle;
        }
    }
    ranges.reverse();
    Ok(ranges)
}

/// PROOF(old, D[0:size]): nothing when the old tree is empty or the same.
pub(super) fn consistency(old: u64, size: u64) -> Result<Vec<Range<u64>>, TreeError> {
    check_size(size)?;
    if old > size {
        return Err(TreeError::Shrunk {
            from: old,
            to: size,
        });
    }
    if old == 0 || old == size {
        return Ok(Vec::new());
    }
    let mut ranges = Vec::new();
    let (mut from, mut to) = (0, size);
    while to != old {
        let middle = from + split(to - from);
        if old <= middle {
            ranges.push(middle..to);
            to = middle;
        } else {
            ranges.push(from..middle);
            from = middle;
        }
    }
    // Whoever holds the old root knows this part already when it is the whole old tree.
    if from > 0 {
        ranges.push(from..to);
    }
    ranges.reverse();
    Ok(ranges)
}

pub(super) fn check_size(size: u64) -> Result<(), TreeError> {
    if size > MAX_TREE_SIZE {
        Err(TreeError::TooLarge { size })
    } else {
        Ok(())
    }
}

/// The largest power of two smaller than `leaves`, which is at least two.
fn split(leaves: u64) -> u64 {
    1 << (leaves - 1).ilog2()
}

fn tiles(ranges: &[Range<u64>], size: u64) -> BTreeSet<TileId> {
    let subtrees = ranges
        .iter()
        .flat_map(|range| Subtree::covering(range.start, range.end));
    subtrees.map(|subtree| subtree.place(size).0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_rfc_is_followed() {
        // RFC 6962, section 2.1.3: seven leaves; PATH(d0) = [b, h, l], PROOF(3) = [c, d, g, l].
        assert_eq!(inclusion(0, 7), Ok(vec![1..2, 2..4, 4..7]));
        assert_eq!(inclusion(6, 7), Ok(vec![4..6, 0..4]));
        assert_eq!(consistency(3, 7), Ok(vec![2..3, 3..4, 0..2, 4..7]));
        assert_eq!(
            consistency(4, 7).as_deref(),
            Ok(std::slice::from_ref(&(4..7)))
        );
        assert_eq!(consistency(6, 7), Ok(vec![4..6, 6..7, 0..4]));
    }

    #[test]
    fn what_lies_outside_the_tree_is_refused() {
        assert_eq!(
            inclusion(0, 0),
            Err(TreeError::IndexOutside { index: 0, size: 0 })
        );
        assert_eq!(
            inclusion(7, 7),
            Err(TreeError::IndexOutside { index: 7, size: 7 })
        );
        assert_eq!(consistency(8, 7), Err(TreeError::Shrunk { from: 8, to: 7 }));
        assert_eq!(
            inclusion(0, u64::MAX),
            Err(TreeError::TooLarge { size: u64::MAX })
        );
        assert_eq!(
            consistency(1, u64::MAX),
            Err(TreeError::TooLarge { size: u64::MAX })
        );
    }

    #[test]
    fn the_largest_tree_needs_a_handful_of_tiles() {
        for index in [0, 1, MAX_TREE_SIZE / 3, MAX_TREE_SIZE - 1] {
            assert_eq!(inclusion(index, MAX_TREE_SIZE).unwrap().len(), 62);
            assert!(inclusion_tiles(index, MAX_TREE_SIZE).unwrap().len() <= 8);
        }
        assert!(
            consistency_tiles(MAX_TREE_SIZE / 3, MAX_TREE_SIZE - 1)
                .unwrap()
                .len()
                <= 16
        );
    }
}
