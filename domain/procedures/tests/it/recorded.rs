//! What is stored: the exact form of every event, pinned in `tests/vectors/events_v1.json`, and that it
//! reads back as it was written. A stored event is never rewritten, so its form is a promise.

use std::collections::BTreeSet;

use chasqui_procedures::Moment;
use chasqui_procedures::event::Event;
use chasqui_procedures::names;
use chasqui_procedures::recorded::{Body, NewEvent, RawRecord, Recorded, UnreadableCause, kind};
use chasqui_procedures::tracking_code::CodeLookup;
use jiff::tz::Offset;
use proptest::prelude::*;
use serde_json::Value;

use crate::generators::{any_entry, cases};
use crate::given::{admitted, label};
use crate::golden::goldens;
use crate::samples::{PROCEDURE, full_entries, pinned};

pub(crate) fn raw(aggregate_type: &str, stored: &NewEvent) -> RawRecord {
    RawRecord {
        position: 41,
        recorded_at: "2025-09-01T14:00:05.123456Z".parse().unwrap(),
        aggregate_type: aggregate_type.to_owned(),
        aggregate_id: PROCEDURE.to_owned(),
        sequence: 7,
        event_type: stored.event_type.clone().into_owned(),
        event_version: stored.event_version.clone().into_owned(),
        payload: stored.payload.clone(),
        metadata: "{}".to_owned(),
    }
}

/// A line of the golden files, as today's code writes an event.
fn line(stream: &str, stored: &NewEvent) -> String {
    let NewEvent {
        event_type,
        event_version,
        payload,
    } = stored;
    format!(
        r#"{{"stream":"{stream}","type":"{event_type}","version":"{event_version}","payload":{payload}}}"#
    )
}

/// Samples of older versions are not written any more: they are read in `matrix`.
#[test]
fn every_event_is_stored_in_exactly_the_form_that_was_promised() {
    let pinned = pinned();
    let written = pinned
        .iter()
        .map(|(stream, stored, _)| line(stream, stored));
    let written: BTreeSet<String> = written.collect();
    let goldens = goldens();
    let today = goldens.iter().filter(|golden| golden.is_of_today());
    let promised: BTreeSet<String> = today.map(|golden| golden.line.clone()).collect();
    let changed = written.difference(&promised).next();
    assert_eq!(
        changed, None,
        "no such sample: a changed form is a new version with a step (docs/events.md)"
    );
    assert_eq!(written, promised, "an event was left out");
    let lines: BTreeSet<&String> = goldens.iter().map(|golden| &golden.line).collect();
    assert_eq!(lines.len(), goldens.len(), "a sample is there twice");
}

#[test]
fn every_event_that_was_promised_is_read_as_it_was_meant() {
    let goldens = goldens();
    for (stream, stored, body) in pinned() {
        let promised = line(stream, &stored);
        let golden = goldens.iter().find(|golden| golden.line == promised);
        // Its keys are in another order now: a store may reorder them.
        assert_eq!(golden.unwrap().record().decode().unwrap().body, body);
    }
}

/// A new event does not compile in `Event::name`'s match; here it is missed in the golden file.
#[test]
fn every_kind_of_event_is_pinned() {
    let names: BTreeSet<_> = full_entries()
        .iter()
        .map(|entry| entry.event.name())
        .collect();
    let goldens = goldens();
    let pinned: BTreeSet<_> = goldens.iter().map(|golden| golden.name.as_str()).collect();
    assert_eq!(names.len(), names::of(kind::PROCEDURE).len());
    let others = ["Decreed", "Opened", "TypePublished", "UnitPublished"];
    assert!(
        pinned
            .into_iter()
            .eq(names.into_iter().chain(others).collect::<BTreeSet<_>>())
    );
    let place = |event: &Event| match event {
        Event::Filed(_) => 0,
        Event::Admitted(_) => 1,
        Event::Assigned(_) => 2,
        Event::StepStarted(_) => 3,
        Event::StepCompleted(_) => 4,
        Event::RectificationRequested(_) => 5,
        Event::RectificationAnswered(_) => 6,
        Event::TermSuspended(_) => 7,
        Event::TermResumed(_) => 8,
        Event::TermExtended(_) => 9,
        Event::Transferred(_) => 10,
        Event::Decided(_) => 11,
        Event::Notified(_) => 12,
        Event::Withdrawn(_) => 13,
        Event::Archived(_) => 14,
        Event::Corrected(_) => 15,
        Event::DeadlineRecomputed(_) => 16,
        Event::SilenceAccrued(_) => 17,
        Event::Appealed(_) => 18,
        Event::Reopened(_) => 19,
        Event::CodeReplaced(_) => 20,
        Event::PersonErased(_) => 21,
        Event::SubprocedureOpened(_) => 22,
        Event::SubprocedureAnswered(_) => 23,
        Event::SubprocedureCancelled(_) => 24,
    };
    let places: BTreeSet<_> = full_entries()
        .iter()
        .map(|entry| place(&entry.event))
        .collect();
    assert!(places.into_iter().eq(0..25));
}

