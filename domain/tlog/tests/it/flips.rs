//! Every single bit of everything that a 300-leaf log publishes or hands out, flipped: all of it is
//! refused. Nothing is sampled, but that receipts are taken from five leaves.

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::disclosure::Disclosure;
use chasqui_tlog::leaf::Leaf;
use chasqui_tlog::merkle::{leaf_hash, prove_inclusion, verify_inclusion};
use chasqui_tlog::note::{Algorithm, Note, VerifierKey};
use chasqui_tlog::policy::Policy;
use chasqui_tlog::proof::LogProof;
use chasqui_tlog::receipt::Receipt;
use chasqui_tlog::tile::{Tile, TileId, decode_bundle};

use crate::support::{Log, key};

const SIZE: u64 = 300;

fn policy(k: usize) -> Policy {
    let witness = |name, seed| key(name, Algorithm::Cosignature, seed);
    let witnesses = [witness("w.example/1", 2), witness("w.example/2", 3)];
    Policy::k_of_n(
        key("tramites.example/log1", Algorithm::Ed25519, 1),
        &witnesses,
        k,
    )
    .unwrap()
}

/// Calls `check` with each bit flipped in turn; says which flips it did not refuse.
fn accepted(bytes: &[u8], mut refused: impl FnMut(&[u8], usize) -> bool) -> Vec<usize> {
    let mut bytes = bytes.to_vec();
    let mut accepted = Vec::new();
    for bit in 0..bytes.len() * 8 {
        bytes[bit / 8] ^= 1 << (bit % 8);
        if !refused(&bytes, bit / 8) {
            accepted.push(bit);
        }
        bytes[bit / 8] ^= 1 << (bit % 8);
    }
    accepted
}

#[test]
fn every_flip_in_a_tile_contradicts_the_tile_above_or_the_signed_root() {
    let log = Log::of(SIZE);
    let root = log.checkpoint.checkpoint().root();
    let above = TileId::in_tree(1, 0, SIZE).unwrap();
    let above = Tile::decode(above, &log.tiles.0[&above]).unwrap();
    let edge = TileId::in_tree(0, 1, SIZE).unwrap();
    let right = Tile::decode(edge, &log.tiles.0[&edge]).unwrap();
    let mut flips = 0;
    for (id, bytes) in &log.tiles.0 {
        flips += bytes.len() * 8;
        let holds = |tile: Tile| match tile.root() {
            // A full tile is one hash of the tile above it.
            Some(hash) => above.hashes()[id.index() as usize] == hash,
            // The partial ones together are the root.
            None if id.level() == 1 => signed_root(&tile, &right) == root,
            None => signed_root(&above, &tile) == root,
        };
        let holds = |bytes: &[u8]| Tile::decode(*id, bytes).is_ok_and(holds);
        assert!(holds(bytes), "{id} as it is");
        assert_eq!(accepted(bytes, |bytes, _| !holds(bytes)), [0; 0], "{id}");
    }
    assert_eq!(flips, (256 + 44 + 1) * 32 * 8);
}

/// The root of the tree of 300 leaves, from the one hash at level 1 and the 44 at level 0.
fn signed_root(above: &Tile, right: &Tile) -> chasqui_tlog::merkle::Hash {
    let mut tiles = crate::support::Tiles::default();
    tiles.0.insert(above.id(), above.encode());
    tiles.0.insert(right.id(), right.encode());
    chasqui_tlog::merkle::root_at(&tiles, SIZE).unwrap()
}

#[test]
fn every_flip_in_a_bundle_contradicts_its_tile() {
    let log = Log::of(SIZE);
    let mut flips = 0;
    for (id, bytes) in &log.bundles {
        flips += bytes.len() * 8;
        let tile = Tile::decode(id.tile(), &log.tiles.0[&id.tile()]).unwrap();
        let original = decode_bundle(bytes, id.width()).unwrap();
        tile.check_entries(&original).unwrap();
        // To be exhaustive and quick, the entry that holds the bit is checked; the others are the
        // same bytes as before, which is checked too.
        let refused = |flipped: &[u8], byte: usize| match decode_bundle(flipped, id.width()) {
            Err(_) => true,
            Ok(entries) if byte % 115 < 2 => tile.check_entries(&entries).is_err(),
            Ok(entries) => {
                let place = byte / 115;
                let others = entries.iter().zip(&original).enumerate();
                let same = others
                    .filter(|(n, (entry, one))| *n == place || entry == one)
                    .count();
                same == entries.len() && tile.check_entry(place, entries[place]).is_err()
            }
        };
        assert_eq!(accepted(bytes, refused), [0; 0], "{id}");
        // And once a byte, the check as an auditor makes it.
        for place in 0..bytes.len() {
            let mut flipped = bytes.clone();
            flipped[place] ^= 0x20;
            let entries = decode_bundle(&flipped, id.width());
            assert!(
                !entries.is_ok_and(|entries| tile.check_entries(&entries).is_ok()),
                "{place}"
            );
        }
    }
    assert_eq!(flips, 300 * 115 * 8);
}

