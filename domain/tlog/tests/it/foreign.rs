//! Programs written by others judge what we make, and we judge what they make: `signed_note` and
//! `tlog_tiles`, ports of the code behind sum.golang.org. They lag the specification of paths.

use chasqui_tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use chasqui_tlog::merkle::{Hash, prove_consistency, prove_inclusion, root_at};
use chasqui_tlog::note::{Algorithm, Note, Signature, Signer};
use proptest::prelude::*;
use signed_note::{StandardVerifier, VerifierList};
use tlog_tiles::tlog;

use crate::support::{Log, key, signer};

const NAME: &str = "tramites.example/log1";

fn foreign_keys(seed: u8) -> VerifierList {
    let vkey = key(NAME, Algorithm::Ed25519, seed).to_string();
    VerifierList::new(vec![Box::new(StandardVerifier::new(&vkey).unwrap())])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn notes_that_we_sign_are_verified_by_signed_note(
        text in "([ -~ñÑ—]{0,40}\n){1,5}", seed: u8,
    ) {
        let signer = signer(NAME, Algorithm::Ed25519, seed);
        let note = Note::new(&text, vec![Signature::sign(&signer, &text).unwrap()]).unwrap();
        let theirs = signed_note::Note::from_bytes(note.to_string().as_bytes()).unwrap();
        prop_assert_eq!(theirs.text(), text.as_bytes());
        prop_assert!(theirs.verify(&foreign_keys(seed)).is_ok());
        prop_assert!(theirs.verify(&foreign_keys(seed.wrapping_add(1))).is_err());
    }

    #[test]
    fn notes_that_signed_note_signs_are_verified_by_us(
        text in "([ -~ñÑ—]{0,40}\n){1,5}", seed: u8,
    ) {
        use base64::Engine as _;
        let ours = key(NAME, Algorithm::Ed25519, seed);
        let secret = [&[1][..], &[seed; 32]].concat();
        let secret = base64::engine::general_purpose::STANDARD.encode(secret);
        let theirs = format!("PRIVATE+KEY+{NAME}+{}+{secret}", ours.id());
        let theirs = signed_note::StandardSigner::new(&theirs).unwrap();
        let mut note = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
        note.add_sigs(&[&theirs]).unwrap();
        let bytes = note.to_bytes();
        let note = Note::parse(&bytes).unwrap();
        prop_assert_eq!(note.verify(&[&ours]).unwrap()[0].key, &ours);
        prop_assert_eq!(note.to_string().into_bytes(), bytes);
    }
}

/// Hashes as `tlog_tiles` stores them, in its own order.
struct Stored(Vec<tlog::Hash>);

impl tlog::HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog::Hash>, tlog_tiles::Error> {
        Ok(indexes
            .iter()
            .map(|index| self.0[*index as usize])
            .collect())
    }
}

#[test]
fn proofs_and_roots_of_a_log_are_those_of_tlog_tiles() {
    let log = Log::of(300);
    let mut stored = Stored(Vec::new());
    for (event, n) in log.events.iter().zip(0..) {
        let new = tlog::stored_hashes(n, event.leaf.to_string().as_bytes(), &stored).unwrap();
        stored.0.extend(new);
    }
    let plain = |hashes: &[Hash]| hashes.iter().map(|h| *h.as_bytes()).collect::<Vec<_>>();
    let theirs = |hashes: Vec<tlog::Hash>| hashes.iter().map(|h| h.0).collect::<Vec<_>>();
    for size in [1, 2, 255, 256, 257, 299, 300] {
        let root = root_at(&log.tiles, size).unwrap();
        assert_eq!(tlog::tree_hash(size, &stored).unwrap().0, *root.as_bytes());
        for index in 0..size {
            let ours = prove_inclusion(&log.tiles, index, size).unwrap();
            assert_eq!(
                plain(&ours),
                theirs(tlog::prove_record(size, index, &stored).unwrap())
            );
        }
        for older in 1..=size {
            let ours = prove_consistency(&log.tiles, older, size).unwrap();
            assert_eq!(
                plain(&ours),
                theirs(tlog::prove_tree(size, older, &stored).unwrap())
            );
        }
    }
}

#[test]
fn our_checkpoints_are_read_by_tlog_tiles() {
    let root = Hash::from_bytes([9; 32]);
    let signer = signer(NAME, Algorithm::Ed25519, 7);
    let checkpoint = Checkpoint::new(signer.key().name(), 77, root).unwrap();
    let signed = SignedCheckpoint::sign(checkpoint, &signer).unwrap();
    let theirs = tlog_tiles::Checkpoint::from_bytes(signed.note().text().as_bytes()).unwrap();
    assert_eq!(
        (theirs.origin(), theirs.size(), theirs.hash().0),
        (NAME, 77, [9; 32])
    );
    assert_eq!(theirs.to_bytes(), signed.note().text().as_bytes());
}
