//! Small trees, all of them: roots and proofs equal the recursion of RFC 6962 and those of ct-merkle,
//! and both our checks and its accept them.

use chasqui_tlog::merkle::{
    Edge, Hash, leaf_hash, prove_consistency, prove_inclusion, root_at, verify_consistency,
    verify_inclusion,
};
use chasqui_tlog::tile::Frontier;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof};
use sha2::Sha256;

use crate::support::{Naive, Tiles};

const LARGEST: u64 = 512;

fn entries() -> Vec<[u8; 2]> {
    (0..LARGEST as u16).map(u16::to_be_bytes).collect()
}

/// Every place in trees of up to 200 leaves; in larger ones every fifth, others in each size, and the
/// first and last ones and those about the border of the tile: making a proof hashes whole tiles.
fn some_of(size: u64) -> impl Iterator<Item = u64> {
    let marked = move |index: u64| {
        index % 5 == size % 5 || index < 2 || index + 3 > size || (254..=257).contains(&index)
    };
    (0..size).filter(move |index| size <= 200 || marked(*index))
}

fn plain(hashes: &[Hash]) -> Vec<[u8; 32]> {
    hashes.iter().map(|hash| *hash.as_bytes()).collect()
}

/// The tiles of the largest tree serve all smaller ones.
fn tiles() -> Tiles {
    let mut tiles = Tiles::default();
    let mut frontier = Frontier::new();
    for entry in entries() {
        let write = |tile: chasqui_tlog::tile::Tile| {
            tiles.0.insert(tile.id(), tile.encode());
        };
        frontier.append(leaf_hash(&entry), write).unwrap();
    }
    tiles.0.extend(
        frontier
            .partial_tiles()
            .map(|tile| (tile.id(), tile.encode())),
    );
    tiles
}

#[test]
fn roots_equal_the_recursion_of_the_rfc_and_ct_merkle_for_all_sizes() {
    let (entries, tiles) = (entries(), tiles());
    let naive = Naive::new(&entries);
    let mut foreign = MemoryBackedTree::<Sha256, [u8; 2]>::new();
    let (mut edge, mut frontier) = (Edge::new(), Frontier::new());
    for size in 0..=LARGEST {
        let root = edge.root();
        assert_eq!(*root.as_bytes(), naive.root(0, size as usize), "{size}");
        assert_eq!(root_at(&tiles, size).unwrap(), root);
        assert_eq!(frontier.root(), root);
        assert_eq!(Frontier::load(&tiles, size).unwrap().root(), root);
        assert_eq!(
            Edge::from_parts(size, edge.hashes().to_vec()).unwrap(),
            edge
        );
        if size > 0 {
            assert_eq!(foreign.root().as_bytes()[..], root.as_bytes()[..]);
        }
        if let Some(entry) = entries.get(size as usize) {
            edge.append(leaf_hash(entry)).unwrap();
            frontier.append(leaf_hash(entry), drop).unwrap();
            foreign.push(*entry);
        }
    }
}

#[test]
fn inclusion_proofs_equal_the_recursion_of_the_rfc_for_all_sizes() {
    let (entries, tiles) = (entries(), tiles());
    let naive = Naive::new(&entries);
    let mut foreign = MemoryBackedTree::<Sha256, [u8; 2]>::new();
    for size in 1..=LARGEST {
        foreign.push(entries[size as usize - 1]);
        let root = Hash::from_bytes(naive.root(0, size as usize));
        let foreign_root = foreign.root();
        for index in some_of(size) {
            let proof = prove_inclusion(&tiles, index, size).unwrap();
            let bytes = plain(&proof);
            assert_eq!(
                bytes,
                naive.path(index as usize, size as usize),
                "{index} in {size}"
            );
            let leaf = leaf_hash(&entries[index as usize]);
            verify_inclusion(index, size, leaf, &proof, root).unwrap();
            // Next door, or with a hash more or fewer, it proves nothing.
            let next = (index + 1) % size;
            assert!(size == 1 || verify_inclusion(next, size, leaf, &proof, root).is_err());
            let longer = [&proof[..], &[root]].concat();
            assert!(verify_inclusion(index, size, leaf, &longer, root).is_err());
            let shorter = proof.split_last().map(|(_, shorter)| shorter);
            assert!(
                shorter.is_none_or(|it| verify_inclusion(index, size, leaf, it, root).is_err())
            );
            let theirs = InclusionProof::<Sha256>::try_from_bytes(bytes.concat()).unwrap();
            foreign_root
                .verify_inclusion(&entries[index as usize], index, &theirs)
                .unwrap();
        }
    }
}

#[test]
fn consistency_proofs_equal_the_recursion_of_the_rfc_for_all_sizes() {
    let (entries, tiles) = (entries(), tiles());
    let naive = Naive::new(&entries);
    let root = |size: u64| Hash::from_bytes(naive.root(0, size as usize));
    let mut foreign = MemoryBackedTree::<Sha256, [u8; 2]>::new();
    let mut foreign_roots = vec![None];
    for to in 1..=LARGEST {
        foreign.push(entries[to as usize - 1]);
        foreign_roots.push(Some(foreign.root()));
        for from in some_of(to).map(|index| index + 1) {
            let proof = prove_consistency(&tiles, from, to).unwrap();
            let bytes = plain(&proof);
            assert_eq!(
                bytes,
                naive.proof(from as usize, to as usize),
                "{from} to {to}"
            );
            verify_consistency(from, root(from), to, root(to), &proof).unwrap();
            let other = root(from - 1);
            assert!(verify_consistency(from, other, to, root(to), &proof).is_err());
            assert!(verify_consistency(from, root(from), to, other, &proof).is_err());
            let longer = [&proof[..], &[root(to)]].concat();
            assert!(verify_consistency(from, root(from), to, root(to), &longer).is_err());
            let theirs = ConsistencyProof::<Sha256>::try_from_bytes(bytes.concat()).unwrap();
            let (old, new) = (&foreign_roots[from as usize], &foreign_roots[to as usize]);
            new.as_ref()
                .unwrap()
                .verify_consistency(old.as_ref().unwrap(), &theirs)
                .unwrap();
        }
    }
    assert_eq!(prove_consistency(&tiles, 0, LARGEST).unwrap(), []);
}
