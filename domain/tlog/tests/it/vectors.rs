//! The 600-leaf log that another program wrote (`tests/vectors/tlog/log600`), which ten verifiers of
//! other people accepted: what we compute from its entries equals it byte for byte.

use std::collections::BTreeMap;

use chasqui_tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use chasqui_tlog::leaf::{EventLeaf, Leaf};
use chasqui_tlog::merkle::{
    Edge, Hash, TileReader, edge_at, leaf_hash, prove_consistency, prove_inclusion, root_at,
    verify_consistency, verify_inclusion,
};
use chasqui_tlog::note::{Note, VerifierKey};
use chasqui_tlog::policy::Policy;
use chasqui_tlog::proof::LogProof;
use chasqui_tlog::receipt::Receipt;
use chasqui_tlog::tile::{
    BundleId, Frontier, Tile, TileId, bundle_prefix, decode_bundle, encode_bundle, partial_bundle,
    partial_tiles,
};

use crate::support::{bytes, text};

const SIZES: [u64; 7] = [1, 2, 3, 255, 256, 257, 600];
const PAIRS: [(u64, u64); 5] = [(1, 2), (2, 255), (255, 256), (256, 257), (257, 600)];

struct Files;

impl TileReader for Files {
    type Error = std::convert::Infallible;

    fn read_tile(&self, id: TileId) -> Result<Vec<u8>, Self::Error> {
        Ok(bytes(&format!("log600/{id}")))
    }
}

/// All 600 entries, from the bundles.
fn entries() -> Vec<Vec<u8>> {
    let ids = (0..).map_while(|index| BundleId::in_tree(index, 600));
    ids.flat_map(|id| {
        let bundle = bytes(&format!("log600/{id}"));
        let entries = decode_bundle(&bundle, id.width()).unwrap();
        entries.into_iter().map(<[u8]>::to_vec).collect::<Vec<_>>()
    })
    .collect()
}

fn vkey() -> VerifierKey {
    text("log600/vkey").trim_end().parse().unwrap()
}

fn checkpoint(size: u64) -> SignedCheckpoint {
    SignedCheckpoint::parse(&bytes(&format!("log600/checkpoint.{size}"))).unwrap()
}

#[test]
fn every_tile_and_bundle_is_written_as_it_was() {
    let entries = entries();
    assert_eq!(entries.len(), 600);
    let mut frontier = Frontier::new();
    let mut written = BTreeMap::new();
    for (entry, size) in entries.iter().zip(1..) {
        let mut completed = Vec::new();
        frontier
            .append(leaf_hash(entry), |tile: Tile| completed.push(tile))
            .unwrap();
        if SIZES.contains(&size) {
            completed.extend(frontier.partial_tiles());
            if let Some(id) = partial_bundle(size) {
                let first = id.first_entry() as usize;
                let bundle = encode_bundle(&entries[first..size as usize]).unwrap();
                written.insert(id.to_string(), bundle);
            }
            let names: Vec<TileId> = frontier.partial_tiles().map(|tile| tile.id()).collect();
            assert!(partial_tiles(size).eq(names), "{size}");
        }
        for tile in completed {
            let full_bundle = tile.id().level() == 0 && tile.id().is_full();
            if let Some(id) = BundleId::in_tree(tile.id().index(), size).filter(|_| full_bundle) {
                let first = id.first_entry() as usize;
                written.insert(
                    id.to_string(),
                    encode_bundle(&entries[first..first + 256]).unwrap(),
                );
            }
            written.insert(tile.id().to_string(), tile.encode());
        }
    }
    // All files of the vector are there, and nothing else: 10 tiles and 8 bundles.
    let names: Vec<&str> = written.keys().map(String::as_str).collect();
    assert_eq!(names.len(), 18, "{names:?}");
    for (name, ours) in &written {
        assert!(*ours == bytes(&format!("log600/{name}")), "{name}");
    }
}

#[test]
fn every_bundle_stands_under_its_tile_and_is_the_beginning_of_the_longer_one() {
    let names = [
        "000",
        "001",
        "002.p/88",
        "000.p/1",
        "000.p/2",
        "000.p/3",
        "000.p/255",
        "001.p/1",
    ];
    for name in names {
        let id: BundleId = format!("tile/entries/{name}").parse().unwrap();
        let bundle = bytes(&format!("log600/{id}"));
        let tile = Tile::decode(id.tile(), &bytes(&format!("log600/{}", id.tile()))).unwrap();
        tile.check_entries(&decode_bundle(&bundle, id.width()).unwrap())
            .unwrap();
        if name.contains(".p/") && !name.starts_with("002") {
            let full = bytes(&format!("log600/{}", id.full()));
            assert_eq!(bundle_prefix(&full, id.width()).unwrap(), bundle);
            let full = Tile::decode(
                id.tile().full(),
                &bytes(&format!("log600/{}", id.tile().full())),
            );
            assert_eq!(full.unwrap().prefix(id.width()).unwrap(), tile);
        }
    }
}

