//! Is this all of it? What the holder of a stream's tag key sees in the public log, and what the
//! chain of opened events shows.

use std::collections::BTreeSet;

use chasqui_tlog::error::{HistoryError, SealError};
use chasqui_tlog::leaf::{Leaf, LeafTime, Tag};
use chasqui_tlog::merkle::{Hash, leaf_hash};
use chasqui_tlog::sealing::{
    Extra, Facts, MANDATORY_FIELDS, OpenedEvent, StreamKey, StreamName, TagIndex, TagIndexBuilder,
    TagKey, check_chain, seal,
};
use proptest::prelude::*;
use serde_json::json;

use crate::support::Log;

fn index(leaves: &[Leaf]) -> Result<TagIndex, HistoryError> {
    let mut index = TagIndexBuilder::default();
    leaves.iter().try_for_each(|leaf| index.push(leaf))?;
    index.finish()
}

fn leaves(log: &Log) -> Vec<Leaf> {
    log.events
        .iter()
        .map(|event| Leaf::Event(event.leaf))
        .collect()
}

fn tag_key(stream: u8) -> TagKey {
    StreamKey::from_bytes([stream; 32]).tag_key()
}

#[test]
fn every_streams_history_is_found_whole_and_nothing_of_it_hidden() {
    let index = index(&leaves(&Log::of(30))).unwrap();
    assert_eq!(index.size(), 30);
    for stream in 0..10 {
        let first = u64::from(stream) * 3;
        let key = tag_key(stream);
        assert_eq!(
            index.check_history(&key, 3),
            Ok(vec![first, first + 1, first + 2])
        );
        // An office that shows two of three is found out, and so is one that invents a fourth.
        let hidden = HistoryError::Hidden {
            seq: 3,
            index: first + 2,
        };
        assert_eq!(index.check_history(&key, 2), Err(hidden));
        assert_eq!(
            index.check_history(&key, 4),
            Err(HistoryError::Missing { seq: 4 })
        );
    }
    assert_eq!(index.check_history(&tag_key(99), 0), Ok(vec![]));
    assert!(index.check_history(&tag_key(0), u64::MAX).is_err());
}

#[test]
fn a_log_with_two_histories_of_one_stream_is_refused() {
    let mut leaves = leaves(&Log::of(30));
    let Leaf::Event(mut twin) = leaves[4].clone() else {
        panic!("an event")
    };
    twin.time = LeafTime::MAX;
    leaves.push(Leaf::Event(twin));
    assert_eq!(
        index(&leaves).unwrap_err(),
        HistoryError::TagTwice {
            first: 4,
            second: 30
        }
    );
}

#[test]
fn a_log_whose_time_goes_back_or_whose_events_are_swapped_is_refused() {
    let sound = leaves(&Log::of(30));
    let mut swapped = sound.clone();
    swapped.swap(3, 4);
    assert_eq!(
        index(&swapped).unwrap_err(),
        HistoryError::TimeWentBack { index: 4 }
    );
    // With the times put right, the order within the stream still tells.
    let mut retimed = sound;
    let [Leaf::Event(a), Leaf::Event(b)] = &mut retimed[3..5] else {
        panic!("events")
    };
    std::mem::swap(&mut a.tag, &mut b.tag);
    let refused = index(&retimed).unwrap().check_history(&tag_key(1), 3);
    assert_eq!(refused, Err(HistoryError::OutOfOrder { seq: 2 }));
}

#[test]
fn opened_events_form_a_chain_from_the_first_on() {
    let log = Log::of(6);
    let opened: Vec<(Hash, OpenedEvent)> = log
        .events
        .iter()
        .map(|event| {
            let open = event.disclosures.clone();
            let opened = OpenedEvent::check(event.leaf.commit, &event.commitment, open).unwrap();
            (event.leaf.hash(), opened)
        })
        .collect();
    let chain = |places: &[usize]| {
        let events: Vec<_> = places
            .iter()
            .map(|n| (opened[*n].0, &opened[*n].1))
            .collect();
        check_chain(&events)
    };
    assert_eq!(chain(&[]), Ok(()));
    assert_eq!(chain(&[0, 1, 2]), Ok(()));
    assert_eq!(chain(&[3, 4, 5]), Ok(()));
    assert_eq!(chain(&[1, 2]), Err(HistoryError::BrokenChain { seq: 1 }));
    assert_eq!(chain(&[0, 2]), Err(HistoryError::BrokenChain { seq: 2 }));
    assert_eq!(chain(&[0, 1, 5]), Err(HistoryError::OtherStream { seq: 3 }));
    // The right numbers, but the second names another leaf than the one shown.
    let events = [
        (leaf_hash(b"another"), &opened[0].1),
        (opened[1].0, &opened[1].1),
    ];
    assert_eq!(
        check_chain(&events),
        Err(HistoryError::BrokenChain { seq: 2 })
    );
    let event = &log.events[0];
    let nothing = OpenedEvent::check(event.leaf.commit, &event.commitment, vec![]).unwrap();
    assert!(check_chain(&[(opened[0].0, &nothing)]).is_err());
}

