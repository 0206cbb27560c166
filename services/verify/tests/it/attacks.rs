//! What a municipality, its operator or a burglar could do to a log whose key they have or have not.

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::error::{HistoryError, PolicyRefusal};
use chasqui_tlog::merkle::{Edge, leaf_hash};
use chasqui_tlog::note::{Algorithm, SeedSigner, Signer};
use chasqui_tlog::policy::Policy;
use chasqui_verify::{Folder, Question, VerifyError, audit, keep, kept};

use crate::made::{BEGAN, Files, Made, audited, checkpoint, files, policy, question, sign, signer};

fn against(files: &Files, earlier: &Files) -> Result<Vec<u64>, VerifyError> {
    let question = Question {
        earlier: vec![checkpoint(earlier)],
        ..question()
    };
    audit(files, &policy(), question).map(|log| log.continues)
}

#[test]
fn a_sound_log_is_accepted_at_every_size_and_says_how_much_was_checked() {
    let made = Made::new(300);
    let log = audited(&made.files).unwrap();
    assert_eq!((log.entries, log.events, log.datasets), (300, 299, 1));
    // Two of level 0, one of level 1.
    assert_eq!((log.tiles, log.bundles), (3, 2));
    assert_eq!(log.times, (BEGAN, BEGAN + 299));
    assert_eq!((log.age.seconds, log.age.by_witness), (101, false));
    let of_files: usize = made.files.0.values().map(Vec::len).sum();
    assert_eq!(
        log.bytes as usize + made.files.0["checkpoint"].len(),
        of_files
    );
    for size in [1, 2, 255, 256, 257, 511, 512, 513, 700] {
        let log = audited(&Made::new(size).files).unwrap();
        assert_eq!(log.entries, size as u64);
    }
}

#[test]
fn a_log_of_more_than_two_levels_is_accepted() {
    // 65,536 entries fill a tile of level 1.
    let entries: Vec<Vec<u8>> = (0..65_800_u32)
        .map(|n| {
            let id = chasqui_tlog::leaf::ShredId::from_bytes(u128::from(n).to_be_bytes());
            format!("tramite-shred/v1\ntime {BEGAN}\nid {id}\ncount 1\n").into_bytes()
        })
        .collect();
    let mut files = files(&entries);
    let log = audited(&files).unwrap();
    assert_eq!((log.entries, log.events), (65_800, 0));
    // 258 of level 0, 2 of level 1, 1 of level 2.
    assert_eq!(log.tiles, 258 + 2 + 1);
    for name in ["tile/1/000", "tile/1/001.p/1", "tile/2/000.p/1"] {
        let sound = files.0[name].clone();
        files.0.get_mut(name).unwrap()[7] ^= 1;
        let refused = audited(&files);
        assert!(
            matches!(refused, Err(VerifyError::OtherTile { .. })),
            "{name}"
        );
        files.0.insert(name.into(), sound);
    }
}

#[test]
fn what_was_changed_without_the_key_is_refused() {
    let made = Made::new(300);
    let sound = &made.files;
    // The entries of a second log, each file in its place, under the first one's signature.
    for attack in [edited, deleted, reordered, truncated, backdated] {
        let mut forged = files(&attack(made.entries.clone()));
        forged
            .0
            .insert("checkpoint".into(), sound.0["checkpoint"].clone());
        assert!(audited(&forged).is_err());
    }
}

type Entries = Vec<Vec<u8>>;

fn edited(mut entries: Entries) -> Entries {
    entries[100] = Made::new(120).entries[119].clone();
    entries
}

fn deleted(mut entries: Entries) -> Entries {
    entries.remove(100);
    entries
}

fn reordered(mut entries: Entries) -> Entries {
    entries.swap(100, 101);
    entries
}

fn truncated(mut entries: Entries) -> Entries {
    entries.truncate(290);
    entries
}

fn backdated(mut entries: Entries) -> Entries {
    let text = String::from_utf8(entries[100].clone()).unwrap();
    let (now, then) = (BEGAN + 100, BEGAN - 86_400);
    entries[100] = text.replace(&now.to_string(), &then.to_string()).into();
    entries
}

#[test]
fn with_the_key_the_past_can_be_written_again_but_not_hidden_from_whoever_kept_a_checkpoint() {
    let made = Made::new(300);
    let of = |attack: fn(Entries) -> Entries| files(&attack(made.entries.clone()));
    let refused = |attack| against(&of(attack), &made.files).unwrap_err();
    assert!(matches!(
        refused(truncated),
        VerifyError::RolledBack {
            once: 300,
            now: 290
        }
    ));
    assert!(matches!(refused(deleted), VerifyError::RolledBack { .. }));
    assert!(matches!(
        refused(backdated),
        VerifyError::Contradiction(HistoryError::TimeWentBack { index: 100 })
    ));
    assert!(matches!(refused(reordered), VerifyError::Contradiction(_)));
    let mut fork = made.entries.clone();
    fork[299] = Made::new(302).entries[299].clone();
    let fork = files(&fork);
    audited(&fork).unwrap();
    assert!(matches!(
        against(&fork, &made.files),
        Err(VerifyError::Forked { size: 300 })
    ));
    // One that is longer.
    let longer = [&made.entries[..299], &Made::new(400).entries[299..]].concat();
    let longer = files(&longer);
    audited(&longer).unwrap();
    assert!(matches!(
        against(&longer, &made.files),
        Err(VerifyError::Forked { size: 300 })
    ));
}