#[test]
fn a_field_that_no_version_has_written_is_refused() {
    let stored = NewEvent::from(&admitted("2025-09-02"));
    let mut payload: Value = serde_json::from_str(&stored.payload).unwrap();
    payload["event"]["Admitted"]["note"] = "free text".into();
    let raw = RawRecord {
        payload: payload.to_string(),
        ..raw(kind::PROCEDURE, &stored)
    };
    assert!(matches!(
        raw.decode().unwrap_err().source,
        UnreadableCause::Form(_)
    ));
}

#[test]
fn what_cannot_be_read_says_where_it_stands_and_why() {
    let stored = NewEvent::from(&admitted("2025-09-02"));
    let good = || raw(kind::PROCEDURE, &stored);
    let refused = |raw: RawRecord| raw.decode().unwrap_err();

    let unknown = refused(RawRecord {
        aggregate_type: "letter".to_owned(),
        ..good()
    });
    assert!(matches!(unknown.source, UnreadableCause::Kind(name) if name == "letter"));
    assert_eq!(
        (unknown.position, unknown.event_type.as_str()),
        (41, "Admitted")
    );
    let identity = refused(RawRecord {
        aggregate_id: "7".to_owned(),
        ..good()
    });
    assert!(matches!(identity.source, UnreadableCause::Identity(id) if id == "7"));
    let form = refused(RawRecord {
        payload: "{}".to_owned(),
        ..good()
    });
    assert_eq!(
        form.to_string(),
        "cannot read event Admitted 1 at position 41"
    );
    let version = refused(RawRecord {
        event_version: "one".to_owned(),
        ..good()
    });
    assert!(matches!(version.source, UnreadableCause::Version(_)));
    assert!(matches!(
        refused(raw(kind::UNIT, &stored)).source,
        UnreadableCause::Name { .. }
    ));
}

#[test]
fn a_codes_hash_is_64_hexadecimal_digits_and_nothing_else() {
    let read = |text: String| serde_json::from_value::<CodeLookup>(text.into());
    assert!(read("0f".repeat(32)).is_ok());
    for bad in [
        "+f".repeat(32),
        "0g".repeat(32),
        "0f".repeat(31),
        "é".repeat(32),
    ] {
        assert!(read(bad.clone()).is_err(), "{bad}");
    }
}

/// Local mean time: Amsterdam was 19 minutes and 32 seconds ahead of Greenwich until 1937.
#[test]
fn an_instant_survives_an_offset_with_seconds() {
    let at = "1911-10-11T12:00:00Z".parse().unwrap();
    let offset = Offset::from_seconds(19 * 60 + 32).unwrap();
    let moment = Moment::at_offset(at, offset).unwrap();
    assert_eq!(moment.to_string(), "1911-10-11T12:20:00+00:20");
    assert_eq!(moment.to_string().parse(), Ok(moment));
    assert_eq!(moment.at(), Some(at));
}

/// As it was typed, cleaned once; cleaned again, it is the same.
#[test]
fn a_labels_invisible_characters_leave_no_trace() {
    let clean = |text: &str| label(text).as_str().to_owned();
    assert_eq!(clean("a \u{200b} b"), "a b");
    assert_eq!(clean("\u{feff} a \u{200b}"), "a");
    assert_eq!(clean("a\u{61c}b\u{2066}c"), "abc");
    assert_eq!(clean("a\r\n\u{3000}b"), "a b");
    assert_eq!(
        clean(&format!("{} \u{200b} ", "ñ".repeat(200)))
            .chars()
            .count(),
        200
    );
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn every_entry_reads_back_as_it_was_written(entry in any_entry(), sequence in any::<u64>()) {
        let stored = NewEvent::from(&entry);
        prop_assert_eq!(&stored.event_version, "1");
        let raw = RawRecord { sequence, ..raw(kind::PROCEDURE, &stored) };
        let recorded = raw.decode().unwrap();
        let expected = Recorded {
            position: raw.position,
            recorded_at: raw.recorded_at,
            sequence,
            body: Body::Procedure(PROCEDURE.parse().unwrap(), Box::new(entry)),
        };
        prop_assert_eq!(&recorded, &expected);
        let Body::Procedure(_, again) = recorded.body else { unreachable!("a procedure's entry") };
        prop_assert_eq!(NewEvent::from(&*again), stored);
    }

    /// A reader may meet the keys in another order, as `jsonb` gives them.
    #[test]
    fn the_order_of_keys_does_not_matter(entry in any_entry()) {
        let stored = NewEvent::from(&entry);
        let reordered = serde_json::from_str::<Value>(&stored.payload).unwrap().to_string();
        let raw = RawRecord { payload: reordered, ..raw(kind::PROCEDURE, &stored) };
        let body = Body::Procedure(PROCEDURE.parse().unwrap(), Box::new(entry));
        prop_assert_eq!(raw.decode().unwrap().body, body);
    }
}
