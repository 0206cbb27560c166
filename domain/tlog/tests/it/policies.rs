//! Who must have signed: the specification's own example, what it forbids, and k of n.

use chasqui_tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use chasqui_tlog::error::{NoteError, PolicyError, PolicyRefusal};
use chasqui_tlog::merkle::Hash;
use chasqui_tlog::note::{Algorithm, VerifierKey};
use chasqui_tlog::policy::{Policy, Quorum};

use crate::support::{key, signer};

const ORIGIN: &str = "tramites.example/log1";

fn log() -> VerifierKey {
    key(ORIGIN, Algorithm::Ed25519, 1)
}

fn witness(n: u8) -> VerifierKey {
    key(&format!("w{n}.example"), Algorithm::Cosignature, n)
}

/// A checkpoint that the log signed and these witnesses cosigned.
fn cosigned_by(witnesses: &[u8]) -> SignedCheckpoint {
    let checkpoint = Checkpoint::new(&ORIGIN.parse().unwrap(), 5, Hash::from_bytes([5; 32]));
    let log = signer(ORIGIN, Algorithm::Ed25519, 1);
    let mut signed = SignedCheckpoint::sign(checkpoint.unwrap(), &log).unwrap();
    for n in witnesses {
        let witness = signer(&format!("w{n}.example"), Algorithm::Cosignature, *n);
        signed
            .add(
                signed
                    .cosign(&witness, 1_767_225_600 + u64::from(*n))
                    .unwrap(),
            )
            .unwrap();
    }
    signed
}

/// The example of c2sp.org/tlog-policy, with keys.
fn two_groups() -> String {
    let keys: Vec<String> = (0..=17).map(|n| witness(n).to_string()).collect();
    format!(
        "log {}\n\n\
         witness X1 {}\nwitness X2 {}\n \t witness\tX3  {} https://x3.example/\n\
         group X-witnesses 2 X1 X2 X3\n\n\
         # the others\n\
         witness Y1 {}\nwitness Y2 {}\nwitness Y3 {}\n\
         group Y-witnesses any Y1 Y2 Y3\n\n\
         \t\n  # both\n\
         group X-and-Y all X-witnesses Y-witnesses\n\
         quorum X-and-Y\n",
        log(),
        keys[11],
        keys[12],
        keys[13],
        keys[14],
        keys[15],
        keys[16],
    )
}

#[test]
fn the_example_of_the_specification_asks_for_two_of_one_group_and_one_of_the_other() {
    let policy = Policy::parse(two_groups().as_bytes()).unwrap();
    assert_eq!(
        (
            policy.logs().len(),
            policy.witnesses().len(),
            policy.groups().len()
        ),
        (1, 6, 3)
    );
    assert_eq!(
        policy.witnesses()[2].url.as_deref(),
        Some(&b"https://x3.example/"[..])
    );
    for enough in [
        &[11, 12, 14][..],
        &[12, 13, 16],
        &[11, 12, 13, 14, 15, 16],
        &[16, 13, 11, 99],
    ] {
        assert!(policy.check(&cosigned_by(enough)).is_ok(), "{enough:?}");
    }
    for too_few in [
        &[][..],
        &[11, 12],
        &[11, 14],
        &[11, 12, 13],
        &[14, 15, 16],
        &[11, 14, 15, 99],
    ] {
        let cosigners = too_few.iter().filter(|n| **n != 99).count();
        let refused = policy.check(&cosigned_by(too_few));
        assert_eq!(
            refused,
            Err(PolicyRefusal::NoQuorum { cosigners }),
            "{too_few:?}"
        );
    }
}

#[test]
fn a_policy_is_read_as_it_was_written() {
    let policy = Policy::parse(two_groups().as_bytes()).unwrap();
    assert_eq!(Policy::parse(&policy.to_bytes()), Ok(policy));
    let policy = Policy::k_of_n(log(), &[witness(1 + 1), witness(3), witness(4)], 2).unwrap();
    let text = String::from_utf8(policy.to_bytes()).unwrap();
    assert!(
        text.ends_with("group witnesses 2 w1 w2 w3\nquorum witnesses\n"),
        "{text}"
    );
    assert_eq!(Policy::parse(text.as_bytes()), Ok(policy));
    // Names are bytes: a Kelvin sign is no K, and what is no UTF-8 is a name all the same.
    let vkey = witness(2).to_string();
    let text = [
        b"witness \xff\xe2\x84\xaa ",
        vkey.as_bytes(),
        b"\nquorum \xff\xe2\x84\xaa\n",
    ];
    let policy = Policy::parse(&text.concat()).unwrap();
    assert_eq!(policy.to_bytes(), text.concat());
}

