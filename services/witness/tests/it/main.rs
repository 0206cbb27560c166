//! A witness on a real folder, and a log that is honest, forgetful, forked, or not to be trusted at all.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::convert::Infallible;
use std::fs;
use std::path::Path;

use chasqui_tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use chasqui_tlog::merkle::{Hash, TileReader, leaf_hash, prove_consistency, root_at};
use chasqui_tlog::note::{Algorithm, SeedSigner, Signer, VerifierKey};
use chasqui_tlog::policy::Policy;
use chasqui_tlog::tile::TileId;
use chasqui_tlog::witness::{Submission, parse_cosignatures};
use chasqui_witness::{Answer, Witness, WitnessError, create_key};
use tempfile::TempDir;

const NOW: u64 = 1_790_000_000;

/// A log of at most 256 entries.
struct Log {
    leaves: Vec<Hash>,
    key: SeedSigner,
}

impl TileReader for Log {
    type Error = Infallible;

    fn read_tile(&self, id: TileId) -> Result<Vec<u8>, Infallible> {
        let hashes = &self.leaves[..usize::from(id.width())];
        Ok(hashes.iter().flat_map(|hash| *hash.as_bytes()).collect())
    }
}

impl Log {
    fn new(what: &str) -> Self {
        let leaf = |n: usize| leaf_hash(format!("{what} {n}").as_bytes());
        let name = "log.example/1".parse().unwrap();
        Self {
            leaves: (0..200).map(leaf).collect(),
            key: SeedSigner::new(name, Algorithm::Ed25519, &[1; 32]).unwrap(),
        }
    }

    fn vkey(&self) -> VerifierKey {
        self.key.key().clone()
    }

    fn signed(&self, size: u64) -> SignedCheckpoint {
        let root = root_at(self, size).unwrap();
        let checkpoint = Checkpoint::new(self.key.key().name(), size, root).unwrap();
        SignedCheckpoint::sign(checkpoint, &self.key).unwrap()
    }

    fn body(&self, old: u64, size: u64) -> Vec<u8> {
        let proof = if old == 0 || old >= size {
            Vec::new()
        } else {
            prove_consistency(self, old, size).unwrap()
        };
        let submission = Submission::new(old, proof, self.signed(size)).unwrap();
        submission.to_string().into_bytes()
    }
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let name = "testigo.example/w1".parse().unwrap();
    assert!(create_key(folder.path(), &name).unwrap());
    assert!(
        !create_key(folder.path(), &name).unwrap(),
        "the first stays"
    );
    folder
}

fn open(folder: &Path, log: &Log) -> Witness {
    Witness::open(folder, vec![log.vkey()]).unwrap()
}

fn seen(answer: &Answer) -> (u16, &str, &str) {
    (answer.status, answer.content_type, &answer.body)
}

#[test]
fn what_continues_is_cosigned_and_the_cosignature_satisfies_a_policy() {
    let (folder, log) = (folder(), Log::new("entry"));
    let witness = open(folder.path(), &log);
    let policy = Policy::k_of_n(log.vkey(), &[witness.key().clone()], 1).unwrap();
    for (n, (old, size)) in (0..).zip([(0, 5), (5, 5), (5, 100), (100, 200)]) {
        let answer = witness.add_checkpoint(&log.body(old, size), NOW + n);
        assert_eq!(answer.status, 200, "{old} to {size}: {}", answer.body);
        let mut signed = log.signed(size);
        let cosignatures = parse_cosignatures(answer.body.as_bytes()).unwrap();
        signed.add(cosignatures[0].clone()).unwrap();
        assert_eq!(policy.check(&signed).unwrap().cosigners[0].time, NOW + n);
    }
    let told = witness.state().unwrap().to_string();
    assert!(told.contains("\nforks 0\nrefused 0\n"), "{told}");
    assert!(told.contains("\nsize 200\n"), "{told}");
}

#[test]
fn what_does_not_is_answered_as_the_specification_says() {
    let (folder, log) = (folder(), Log::new("entry"));
    let witness = open(folder.path(), &log);
    let ask = |body: &[u8]| witness.add_checkpoint(body, NOW);
    assert_eq!(ask(&log.body(0, 100)).status, 200);
    // The log is wrong about what the witness has seen, or is behind it.
    for body in [
        log.body(0, 150),
        log.body(50, 150),
        log.body(0, 50),
        log.body(50, 50),
    ] {
        assert_eq!(seen(&ask(&body)), (409, "text/x.tlog.size", "100\n"));
    }
    assert_eq!(ask(&log.body(100, 50)).status, 400, "it shrinks");
    assert_eq!(ask(b"old 1\n").status, 400, "no submission at all");
    let text = String::from_utf8(log.body(100, 150)).unwrap();
    let unproven = text.replacen(
        text.lines().nth(1).unwrap(),
        text.lines().nth(2).unwrap(),
        1,
    );
    assert_eq!(ask(unproven.as_bytes()).status, 422);
    let mut unknown = Log::new("entry");
    let name = "other.example/1".parse().unwrap();
    unknown.key = SeedSigner::new(name, Algorithm::Ed25519, &[1; 32]).unwrap();
    assert_eq!(ask(&unknown.body(0, 1)).status, 404);
    let mut forger = Log::new("entry");
    let name = "log.example/1".parse().unwrap();
    forger.key = SeedSigner::new(name, Algorithm::Ed25519, &[2; 32]).unwrap();
    assert_eq!(ask(&forger.body(100, 150)).status, 403);
    // None of it has moved the witness.
    assert_eq!(ask(&log.body(100, 150)).status, 200);
}

