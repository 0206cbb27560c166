//! A log asks a witness: the specification's example is read, and the witness answers by its rules.

use chasqui_tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use chasqui_tlog::merkle::{Hash, empty_root, prove_consistency, root_at};
use chasqui_tlog::note::{Algorithm, VerifierKey};
use chasqui_tlog::witness::{
    Latest, Refusal, Submission, consider, parse_cosignatures, print_cosignatures,
};

use crate::support::{Log, key, signer};

const ORIGIN: &str = "tramites.example/log1";

fn keys() -> [VerifierKey; 2] {
    [
        key("b.example", Algorithm::Ed25519, 8),
        key(ORIGIN, Algorithm::Ed25519, 1),
    ]
}

fn signed(size: u64, root: Hash) -> SignedCheckpoint {
    let checkpoint = Checkpoint::new(&ORIGIN.parse().unwrap(), size, root).unwrap();
    SignedCheckpoint::sign(checkpoint, &signer(ORIGIN, Algorithm::Ed25519, 1)).unwrap()
}

#[test]
fn the_example_of_the_specification_is_read_and_printed_back() {
    // c2sp.org/tlog-witness: a body and an answer.
    let body = "old 20852014\n\
        PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n\
        jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n\
        5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n\
        /6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n\
        \n\
        example.com/behind-the-sofa\n\
        20852163\n\
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\
        \n\
        \u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
        \u{2014} example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=\n";
    let submission = Submission::parse(body.as_bytes()).unwrap();
    assert_eq!(submission.to_string(), body);
    assert_eq!(
        (submission.old_size(), submission.proof().len()),
        (20_852_014, 4)
    );
    assert_eq!(submission.checkpoint().checkpoint().size(), 20_852_163);

    let answer = "\u{2014} witness.example/w1 CMp+6LWBU0anHGH5aNDTJkH/gj79sG+T6+iP2ThYN5krrDJbR1HDnucjL39QsZTSvVjyQLrdk3DXDqI5G2HgLatVs0pWh6Up69HVOw==\n\
        \u{2014} witness.example/w2 AWui8Sk55XjYLOijihBjhqEH6nS1ndDymE0a+6idX7pLcnoB+dhnz0854aLZgrrKbYKA7nC3HNJhm/kWl7oJlqU3rXXvpysAdyP3wQ==\n";
    let lines = parse_cosignatures(answer.as_bytes()).unwrap();
    assert_eq!(print_cosignatures(&lines), answer);
    assert!(parse_cosignatures(b"").is_err());
}

#[test]
fn bodies_that_are_not_the_one_spelling_are_refused() {
    let log = Log::of(9);
    let proof = prove_consistency(&log.tiles, 5, 9).unwrap();
    let hashes = proof.len();
    let body = Submission::new(5, proof, log.checkpoint.clone())
        .unwrap()
        .to_string();
    assert!(Submission::parse(body.as_bytes()).is_ok());
    for (from, to) in [
        ("old 5\n", "old 05\n"),
        ("old 5\n", "old +5\n"),
        ("old 5\n", "old  5\n"),
        ("old 5\n", "Old 5\n"),
        ("old 5\n", "old 5 \n"),
        ("old 5\n", "old 5\r\n"),
        ("old 5\n", ""),
        ("old 5\n", "old 5\nAAAA\n"),
        ("=\n\ntramites", "=\ntramites"),
        ("=\n\ntramites", "=\n\n\ntramites"),
    ] {
        let other = body.replacen(from, to, 1);
        assert_ne!(other, body);
        assert!(Submission::parse(other.as_bytes()).is_err(), "{to:?}");
    }
    let hash = format!("{}\n", empty_root());
    let full = body.replacen(
        "old 5\n",
        &format!("old 5\n{}", hash.repeat(63 - hashes)),
        1,
    );
    assert_eq!(
        Submission::parse(full.as_bytes()).unwrap().proof().len(),
        63
    );
    let over = body.replacen(
        "old 5\n",
        &format!("old 5\n{}", hash.repeat(64 - hashes)),
        1,
    );
    assert!(Submission::parse(over.as_bytes()).is_err());
}