#[test]
fn k_of_n_counts_different_witnesses() {
    let witnesses = [witness(2), witness(3), witness(4)];
    for k in 0..=3 {
        let policy = Policy::k_of_n(log(), &witnesses, k).unwrap();
        for cosigners in [&[][..], &[2], &[4, 3], &[2, 3, 4]] {
            let accepted = policy.check(&cosigned_by(cosigners));
            assert_eq!(
                accepted.is_ok(),
                cosigners.len() >= k,
                "{k} of {cosigners:?}"
            );
        }
        // One that signs three times is one.
        assert_eq!(policy.check(&cosigned_by(&[2, 2, 2])).is_ok(), k <= 1);
    }
    assert!(matches!(
        Policy::k_of_n(log(), &witnesses, 4),
        Err(PolicyError::Threshold { .. })
    ));
    assert_eq!(
        Policy::k_of_n(log(), &[], 0).unwrap().quorum(),
        Quorum::None
    );
}

#[test]
fn an_accepted_checkpoint_says_who_signed_and_when() {
    let policy = Policy::k_of_n(log(), &[witness(2), witness(3), witness(4)], 2).unwrap();
    let accepted = cosigned_by(&[4, 9, 2]);
    let accepted = policy.check(&accepted).unwrap();
    assert_eq!(accepted.log, &log());
    let who: Vec<_> = accepted
        .cosigners
        .iter()
        .map(|by| (by.key.clone(), by.time))
        .collect();
    assert_eq!(
        who,
        [(witness(2), 1_767_225_602), (witness(4), 1_767_225_604)]
    );
    assert_eq!(accepted.witnessed_by(1), Some(1_767_225_602));
    assert_eq!(accepted.witnessed_by(2), Some(1_767_225_604));
    assert_eq!(
        (accepted.witnessed_by(3), accepted.witnessed_by(0)),
        (None, None)
    );
}

#[test]
fn a_log_speaks_for_itself_only() {
    // Two known logs: a checkpoint in the name of one, signed by the other.
    let other = key("tramites.example/log2", Algorithm::Ed25519, 9);
    let text = format!("log {}\nlog {other}\nquorum none\n", log());
    let policy = Policy::parse(text.as_bytes()).unwrap();
    assert!(policy.check(&cosigned_by(&[])).is_ok());
    let forged = cosigned_by(&[]);
    let forged_text = forged.note().text();
    let signature = chasqui_tlog::note::Signature::sign(
        &signer("tramites.example/log2", Algorithm::Ed25519, 9),
        forged_text,
    );
    let forged = format!("{forged_text}\n{}\n", signature.unwrap());
    let forged = SignedCheckpoint::parse(forged.as_bytes()).unwrap();
    assert_eq!(policy.check(&forged), Err(PolicyRefusal::OtherLog));
    let unknown = Policy::k_of_n(other, &[], 0).unwrap();
    let refused = unknown.check(&cosigned_by(&[2]));
    assert_eq!(
        refused,
        Err(PolicyRefusal::Note(NoteError::NoKnownSignature))
    );
    // Witnesses alone do not make a checkpoint.
    let only_witnesses = Policy::parse(
        format!(
            "log {}\nwitness a {}\nquorum a\n",
            key("b.example", Algorithm::Ed25519, 8),
            witness(2)
        )
        .as_bytes(),
    );
    let refused = only_witnesses.unwrap();
    assert_eq!(
        refused.check(&cosigned_by(&[2])),
        Err(PolicyRefusal::OtherLog)
    );
}

#[test]
fn a_wrong_signature_of_a_known_key_condemns_even_when_it_is_not_needed() {
    let policy = Policy::k_of_n(log(), &[witness(2), witness(3)], 1).unwrap();
    let (good, elsewhere) = (cosigned_by(&[2]), cosigned_by(&[3]));
    let line = elsewhere.note().signatures()[1].clone();
    let mut bytes = line.to_string().into_bytes();
    let last = bytes.len() - 10;
    bytes[last] = if bytes[last] == b'A' { b'B' } else { b'A' };
    let mut note = good;
    note.add(String::from_utf8(bytes).unwrap().parse().unwrap())
        .unwrap();
    assert!(matches!(
        policy.check(&note),
        Err(PolicyRefusal::Note(NoteError::WrongSignature { .. }))
    ));
    let without = Policy::k_of_n(log(), &[witness(2)], 1).unwrap();
    assert!(without.check(&note).is_ok(), "unknown keys are ignored");
}