#[test]
fn a_log_that_grew_continues_every_tree_that_it_once_was() {
    let made = Made::new(601);
    for size in [1, 100, 255, 256, 257, 300, 512, 513, 600, 601] {
        let once = files(&made.entries[..size]);
        assert_eq!(against(&made.files, &once).unwrap(), [size as u64]);
    }
    let once = [1, 256, 300].map(|size| checkpoint(&files(&made.entries[..size])));
    let question = Question {
        earlier: once.to_vec(),
        ..question()
    };
    let log = audit(&made.files, &policy(), question).unwrap();
    assert_eq!(log.continues, [1, 256, 300]);
}

#[test]
fn a_tag_that_is_there_twice_is_a_procedure_with_two_histories() {
    let made = Made::new(300);
    let mut twice = made.entries;
    twice[101] = twice[100].clone();
    let twice = files(&twice);
    assert!(matches!(
        audited(&twice),
        Err(VerifyError::Contradiction(HistoryError::TagTwice {
            first: 100,
            second: 101
        }))
    ));
}

#[test]
fn a_gap_is_a_failure_whatever_is_missing() {
    let made = Made::new(300);
    for name in made.names() {
        let mut files = made.files.clone();
        files.0.remove(&name);
        let refused = audited(&files);
        assert!(
            matches!(refused, Err(VerifyError::Missing { .. })),
            "{name}"
        );
    }
}

#[test]
fn a_narrow_file_that_was_tidied_away_is_the_beginning_of_the_full_one() {
    let (made, mut files) = (Made::new(600), Made::new(300).files);
    let earlier = checkpoint(&self::files(&made.entries[..300]));
    files.0.clear();
    for name in [
        "tile/0/000",
        "tile/0/001",
        "tile/entries/000",
        "tile/entries/001",
    ] {
        files.0.insert(name.into(), made.files.0[name].clone());
    }
    files.0.insert(
        "tile/1/000.p/1".into(),
        made.files.0["tile/1/000.p/2"][..32].to_vec(),
    );
    files
        .0
        .insert("checkpoint".into(), earlier.to_string().into_bytes());
    assert_eq!(audited(&files).unwrap().entries, 300);
}

#[test]
fn nothing_to_check_is_a_failure() {
    let mut empty = Files::default();
    assert!(matches!(audited(&empty), Err(VerifyError::Missing { .. })));
    sign(&mut empty, 0, Edge::new().root());
    assert!(matches!(audited(&empty), Err(VerifyError::Empty)));
}

#[test]
fn another_key_and_another_log_are_refused() {
    let made = Made::new(300);
    let other = SeedSigner::new(
        "other.example/log1".parse().unwrap(),
        Algorithm::Ed25519,
        &[1; 32],
    );
    let same_name = SeedSigner::new(signer().key().name().clone(), Algorithm::Ed25519, &[2; 32]);
    for signer in [other.unwrap(), same_name.unwrap()] {
        let policy = Policy::k_of_n(signer.key().clone(), &[], 0).unwrap();
        let refused = audit(&made.files, &policy, question());
        assert!(matches!(
            refused,
            Err(VerifyError::Signature(PolicyRefusal::Note(_)))
        ));
    }
}

#[test]
fn a_witness_that_is_asked_for_must_have_cosigned_and_says_the_age() {
    let made = Made::new(300);
    let name = "witness.example".parse().unwrap();
    let witness = SeedSigner::new(name, Algorithm::Cosignature, &[9; 32]).unwrap();
    let policy = Policy::k_of_n(signer().key().clone(), &[witness.key().clone()], 1).unwrap();
    let refused = audit(&made.files, &policy, question());
    assert!(matches!(
        refused,
        Err(VerifyError::Signature(PolicyRefusal::NoQuorum {
            cosigners: 0
        }))
    ));
    let mut files = made.files;
    let mut signed: SignedCheckpoint = checkpoint(&files);
    signed
        .add(signed.cosign(&witness, BEGAN + 390).unwrap())
        .unwrap();
    files
        .0
        .insert("checkpoint".into(), signed.to_string().into_bytes());
    let log = audit(&files, &policy, question()).unwrap();
    assert_eq!(
        log.signers.witnesses,
        [("witness.example".to_owned(), BEGAN + 390)]
    );
    assert_eq!((log.age.seconds, log.age.by_witness), (10, true));
}

#[test]
fn a_log_whose_newest_signed_time_is_old_or_in_the_future_is_refused_where_it_matters() {
    let made = Made::new(300);
    let at = |now, max_age| {
        let question = Question {
            now,
            max_age,
            ..Question::default()
        };
        audit(&made.files, &policy(), question)
    };
    assert!(at(BEGAN + 299 + 600, Some(600)).is_ok());
    assert!(matches!(
        at(BEGAN + 299 + 601, Some(600)),
        Err(VerifyError::Stale {
            seconds: 601,
            most: 600,
            by_witness: false
        })
    ));
    assert!(at(BEGAN + 1_000_000, None).is_ok());
    assert!(matches!(
        at(BEGAN - 2, None),
        Err(VerifyError::Future { seconds: 301 })
    ));
}

#[test]
fn a_folder_is_read_as_it_is_and_its_checkpoint_can_be_kept() {
    let made = Made::new(300);
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in &made.files.0 {
        let path = folder.path().join("log").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let state = folder.path().join("kept");
    assert!(kept(&state).unwrap().is_none());
    let source = Folder(folder.path().join("log"));
    let log = audit(&source, &policy(), question()).unwrap();
    keep(&state, &log.checkpoint).unwrap();
    assert_eq!(kept(&state).unwrap().unwrap(), checkpoint(&made.files));
    std::fs::write(&state, "forged").unwrap();
    assert!(matches!(kept(&state), Err(VerifyError::Checkpoint(_))));
    assert_eq!(leaf_hash(&made.entries[0]).symbols().len(), 19);
}