#[test]
fn a_witness_follows_a_log_from_nothing_and_every_growth() {
    let log = Log::of(300);
    let keys = keys();
    let keys: Vec<&VerifierKey> = keys.iter().collect();
    let mut latest = Latest::none();
    for size in [0, 1, 1, 2, 3, 7, 255, 256, 257, 300, 300] {
        let root = root_at(&log.tiles, size).unwrap();
        let proof = prove_consistency(&log.tiles, latest.size, size).unwrap();
        let submission = Submission::new(latest.size, proof, signed(size, root)).unwrap();
        let new = consider(&submission, &keys, latest).unwrap();
        assert_eq!(new, Latest { size, root });
        latest = new;
    }
}

/// What a witness that has seen 255 leaves answers, as an HTTP status.
fn asked(
    log: &Log,
    old: u64,
    proof: (u64, u64),
    checkpoint: &SignedCheckpoint,
    keys: &[&VerifierKey],
) -> u16 {
    let proof = prove_consistency(&log.tiles, proof.0, proof.1).unwrap();
    let root = root_at(&log.tiles, 255).unwrap();
    let submission = Submission::new(old, proof, checkpoint.clone()).unwrap();
    let answer = consider(&submission, keys, Latest { size: 255, root });
    answer.map_or_else(|refusal| refusal.status(), |_| 200)
}

#[test]
fn a_witness_signs_for_logs_and_keys_that_it_knows_only() {
    let log = Log::of(300);
    let known = keys();
    let known: Vec<&VerifierKey> = known.iter().collect();
    let good = signed(300, root_at(&log.tiles, 300).unwrap());
    assert_eq!(asked(&log, 255, (255, 300), &good, &known), 200);
    assert_eq!(asked(&log, 255, (255, 300), &good, &known[..1]), 404);
    // The origin is known, the key is another one.
    let stranger = key(ORIGIN, Algorithm::Ed25519, 77);
    assert_eq!(asked(&log, 255, (255, 300), &good, &[&stranger]), 403);
    let forged = good.to_string().replacen("300", "301", 1);
    let forged = SignedCheckpoint::parse(forged.as_bytes()).unwrap();
    assert_eq!(asked(&log, 255, (255, 300), &forged, &known), 403);
}

#[test]
fn a_witness_never_goes_back_and_says_what_it_has_seen() {
    let log = Log::of(300);
    let known = keys();
    let known: Vec<&VerifierKey> = known.iter().collect();
    let root = |size| root_at(&log.tiles, size).unwrap();
    let (good, older) = (signed(300, root(300)), signed(200, root(200)));
    assert_eq!(asked(&log, 255, (200, 200), &older, &known), 400);
    // A rollback with an honest old size is a conflict: the witness has seen more.
    assert_eq!(asked(&log, 100, (100, 200), &older, &known), 409);
    assert_eq!(asked(&log, 0, (0, 300), &good, &known), 409);
    let submission = Submission::new(100, vec![], good).unwrap();
    let latest = Latest {
        size: 255,
        root: root(255),
    };
    let conflict = consider(&submission, &known, latest);
    assert_eq!(conflict, Err(Refusal::Conflict { latest: 255 }));
}

#[test]
fn a_witness_refuses_forks_and_proofs_that_do_not_hold() {
    let log = Log::of(300);
    let known = keys();
    let known: Vec<&VerifierKey> = known.iter().collect();
    let root = |size| root_at(&log.tiles, size).unwrap();
    let good = signed(300, root(300));
    assert_eq!(asked(&log, 255, (254, 300), &good, &known), 422);
    assert_eq!(
        asked(&log, 255, (300, 300), &good, &known),
        422,
        "no proof at all"
    );
    assert_eq!(
        asked(&log, 255, (255, 300), &signed(300, root(299)), &known),
        422,
        "a fork"
    );
    assert_eq!(
        asked(&log, 255, (255, 255), &signed(255, root(254)), &known),
        409,
        "a fork of the same size is a conflict, says tlog-witness"
    );
    let first = |size, root, proof| {
        let submission = Submission::new(0, proof, signed(size, root)).unwrap();
        consider(&submission, &known, Latest::none())
    };
    assert!(first(300, root(300), vec![]).is_ok());
    assert_eq!(
        first(300, root(300), vec![root(1)]),
        Err(Refusal::Inconsistent)
    );
    assert_eq!(
        first(0, root(1), vec![]),
        Err(Refusal::Forked { latest: 0 })
    );
}