/// `L` and `M` are a log's keys, one of them renamed; `A` and `C` a witness's; `B` another one's.
fn parsed(template: &str) -> Result<Policy, PolicyError> {
    let keys = [
        ("<L>", log()),
        ("<M>", key("other.example", Algorithm::Ed25519, 1)),
        ("<A>", witness(2)),
        ("<C>", key("other.example", Algorithm::Cosignature, 2)),
        ("<B>", witness(3)),
    ];
    let fill =
        |text: String, (name, key): &(&str, VerifierKey)| text.replace(name, &key.to_string());
    Policy::parse(keys.iter().fold(template.to_owned(), fill).as_bytes())
}

const FORBIDDEN: &[(&str, &str)] = &[
    ("log <L>\n", "no quorum"),
    ("quorum none\nquorum none\n", "two quorums"),
    ("quorum a\nwitness a <A>\n", "a name before its definition"),
    ("log <L>\nquorum none", "a last line without its newline"),
    ("log <L>\r\nquorum none\r\n", "carriage returns"),
    ("log <L> u v\nquorum none\n", "two addresses"),
    ("log\nquorum none\n", "a log without a key"),
    ("log <A>\nquorum none\n", "a witness's key for a log"),
    ("witness a <L>\nquorum none\n", "a log's key for a witness"),
    ("log <L>\nlog <L>\nquorum none\n", "a log twice"),
    (
        "log <L>\nlog <M>\nquorum none\n",
        "a log twice under two names",
    ),
    (
        "witness a <A>\nwitness b <C>\nquorum none\n",
        "a witness twice",
    ),
    (
        "witness a <A>\nwitness a <B>\nquorum none\n",
        "a name twice",
    ),
    ("witness none <A>\nquorum none\n", "the name none"),
    (
        "witness a <A>\ngroup a 1 a\nquorum a\n",
        "a group named as a witness",
    ),
    (
        "witness a <A>\ngroup g 0 a\nquorum g\n",
        "a threshold of zero",
    ),
    (
        "witness a <A>\ngroup g 2 a\nquorum g\n",
        "a threshold above the members",
    ),
    ("witness a <A>\ngroup g 01 a\nquorum g\n", "a leading zero"),
    ("witness a <A>\ngroup g +1 a\nquorum g\n", "a sign"),
    (
        "witness a <A>\ngroup g ANY a\nquorum g\n",
        "another word than any",
    ),
    ("witness a <A>\ngroup g any\nquorum none\n", "no members"),
    (
        "witness a <A>\ngroup g any a a\nquorum g\n",
        "a member twice",
    ),
    (
        "witness a <A>\ngroup g any a none\nquorum g\n",
        "none as a member",
    ),
    (
        "witness a <A>\ngroup g any a\ngroup h any a\nquorum g\n",
        "a member of two",
    ),
    (
        "witness a <A>\ngroup g any g\nquorum g\n",
        "a group of itself",
    ),
    ("witness a <A>\nquorum b\n", "an unknown quorum"),
    ("wintess a\nquorum none\n", "an unknown word"),
    ("quorum none # why\n", "a comment behind a definition"),
    ("\u{b}quorum none\n", "a control character"),
    ("", "nothing"),
];

#[test]
fn what_the_specification_forbids_is_refused() {
    assert!(parsed("log <L>\nwitness a <A>\nwitness b <B>\ngroup g 1 a b\nquorum g\n").is_ok());
    assert!(parsed("quorum none\n").is_ok());
    for (template, why) in FORBIDDEN {
        assert!(parsed(template).is_err(), "{why}");
    }
    let long = "#".repeat(300 * 1024);
    assert_eq!(
        parsed(&format!("{long}\nquorum none\n")),
        Err(PolicyError::TooMany)
    );
}

#[test]
fn thirty_two_of_each_are_supported() {
    use std::fmt::Write as _;
    let mut text = String::new();
    for n in 0..32 {
        writeln!(
            text,
            "log {}",
            key(&format!("l{n}.example"), Algorithm::Ed25519, 100 + n)
        )
        .unwrap();
        writeln!(
            text,
            "witness w{n} {}",
            key("w.example", Algorithm::Cosignature, n)
        )
        .unwrap();
        let member = n
            .checked_sub(1)
            .map_or(String::new(), |before| format!(" g{before}"));
        writeln!(text, "group g{n} all w{n}{member}").unwrap();
    }
    text.push_str("quorum g31\n");
    assert_eq!(Policy::parse(text.as_bytes()).unwrap().groups().len(), 32);
}
