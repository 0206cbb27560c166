//! Trees that nobody could hold: all leaves are alike but a few, so that every hash can be computed
//! from its place. Indices go up to 2^62, and a wrong one meets a wrong hash.

use std::convert::Infallible;

use chasqui_tlog::merkle::{
    Hash, MAX_TREE_SIZE, TileReader, consistency_tiles, edge_at, inclusion_tiles, leaf_hash,
    node_hash, prove_consistency, prove_inclusion, root_at, verify_consistency, verify_inclusion,
};
use chasqui_tlog::tile::{
    BundleId, Frontier, TileId, completed_bundles, completed_tiles, partial_bundle, partial_tiles,
};
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use proptest::prelude::*;
use sha2::Sha256;

/// A tree whose leaves are all the same but those at the marked places, each of which is another.
#[derive(Debug, Clone)]
struct Sparse {
    marked: Vec<u64>,
    plain: Vec<Hash>,
}

impl Sparse {
    fn new(mut marked: Vec<u64>) -> Self {
        marked.sort_unstable();
        let mut plain = vec![leaf_hash(b"plain")];
        while plain.len() <= 62 {
            let last = plain[plain.len() - 1];
            plain.push(node_hash(&last, &last));
        }
        Self { marked, plain }
    }

    fn entry(&self, index: u64) -> Vec<u8> {
        let marked = self.marked.binary_search(&index).is_ok();
        if marked {
            index.to_be_bytes().to_vec()
        } else {
            b"plain".to_vec()
        }
    }

    /// MTH(D[from:to]) by the recursion of the RFC, with a short cut where all leaves are alike.
    fn root(&self, from: u64, to: u64) -> Hash {
        let inside = |mark: &u64| (from..to).contains(mark);
        let size = to - from;
        if size == 1 {
            return leaf_hash(&self.entry(from));
        }
        if size.is_power_of_two() && !self.marked.iter().any(inside) {
            return self.plain[size.trailing_zeros() as usize];
        }
        let middle = from + (1 << (size - 1).ilog2());
        node_hash(&self.root(from, middle), &self.root(middle, to))
    }
}

impl TileReader for Sparse {
    type Error = Infallible;

    fn read_tile(&self, id: TileId) -> Result<Vec<u8>, Infallible> {
        let height = u32::from(id.level()) * 8;
        let first = id.index() * 256;
        let hashes = (first..first + u64::from(id.width()))
            .flat_map(|n| *self.root(n << height, (n + 1) << height).as_bytes());
        Ok(hashes.collect())
    }
}