#[test]
fn every_flip_in_a_leaf_leads_to_another_root() {
    let log = Log::of(SIZE);
    let root = log.checkpoint.checkpoint().root();
    let mut still_leaves = 0;
    for (event, index) in log.events.iter().zip(0..) {
        let path = prove_inclusion(&log.tiles, index, SIZE).unwrap();
        let proves =
            |entry: &[u8]| verify_inclusion(index, SIZE, leaf_hash(entry), &path, root).is_ok();
        let entry = event.leaf.to_string();
        assert!(proves(entry.as_bytes()));
        let refused = |entry: &[u8], _| {
            let leaf = Leaf::parse(entry);
            still_leaves += usize::from(leaf.is_ok());
            // What is read at all prints back, so hashing the print is hashing the bytes.
            let printed = leaf.is_ok_and(|leaf| leaf.to_string().as_bytes() != entry);
            !proves(entry) && !printed
        };
        assert_eq!(accepted(entry.as_bytes(), refused), [0; 0], "{index}");
    }
    assert!(
        still_leaves > 0,
        "a flip in a hash gives another leaf, which only the proof refuses"
    );
}

#[test]
fn every_flip_in_a_disclosure_opens_nothing() {
    let log = Log::of(SIZE);
    let mut flips = 0;
    for event in &log.events {
        for disclosure in &event.disclosures {
            let text = disclosure.as_str().as_bytes();
            flips += text.len() * 8;
            let opens = |bytes: &[u8]| {
                let text = std::str::from_utf8(bytes).ok();
                let disclosure = text.and_then(|text| Disclosure::parse(text).ok());
                disclosure.is_some_and(|one| event.commitment.contains(&one.digest()))
            };
            assert!(opens(text));
            assert_eq!(
                accepted(text, |bytes, _| !opens(bytes)),
                [0; 0],
                "{disclosure:?}"
            );
        }
    }
    assert!(flips > 1_000_000, "{flips}");
}

#[test]
fn every_flip_in_a_note_or_a_checkpoint_is_unsigned() {
    let log = Log::of(SIZE);
    let signer = crate::support::signer("a.example", Algorithm::Ed25519, 9);
    let text = "Una línea,\n\ny otra.\n";
    let signature = chasqui_tlog::note::Signature::sign(&signer, text).unwrap();
    let note = Note::new(text, vec![signature]).unwrap().to_string();
    let known: VerifierKey = key("a.example", Algorithm::Ed25519, 9);
    let signed = |bytes: &[u8]| Note::parse(bytes).is_ok_and(|note| note.verify(&[&known]).is_ok());
    assert!(signed(note.as_bytes()));
    assert_eq!(accepted(note.as_bytes(), |bytes, _| !signed(bytes)), [0; 0]);

    // With both witnesses needed, no line of the checkpoint is idle.
    let policy = policy(2);
    let checkpoint = log.checkpoint.to_string();
    let signed = |bytes: &[u8]| {
        SignedCheckpoint::parse(bytes).is_ok_and(|signed| policy.check(&signed).is_ok())
    };
    assert!(signed(checkpoint.as_bytes()));
    assert_eq!(
        accepted(checkpoint.as_bytes(), |bytes, _| !signed(bytes)),
        [0; 0]
    );
}

#[test]
fn every_flip_in_a_receipt_makes_it_worthless() {
    let log = Log::of(SIZE);
    let policy = policy(2);
    for index in [0, 41, 255, 256, 299] {
        let receipt = log.receipt(index).to_string();
        let holds = |bytes: &[u8]| {
            Receipt::parse(bytes).is_ok_and(|receipt| receipt.verify(&policy).is_ok())
        };
        assert!(holds(receipt.as_bytes()));
        assert_eq!(
            accepted(receipt.as_bytes(), |bytes, _| !holds(bytes)),
            [0; 0],
            "{index}"
        );
    }
}

#[test]
fn every_flip_in_a_bare_proof_is_refused_for_its_leaf() {
    let log = Log::of(SIZE);
    let policy = policy(2);
    for index in [0, 128, 299] {
        let path = prove_inclusion(&log.tiles, index, SIZE).unwrap();
        let proof = LogProof::new(None, index, path, log.checkpoint.clone())
            .unwrap()
            .to_string();
        let leaf = log.events[index as usize].leaf.hash();
        let holds = |bytes: &[u8]| {
            LogProof::parse(bytes).is_ok_and(|proof| {
                proof.check_leaf(leaf).is_ok() && policy.check(proof.checkpoint()).is_ok()
            })
        };
        assert!(holds(proof.as_bytes()));
        assert_eq!(
            accepted(proof.as_bytes(), |bytes, _| !holds(bytes)),
            [0; 0],
            "{index}"
        );
    }
}
