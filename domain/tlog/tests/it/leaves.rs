//! Every kind of leaf prints and parses back, and has one spelling.

use chasqui_tlog::disclosure::Commit;
use chasqui_tlog::error::LeafError;
use chasqui_tlog::leaf::{
    CatalogLeaf, DatasetLeaf, EVENT_LEAF_BYTES, EventLeaf, FileDigest, IncidentLeaf, KeyChange,
    KeyLeaf, Kind, Label, Leaf, LeafTime, ShredId, ShredLeaf, Tag,
};
use chasqui_tlog::merkle::{Hash, MAX_TREE_SIZE, leaf_hash};
use chasqui_tlog::note::Algorithm;
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::key;

fn time() -> impl Strategy<Value = LeafTime> {
    (LeafTime::MIN.seconds()..=LeafTime::MAX.seconds()).prop_map(|t| LeafTime::new(t).unwrap())
}

fn label() -> impl Strategy<Value = Label> {
    "[a-z0-9][a-z0-9._-]{0,127}".prop_map(|text: String| text.parse().unwrap())
}

fn file() -> impl Strategy<Value = FileDigest> {
    any::<[u8; 32]>().prop_map(FileDigest::from_bytes)
}

fn event_or_erasure() -> impl Strategy<Value = Leaf> {
    let event = (time(), any::<[u8; 16]>(), any::<[u8; 32]>()).prop_map(|(time, tag, commit)| {
        let (tag, commit) = (Tag::from_bytes(tag), Commit::from_bytes(commit));
        Leaf::Event(EventLeaf { time, tag, commit })
    });
    let shred = (time(), any::<[u8; 16]>(), any::<u64>()).prop_map(|(time, id, count)| {
        let id = ShredId::from_bytes(id);
        Leaf::Shred(ShredLeaf { time, id, count })
    });
    prop_oneof![event, shred]
}

fn published() -> impl Strategy<Value = Leaf> {
    let size = 0..=MAX_TREE_SIZE;
    let dataset = (time(), label(), size, file());
    let dataset = dataset.prop_map(|(time, name, size, sha256)| {
        Leaf::Dataset(DatasetLeaf {
            time,
            name,
            size,
            sha256,
        })
    });
    let catalog = (time(), label(), label(), file());
    let catalog = catalog.prop_map(|(time, name, version, sha256)| {
        Leaf::Catalog(CatalogLeaf {
            time,
            name,
            version,
            sha256,
        })
    });
    prop_oneof![dataset, catalog]
}

fn key_or_incident() -> impl Strategy<Value = Leaf> {
    let change = select(vec![KeyChange::Added, KeyChange::Retired]);
    let algorithm = select(vec![Algorithm::Ed25519, Algorithm::Cosignature]);
    let vkey = ("[a-zñ./0-9]{1,100}", algorithm, any::<u8>());
    let vkey = vkey.prop_map(|(name, algorithm, seed)| key(&name, algorithm, seed));
    let keys = (time(), change, time(), vkey).prop_map(|(time, change, from, vkey)| {
        Leaf::Key(Box::new(KeyLeaf {
            time,
            change,
            from,
            vkey,
        }))
    });
    let incident = (
        time(),
        label(),
        0..=MAX_TREE_SIZE,
        any::<[u8; 32]>(),
        file(),
    );
    let incident = incident.prop_map(|(time, kind, size, root, report)| {
        let (origin, root) = ("a.example/log1".parse().unwrap(), Hash::from_bytes(root));
        Leaf::Incident(Box::new(IncidentLeaf {
            time,
            kind,
            origin,
            size,
            root,
            report,
        }))
    });
    prop_oneof![keys, incident]
}

fn leaf() -> impl Strategy<Value = Leaf> {
    prop_oneof![event_or_erasure(), published(), key_or_incident()]
}

proptest! {
    #[test]
    fn every_leaf_is_read_as_it_was_written(leaf in leaf()) {
        let text = leaf.to_string();
        let again = Leaf::parse(text.as_bytes());
        prop_assert_eq!(again.as_ref(), Ok(&leaf));
        prop_assert_eq!(leaf.hash(), leaf_hash(text.as_bytes()));
        prop_assert_eq!(leaf.kind() == Kind::Event, text.len() == EVENT_LEAF_BYTES && text.starts_with("tramite-leaf/"));
    }

    #[test]
    fn a_leaf_with_a_byte_more_or_fewer_or_with_lines_swapped_is_refused(leaf in leaf()) {
        let text = leaf.to_string();
        for more in ["\n", " ", "x", "\r\n"] {
            for other in [format!("{text}{more}"), format!("{more}{text}")] {
                prop_assert!(Leaf::parse(other.as_bytes()).is_err());
            }
        }
        prop_assert!(Leaf::parse(text.trim_end().as_bytes()).is_err());
        prop_assert!(Leaf::parse(text.replace('\n', "\r\n").as_bytes()).is_err());
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        lines.swap(1, 2);
        prop_assert!(Leaf::parse(lines.concat().as_bytes()).is_err());
        lines.swap(1, 2);
        lines.push(lines[1]);
        prop_assert!(Leaf::parse(lines.concat().as_bytes()).is_err());
        prop_assert!(Leaf::parse(lines[..2].concat().as_bytes()).is_err());
    }
}

#[test]
fn times_have_ten_digits_so_that_every_event_is_as_long() {
    let leaf = |time: &str| {
        let (tag, commit) = (
            "2F1YXz3QunswjCR4w8DxAg==",
            "8t4hnzde4UqzhBY8hTuXUQ/NyWHE5WCMzWmB0qIesLM=",
        );
        Leaf::parse(
            format!("tramite-leaf/v1\ntime {time}\ntag {tag}\ncommit {commit}\n").as_bytes(),
        )
    };
    assert!(leaf("1000000000").is_ok() && leaf("9999999999").is_ok());
    for time in [
        "999999999",
        "10000000000",
        "0999999999",
        "-000000001",
        "1767225641.0",
        "",
    ] {
        assert_eq!(leaf(time), Err(LeafError::Time), "{time}");
    }
}

#[test]
fn kinds_that_are_not_known_are_refused() {
    let rest = "time 1767225641\nid AAAAAAAAAAAAAAAAAAAAAA==\ncount 2\n";
    assert!(Leaf::parse(format!("tramite-shred/v1\n{rest}").as_bytes()).is_ok());
    for kind in [
        "tramite-shred/v2",
        "tramite-shred/v1 ",
        "Tramite-shred/v1",
        "",
        "tramite-leaf/v1",
    ] {
        assert!(
            Leaf::parse(format!("{kind}\n{rest}").as_bytes()).is_err(),
            "{kind}"
        );
    }
    assert_eq!(Leaf::parse(&[0xff; 20]), Err(LeafError::UnknownKind));
    assert_eq!(
        Leaf::parse(&[b'a'; 5000]),
        Err(LeafError::TooLong { bytes: 5000 })
    );
}

#[test]
fn no_leaf_is_longer_than_what_is_looked_at() {
    let vkey = key(&"ñ".repeat(127), Algorithm::Cosignature, 1);
    let (time, change) = (LeafTime::MAX, KeyChange::Retired);
    let leaf = Leaf::Key(Box::new(KeyLeaf {
        time,
        change,
        from: LeafTime::MAX,
        vkey,
    }));
    assert_eq!(Leaf::parse(leaf.to_string().as_bytes()), Ok(leaf));
}