#[test]
fn every_entry_is_a_leaf_and_prints_back() {
    let entries = entries();
    let mut before = None;
    for entry in &entries {
        let leaf = Leaf::parse(entry).unwrap();
        assert_eq!(leaf.to_string().as_bytes(), entry);
        assert!(before <= Some(leaf.time()));
        before = Some(leaf.time());
    }
    assert_eq!(entries[41], bytes("log600/41.leaf"));
}

#[test]
fn every_checkpoint_is_signed_and_says_the_root_of_the_tiles() {
    let key = vkey();
    assert_eq!(format!("{key}\n"), text("log600/vkey"));
    let entries = entries();
    let mut edge = Edge::new();
    for (entry, size) in entries.iter().zip(1..) {
        edge.append(leaf_hash(entry)).unwrap();
        if !SIZES.contains(&size) {
            continue;
        }
        let signed = checkpoint(size);
        assert_eq!(
            signed.to_string(),
            text(&format!("log600/checkpoint.{size}"))
        );
        assert_eq!(signed.note().verify(&[&key]).unwrap()[0].key, &key);
        let said = signed.checkpoint();
        assert_eq!((said.size(), said.root()), (size, edge.root()));
        assert_eq!(said.to_text().unwrap(), signed.note().text());
        assert_eq!(root_at(&Files, size).unwrap(), edge.root());
        assert_eq!(edge_at(&Files, size).unwrap(), edge);
        assert_eq!(Frontier::load(&Files, size).unwrap().root(), edge.root());
        assert_eq!(Checkpoint::parse(&said.to_text().unwrap()).unwrap(), *said);
    }
    assert_eq!(bytes("log600/checkpoint"), bytes("log600/checkpoint.600"));
}

#[test]
fn every_consistency_proof_is_made_as_it_was_and_holds() {
    for (from, to) in PAIRS {
        let ours = prove_consistency(&Files, from, to).unwrap();
        let lines: String = ours.iter().map(|hash| format!("{hash}\n")).collect();
        assert_eq!(
            lines,
            text(&format!("log600/cons.{from}.{to}")),
            "{from} to {to}"
        );
        let (old, new) = (checkpoint(from), checkpoint(to));
        let (old, new) = (old.checkpoint().root(), new.checkpoint().root());
        verify_consistency(from, old, to, new, &ours).unwrap();
        // Any other pair of roots is refused.
        assert!(verify_consistency(from, new, to, new, &ours).is_err());
        assert!(verify_consistency(from, old, to, old, &ours).is_err());
    }
}

#[test]
fn every_leaf_has_a_proof_in_every_tree_it_is_in() {
    let leaves: Vec<Hash> = entries().iter().map(|entry| leaf_hash(entry)).collect();
    for size in SIZES {
        let root = checkpoint(size).checkpoint().root();
        for index in (0..size).step_by(if size == 600 { 1 } else { 7 }) {
            let proof = prove_inclusion(&Files, index, size).unwrap();
            let leaf = leaves[index as usize];
            verify_inclusion(index, size, leaf, &proof, root).unwrap();
        }
    }
}

#[test]
fn the_receipt_of_leaf_41_is_made_as_it_was_and_holds() {
    let file = bytes("log600/41.tlog-proof");
    let proof = LogProof::parse(&file).unwrap();
    assert_eq!(proof.to_string().as_bytes(), file);
    assert_eq!(proof.index(), 41);
    assert_eq!(proof.path(), prove_inclusion(&Files, 41, 600).unwrap());
    let entry = bytes("log600/41.leaf");
    proof.check_leaf(leaf_hash(&entry)).unwrap();
    let again = LogProof::new(
        proof.extra().map(<[u8]>::to_vec),
        41,
        prove_inclusion(&Files, 41, 600).unwrap(),
        checkpoint(600),
    );
    assert_eq!(again.unwrap().to_string().as_bytes(), file);

    let receipt = Receipt::parse(&file).unwrap();
    assert_eq!(receipt.to_string().as_bytes(), file);
    let policy = Policy::k_of_n(vkey(), &[], 0).unwrap();
    // It was made before receipts carried time and tag: the leaf has to come beside it.
    assert!(receipt.verify(&policy).is_err());
    let leaf: EventLeaf = String::from_utf8(entry).unwrap().parse().unwrap();
    let proven = receipt.verify_leaf(leaf, &policy).unwrap();
    assert_eq!(proven.index, 41);
    assert_eq!(proven.event.value("entity").unwrap(), "AZEE");
    assert_eq!(proven.event.value("ci").unwrap(), "1710034065");
    assert_eq!((proven.event.seq(), proven.event.hidden()), (Some(1), 0));
    assert_eq!(proven.acceptance.log, &vkey());
}

#[test]
fn the_example_of_the_specification_of_notes_is_verified() {
    // c2sp.org/signed-note and golang.org/x/mod/sumdb/note.
    let key: VerifierKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
        .parse()
        .unwrap();
    let note = "If you think cryptography is the answer to your problem,\n\
        then you don't know what your problem is.\n\n\
        \u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    let note = Note::parse(note.as_bytes()).unwrap();
    assert_eq!(note.verify(&[&key]).unwrap()[0].key, &key);
    let other = note.to_string().replace("don't", "do");
    assert!(
        Note::parse(other.as_bytes())
            .unwrap()
            .verify(&[&key])
            .is_err()
    );
}