/// One byte more than a word may have.
const LONG: &str = match std::str::from_utf8(&[b'x'; 129]) {
    Ok(text) => text,
    Err(_) => "",
};

fn time() -> LeafTime {
    LeafTime::new(1_767_225_641).unwrap()
}

fn facts(stream: &StreamName) -> Facts<'_> {
    Facts {
        stream,
        seq: 1,
        kind: "Filed",
        entity: "AZEE",
        recorded_at: "2026-01-01T00:00:41Z",
        recorded_day: "2025-12-31",
        occurred_on: "2025-12-30",
        schema: "1.0",
        prev: None,
    }
}

#[test]
fn facts_that_cannot_be_are_not_sealed() {
    let stream = "procedure/1".parse().unwrap();
    let attempt = |change: &dyn Fn(&mut Facts<'_>)| {
        let mut facts = facts(&stream);
        change(&mut facts);
        let key = StreamKey::from_bytes([1; 32]);
        seal(time(), &key, &facts, &[]).map(|sealed| sealed.leaf)
    };
    assert!(attempt(&|_| ()).is_ok());
    let prev = Some(leaf_hash(b"x"));
    assert!(attempt(&|facts| (facts.seq, facts.prev) = (2, prev)).is_ok());
    for (seq, prev) in [(0, None), (1, prev), (2, None)] {
        let refused = attempt(&|facts| (facts.seq, facts.prev) = (seq, prev));
        assert_eq!(refused, Err(SealError::Sequence { seq }));
    }
    assert!(attempt(&|facts| (facts.seq, facts.prev) = (1 << 53, prev)).is_err());
    for (field, refused) in [
        ("type", attempt(&|facts| facts.kind = "")),
        ("entity", attempt(&|facts| facts.entity = "A\nB")),
        ("schema", attempt(&|facts| facts.schema = LONG)),
        (
            "recorded_at",
            attempt(&|facts| facts.recorded_at = "2026-01-01"),
        ),
        (
            "recorded_day",
            attempt(&|facts| facts.recorded_day = "2026-02-30"),
        ),
        ("occurred_on", attempt(&|facts| facts.occurred_on = "")),
    ] {
        assert_eq!(refused, Err(SealError::Value { field }));
    }
}

#[test]
fn a_field_is_committed_once_and_never_as_a_floating_point_number() {
    let stream = "procedure/1".parse().unwrap();
    let key = StreamKey::from_bytes([1; 32]);
    let salts = key.internal_salts();
    let with = |field: &str, value| {
        let extra = Extra {
            field: field.parse().unwrap(),
            value,
            key: &salts,
        };
        seal(time(), &key, &facts(&stream), &[extra])
    };
    assert_eq!(
        with("channel", json!("window")).unwrap().disclosures.len(),
        10
    );
    for field in MANDATORY_FIELDS {
        let refused = with(field, json!("window")).unwrap_err();
        assert_eq!(
            refused,
            SealError::FieldTwice {
                field: field.to_owned()
            }
        );
    }
    assert!(matches!(
        with("fee", json!(1.5)),
        Err(SealError::Disclosure(_))
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn tags_and_salts_never_repeat(key: [u8; 32], other: [u8; 32], seq in 1..1_u64 << 40) {
        prop_assume!(key != other);
        let (one, two) = (StreamKey::from_bytes(key), StreamKey::from_bytes(other));
        let tags = [(&one, seq), (&one, seq + 1), (&two, seq), (&two, seq + 1)];
        let tags: BTreeSet<Tag> = tags.iter().map(|(key, seq)| key.tag_key().tag(*seq)).collect();
        prop_assert_eq!(tags.len(), 4);
        let mut salts = BTreeSet::new();
        for key in [one.public_salts(), one.internal_salts(), two.public_salts()] {
            for stream in ["procedure/1", "procedure/11", "unit/1"] {
                for (seq, field) in [(seq, "entity"), (seq, "type"), (seq + 1, "entity")] {
                    let (stream, field) = (stream.parse().unwrap(), field.parse().unwrap());
                    salts.insert(key.salt(&stream, seq, &field).0);
                }
            }
        }
        prop_assert_eq!(salts.len(), 27);
    }
}
