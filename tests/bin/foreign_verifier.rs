//! Crates by others judge a log: `foreign_verifier LOG VKEY KEPT`. Exit 0 they accept, 1 they refuse.
//!
//! `signed_note` opens the checkpoint, `tlog_tiles` and `ct-merkle` each build the tree from the entries
//! that are served and prove that it continues KEPT, an older copy. Nothing of ours takes part.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test program: it may die, and speaks by its output"
)]

use std::path::Path;
use std::process::ExitCode;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use sha2::Sha256;
use signed_note::{Note, StandardVerifier, VerifierList};
use tlog_tiles::{Checkpoint, tlog};

const WIDTH: u64 = 256;

/// Hashes in the order in which `tlog_tiles` stores them.
#[derive(Default)]
struct Stored(Vec<tlog::Hash>);

impl tlog::HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog::Hash>, tlog_tiles::Error> {
        let one = |index: &u64| self.0[usize::try_from(*index).unwrap()];
        Ok(indexes.iter().map(one).collect())
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [log, vkey, kept] = arguments.as_slice() else {
        panic!("usage: foreign_verifier LOG VKEY KEPT");
    };
    let kept = checkpoint(Path::new(kept), vkey).unwrap();
    match judge(Path::new(log), vkey, &kept) {
        Ok(size) => {
            let older = kept.size();
            println!("tlog_tiles and ct-merkle: {size} entries, consistent with {older}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            println!("tlog_tiles and ct-merkle refuse: {why}");
            ExitCode::FAILURE
        }
    }
}

fn judge(log: &Path, vkey: &str, kept: &Checkpoint) -> Result<u64, String> {
    let signed = checkpoint(log, vkey)?;
    if signed.size() < kept.size() {
        return Err(format!(
            "it had {} entries, has {}",
            kept.size(),
            signed.size()
        ));
    }
    let entries = entries(log, signed.size());
    let verdicts = [
        by_tlog_tiles(&entries, &signed, kept),
        by_ct_merkle(&entries, &signed, kept),
    ];
    // Two programs that do not agree are a finding of its own.
    assert_eq!(verdicts[0].is_ok(), verdicts[1].is_ok(), "{verdicts:?}");
    verdicts.into_iter().collect::<Result<Vec<()>, _>>()?;
    Ok(signed.size())
}

fn checkpoint(log: &Path, vkey: &str) -> Result<Checkpoint, String> {
    let bytes = std::fs::read(log.join("checkpoint")).unwrap();
    let note = Note::from_bytes(&bytes).map_err(|error| error.to_string())?;
    let keys = VerifierList::new(vec![Box::new(StandardVerifier::new(vkey).unwrap())]);
    note.verify(&keys).map_err(|error| error.to_string())?;
    Checkpoint::from_bytes(note.text()).map_err(|error| format!("{error:?}"))
}

/// The entries of all bundles, as C2SP tlog-tiles lays them out.
fn entries(log: &Path, size: u64) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for number in 0..size.div_ceil(WIDTH) {
        let width = (size - number * WIDTH).min(WIDTH);
        let bundle = bundle(log, number, width);
        let mut rest = bundle.as_slice();
        for _ in 0..width {
            let (length, after) = rest.split_at(2);
            let length = usize::from(u16::from_be_bytes(length.try_into().unwrap()));
            let (entry, after) = after.split_at(length);
            found.push(entry.to_vec());
            rest = after;
        }
    }
    found
}

fn bundle(log: &Path, number: u64, width: u64) -> Vec<u8> {
    assert!(number < 1_000, "the logs that are judged here are small");
    let full = log.join(format!("tile/entries/{number:03}"));
    let narrow = |width| log.join(format!("tile/entries/{number:03}.p/{width}"));
    let names = (width..WIDTH).map(narrow).chain([full]);
    let found = names.into_iter().find_map(|name| std::fs::read(name).ok());
    found.expect("a bundle of this log")
}

fn by_tlog_tiles(
    entries: &[Vec<u8>],
    signed: &Checkpoint,
    kept: &Checkpoint,
) -> Result<(), String> {
    let mut stored = Stored::default();
    for (entry, number) in entries.iter().zip(0..) {
        let new = tlog::stored_hashes(number, entry, &stored).unwrap();
        stored.0.extend(new);
    }
    let root = tlog::tree_hash(signed.size(), &stored).unwrap();
    if root.0 != signed.hash().0 {
        return Err("the entries are not those of the signed root".to_owned());
    }
    let (size, older) = (signed.size(), kept.size());
    let proof = tlog::prove_tree(size, older, &stored).unwrap();
    tlog::check_tree(&proof, size, root, older, *kept.hash()).map_err(|error| error.to_string())
}

fn by_ct_merkle(entries: &[Vec<u8>], signed: &Checkpoint, kept: &Checkpoint) -> Result<(), String> {
    let mut tree = MemoryBackedTree::<Sha256, Vec<u8>>::new();
    let mut older = None;
    for (entry, size) in entries.iter().zip(1..) {
        tree.push(entry.clone());
        if size == kept.size() {
            older = Some(tree.root());
        }
    }
    let root = tree.root();
    if root.as_bytes()[..] != signed.hash().0[..] {
        return Err("the entries are not those of the signed root".to_owned());
    }
    let older = older.expect("the older tree is no larger");
    if older.as_bytes()[..] != kept.hash().0[..] {
        return Err("the entries do not begin with those of before".to_owned());
    }
    let added = usize::try_from(signed.size() - kept.size()).unwrap();
    if added > 0 {
        let proof = tree.prove_consistency(added);
        root.verify_consistency(&older, &proof)
            .map_err(|error| format!("{error:?}"))?;
    }
    Ok(())
}