/// A size of any magnitude, a leaf in it, and an older size.
fn sizes() -> impl Strategy<Value = (u64, u64, u64)> {
    let size = (1..=62_u32, any::<u64>()).prop_map(|(bits, random)| 1 + random % (1 << bits));
    size.prop_flat_map(|size| (Just(size), 0..size, 1..=size))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn proofs_in_trees_of_any_size_hold_and_ct_merkle_agrees(
        (size, index, older) in sizes(),
        marks in proptest::collection::vec(any::<u64>(), 0..6),
    ) {
        let near = [index, older - 1, older.min(size - 1), size - 1];
        let tree = Sparse::new(marks.iter().map(|mark| mark % size).chain(near).collect());
        let (root, old_root) = (tree.root(0, size), tree.root(0, older));
        prop_assert_eq!(root_at(&tree, size).unwrap(), root);
        prop_assert_eq!(edge_at(&tree, size).unwrap().root(), root);
        prop_assert_eq!(Frontier::load(&tree, size).unwrap().root(), root);

        let path = prove_inclusion(&tree, index, size).unwrap();
        let entry = tree.entry(index);
        let leaf = leaf_hash(&entry);
        prop_assert!(verify_inclusion(index, size, leaf, &path, root).is_ok());
        let wrong = leaf_hash(b"wrong");
        prop_assert!(verify_inclusion(index, size, wrong, &path, root).is_err());
        let bytes = path.iter().flat_map(|hash| *hash.as_bytes()).collect();
        let foreign = RootHash::<Sha256>::new((*root.as_bytes()).into(), size);
        let theirs = InclusionProof::try_from_bytes(bytes).unwrap();
        prop_assert!(foreign.verify_inclusion(&entry, index, &theirs).is_ok());

        let proof = prove_consistency(&tree, older, size).unwrap();
        prop_assert!(verify_consistency(older, old_root, size, root, &proof).is_ok());
        prop_assert!(verify_consistency(older, wrong, size, root, &proof).is_err());
        prop_assert!(verify_consistency(older, old_root, size, wrong, &proof).is_err());
        let bytes = proof.iter().flat_map(|hash| *hash.as_bytes()).collect();
        let foreign_old = RootHash::<Sha256>::new((*old_root.as_bytes()).into(), older);
        let theirs = ConsistencyProof::try_from_bytes(bytes).unwrap();
        prop_assert!(foreign.verify_consistency(&foreign_old, &theirs).is_ok());
    }

    #[test]
    fn the_tiles_a_proof_needs_are_in_the_tree_and_few(
        (size, index, older) in sizes(),
    ) {
        let inclusion = inclusion_tiles(index, size).unwrap();
        let consistency = consistency_tiles(older, size).unwrap();
        // One tile a level beside the leaf, and one a level on the right edge.
        prop_assert!(inclusion.len() <= 16 && consistency.len() <= 24);
        for tile in inclusion.iter().chain(&consistency) {
            prop_assert!(tile.lies_in(size));
            prop_assert_eq!(TileId::in_tree(tile.level(), tile.index(), size), Some(*tile));
        }
    }

    #[test]
    fn names_of_tiles_and_bundles_have_one_spelling(
        level in 0..=63_u8, index in 0..=1_u64 << 54, width in 1..=256_u16,
    ) {
        let tile = TileId::new(level, index, width).unwrap();
        prop_assert_eq!(tile.to_string().parse::<TileId>(), Ok(tile));
        let bundle = BundleId::new(index, width).unwrap();
        prop_assert_eq!(bundle.to_string().parse::<BundleId>(), Ok(bundle));
        prop_assert_eq!(tile.to_string().parse::<BundleId>().is_ok(), false);
        prop_assert_eq!(bundle.to_string().parse::<TileId>().is_ok(), false);
    }

    #[test]
    fn growing_in_steps_writes_the_same_files_as_growing_at_once(
        from in 0..200_000_u64, first in 0..70_000_u64, second in 0..70_000_u64,
    ) {
        let (middle, to) = (from + first, from + first + second);
        let mut stepwise: Vec<TileId> =
            completed_tiles(from, middle).chain(completed_tiles(middle, to)).collect();
        let mut at_once: Vec<TileId> = completed_tiles(from, to).collect();
        stepwise.sort_unstable();
        at_once.sort_unstable();
        prop_assert_eq!(stepwise, at_once);
        let bundles = completed_bundles(from, middle).chain(completed_bundles(middle, to));
        prop_assert!(bundles.eq(completed_bundles(from, to)));
        // What is partial at the end is exactly what is not full.
        let hashes: u64 = partial_tiles(to)
            .filter(|tile| tile.level() == 0)
            .map(|tile| u64::from(tile.width()))
            .sum();
        prop_assert_eq!(completed_bundles(0, to).count() as u64 * 256 + hashes, to);
        let partial = partial_bundle(to).map_or(0, |bundle| u64::from(bundle.width()));
        prop_assert_eq!(partial, hashes);
    }
}

#[test]
fn the_largest_tree_there_can_be_is_proved_from_a_handful_of_tiles() {
    let tree = Sparse::new(vec![0, 1, MAX_TREE_SIZE / 3, MAX_TREE_SIZE - 1]);
    let root = tree.root(0, MAX_TREE_SIZE);
    for index in [0, 1, MAX_TREE_SIZE / 3, MAX_TREE_SIZE - 1] {
        let path = prove_inclusion(&tree, index, MAX_TREE_SIZE).unwrap();
        let leaf = leaf_hash(&tree.entry(index));
        verify_inclusion(index, MAX_TREE_SIZE, leaf, &path, root).unwrap();
        assert_eq!(path.len(), 62);
    }
    assert!(prove_inclusion(&tree, 0, MAX_TREE_SIZE + 1).is_err());
    assert!(root_at(&tree, u64::MAX).is_err());
    assert!(Frontier::load(&tree, u64::MAX).is_err());
}

#[test]
fn paths_that_are_not_the_one_spelling_are_refused() {
    for path in [
        "",
        "tile",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/0/x000/001",
        "tile/0/001/x000",
        "tile/0/x001",
        "tile/0/000/001",
        "tile/0/x1/000",
        "tile/00/000",
        "tile/+0/000",
        "tile/64/000",
        "tile/256/000",
        "tile/-1/000",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/257",
        "tile/0/000.p/65537",
        "tile/0/000.p/1/",
        "tile/0/000.p/1.p/1",
        "tile/0/000/",
        "tile/0//000",
        "/tile/0/000",
        "tile/0/000\n",
        "tile/0/ 00",
        "tile/0/../000",
        "tile/0/0%30",
        "tile/0/X001/000",
        "tile/0/٠٠٠",
        "tile/8/0/000",
        "tile/data/000",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/x018/x014/x398/x509/x481/985",
    ] {
        assert!(path.parse::<TileId>().is_err(), "{path:?}");
        let entries = path.replacen("tile/0/", "tile/entries/", 1);
        assert!(entries.parse::<BundleId>().is_err(), "{entries:?}");
    }
}