#[test]
fn a_forked_log_is_refused_and_its_signature_is_kept_as_proof() {
    let (folder, log, fork) = (folder(), Log::new("entry"), Log::new("other"));
    let witness = open(folder.path(), &log);
    assert_eq!(witness.add_checkpoint(&log.body(0, 100), NOW).status, 200);
    let same_size = witness.add_checkpoint(&fork.body(100, 100), NOW);
    assert_eq!(seen(&same_size), (409, "text/x.tlog.size", "100\n"));
    let longer = witness.add_checkpoint(&fork.body(100, 150), NOW);
    assert_eq!(longer.status, 422, "{}", longer.body);
    let state = witness.state().unwrap();
    let kept = &state.logs[0].1;
    assert_eq!((kept.forks, kept.refused), (1, 1));
    // Sent a hundred times, it is kept once: nobody fills the folder.
    for _ in 0..100 {
        witness.add_checkpoint(&fork.body(0, 100), NOW);
    }
    assert_eq!(witness.state().unwrap().logs[0].1.forks, 1);
    let seen = fs::read_dir(folder.path().join("seen"))
        .unwrap()
        .next()
        .unwrap();
    let forks = seen.unwrap().path().join("forks");
    let proof = fs::read(fs::read_dir(forks).unwrap().next().unwrap().unwrap().path());
    let proof = Submission::parse(&proof.unwrap()).unwrap();
    let signed = proof.checkpoint();
    assert_eq!(signed.note().verify(&[&log.vkey()]).unwrap().len(), 1);
    assert_eq!(signed.checkpoint().size(), 100);
    assert_ne!(
        signed.checkpoint().root(),
        log.signed(100).checkpoint().root()
    );
}

#[test]
fn it_remembers_after_a_restart_and_two_are_not_one() {
    let (folder, log) = (folder(), Log::new("entry"));
    let witness = open(folder.path(), &log);
    assert_eq!(witness.add_checkpoint(&log.body(0, 100), NOW).status, 200);
    let second = Witness::open(folder.path(), Vec::new());
    assert!(matches!(second, Err(WitnessError::Busy)));
    drop(witness);
    // Without being told again whom to watch.
    let witness = Witness::open(folder.path(), Vec::new()).unwrap();
    assert_eq!(
        seen(&witness.add_checkpoint(&log.body(0, 150), NOW)).2,
        "100\n"
    );
    assert_eq!(witness.add_checkpoint(&log.body(100, 150), NOW).status, 200);
    // A clock that was set back does not make it cosign in the past.
    let answer = witness.add_checkpoint(&log.body(150, 151), 5);
    let mut signed = log.signed(151);
    let signatures = parse_cosignatures(answer.body.as_bytes()).unwrap();
    signed.add(signatures[0].clone()).unwrap();
    let by = signed.note().verify(&[witness.key()]).unwrap();
    assert_eq!(by[0].time, Some(NOW));
}

#[test]
fn what_cannot_be_kept_is_not_cosigned_and_a_damaged_memory_stops_it() {
    let (folder, log) = (folder(), Log::new("entry"));
    let witness = open(folder.path(), &log);
    // A file stands where the folder of what was seen should be.
    fs::write(folder.path().join("seen"), "").unwrap();
    let answer = witness.add_checkpoint(&log.body(0, 100), NOW);
    assert_eq!(answer.status, 500, "{}", answer.body);
    fs::remove_file(folder.path().join("seen")).unwrap();
    assert_eq!(witness.add_checkpoint(&log.body(0, 100), NOW).status, 200);
    drop(witness);
    let seen = fs::read_dir(folder.path().join("seen"))
        .unwrap()
        .next()
        .unwrap();
    fs::write(seen.unwrap().path().join("latest"), "half a no").unwrap();
    let damaged = Witness::open(folder.path(), Vec::new());
    assert!(matches!(damaged, Err(WitnessError::File { .. })));
}
