//! Programs and data of different age: what an older program makes of newer data, what today's makes
//! of older data, and that nothing is lost when what was read is written again.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chasqui_procedures::Procedure;
use chasqui_procedures::event::Entry;
use chasqui_procedures::recorded::{Body, NewEvent, RawRecord, UnreadableCause};
use chasqui_procedures::upcast::{TODAY, VersionError};
use serde_json::{Value, json};

use crate::golden::{Golden, goldens};
use crate::judge::{Spoil, places};

const STATES: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../tests/vectors/event_states.json"
);

// --- an older program, newer data ---

/// An older program cannot know what a field means that it does not know, nor whether it is public. It
/// refuses the event, wherever the field stands, and so loses nothing.
#[test]
fn a_field_that_was_added_without_a_new_version_is_refused_and_named() {
    let mut places_tried = 0;
    for golden in goldens() {
        for place in places(&golden.payload) {
            // A sheet's wording is a table by stage: another stage is no field.
            let table = place.ends_with("/wording");
            let later = Spoil::UnknownField.at(&golden.payload, &place);
            let Some(later) = later.filter(|_| !table) else {
                continue;
            };
            let refused = golden.with(&later).decode().unwrap_err().source;
            let UnreadableCause::Form(error) = refused else {
                panic!("{refused:?} of {later}");
            };
            // An event is an object with one field, its name: a second one ends it.
            let named = error.to_string().contains("written_later");
            let second_name = place == "/event" || is_choice(&golden.payload, &place);
            assert!(named || second_name, "{error} at {place:?} of {later}");
            places_tried += 1;
        }
    }
    assert!(places_tried > 100, "{places_tried}");
}

/// Whether the value there is one of several forms, told by the name of its one field.
fn is_choice(text: &Value, place: &str) -> bool {
    let fields = text.pointer(place).and_then(Value::as_object);
    fields.is_some_and(|fields| fields.len() == 1) && !place.ends_with("/due")
}

#[test]
fn every_event_of_a_version_to_come_is_refused_as_newer() {
    for golden in goldens() {
        let known = TODAY.version(&golden.name);
        let version = known + 1;
        let later = RawRecord {
            event_version: version.to_string(),
            ..golden.record()
        };
        let refused = later.decode().unwrap_err().source;
        let newer = VersionError::Newer { version, known };
        assert!(
            matches!(&refused, UnreadableCause::Version(error) if *error == newer),
            "{refused:?}"
        );
    }
}

// --- today's program, older data ---

/// Of every version that was ever written; what a state adds up to is a promise as the text is.
#[test]
fn every_event_ever_written_leads_to_the_state_it_always_led_to() {
    let states = states();
    let mut text = "[\n".to_owned();
    for (place, (key, facts)) in states.iter().enumerate() {
        let comma = if place + 1 == states.len() { "" } else { "," };
        writeln!(text, r#"{{"sample":"{key}","state":{facts}}}{comma}"#).unwrap();
    }
    text.push_str("]\n");
    let before: BTreeMap<String, Value> = committed_states();
    for (key, facts) in &states {
        let always = before.get(key).unwrap_or(facts);
        assert_eq!(facts, always, "{key} leads to another state");
    }
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(STATES, &text).unwrap();
    }
    let known: Vec<String> = committed_states().into_keys().collect();
    let mut wanted: Vec<String> = states.into_iter().map(|(key, _)| key).collect();
    wanted.sort();
    assert_eq!(
        known, wanted,
        "UPDATE_SNAPSHOTS=1 cargo test -p chasqui-procedures matrix"
    );
}

#[expect(
    clippy::disallowed_methods,
    reason = "the committed states are a file beside the crate"
)]
fn committed_states() -> BTreeMap<String, Value> {
    let text = std::fs::read_to_string(STATES).unwrap_or("[]".to_owned());
    let lines: Vec<Value> = serde_json::from_str(&text).unwrap();
    let line = |line: &Value| {
        let key = line["sample"].as_str().unwrap().to_owned();
        (key, line["state"].clone())
    };
    lines.iter().map(line).collect()
}

/// Each sample after a filing and an admission (a filing by itself), named by event, version, number.
fn states() -> Vec<(String, Value)> {
    let goldens = goldens();
    let first = |name: &str| {
        let found = goldens.iter().find(|golden| golden.name == name);
        entry(found.unwrap()).unwrap()
    };
    let before = [first("Filed"), first("Admitted")];
    let mut numbers = BTreeMap::<(String, u32), u32>::new();
    let mut states = Vec::new();
    for golden in &goldens {
        let Some(entry) = entry(golden) else { continue };
        let number = numbers.entry((golden.name.clone(), golden.version));
        let number = number.and_modify(|number| *number += 1).or_insert(1);
        let key = format!("{} {} #{number}", golden.name, golden.version);
        let before = if golden.name == "Filed" {
            &[]
        } else {
            &before[..]
        };
        let procedure = Procedure::of(&[before, &[entry]].concat());
        states.push((key, facts(&procedure)));
    }
    states
}

fn entry(golden: &Golden) -> Option<Entry> {
    match golden.record().decode().unwrap().body {
        Body::Procedure(_, entry) => Some(*entry),
        Body::Unit(_) | Body::Type(_) | Body::Calendar(_) | Body::Log(_) => None,
    }
}

/// What everybody may rely on; how a state is kept in memory may change.
fn facts(procedure: &Procedure) -> Value {
    let due = procedure.due.as_ref();
    json!({
        "version": procedure.version,
        "stage": procedure.stage(),
        "waiting_on": procedure.waiting_on(),
        "outcome": procedure.outcome(),
        "unit": procedure.unit,
        "due_on": due.and_then(|due| due.on),
        "base_due_on": due.and_then(|due| due.base_on),
        "ended_on": procedure.ended_on(),
        "decided_on": procedure.decision.map(|decision| decision.on),
        "notified_on": procedure.notified_on,
        "silence": procedure.silence,
        "open_suspensions": procedure.open_suspensions().collect::<Vec<_>>(),
        "extensions": procedure.ledger.extensions.len(),
        "contradictions": procedure.contradictions,
    })
}

// --- read and written again ---

/// For generated entries: `recorded::every_entry_reads_back_as_it_was_written`.
#[test]
fn what_is_read_and_written_again_has_lost_nothing() {
    for golden in goldens() {
        let version = golden.version.to_string();
        let today = TODAY.lift_value(&golden.name, &version, golden.payload.clone());
        let recorded = golden.record().decode().unwrap();
        let again: NewEvent = match &recorded.body {
            Body::Procedure(_, entry) => NewEvent::from(&**entry),
            Body::Unit(event) => NewEvent::encode(event.name(), event),
            Body::Type(event) => NewEvent::encode(event.name(), event),
            Body::Calendar(event) => NewEvent::encode(event.name(), event),
            Body::Log(event) => NewEvent::encode(event.name(), event),
        };
        let written: Value = serde_json::from_str(&again.payload).unwrap();
        assert_eq!(Ok(written), today);
        assert_eq!(again.event_type, golden.name);
        assert_eq!(again.event_version, TODAY.version(&golden.name).to_string());
    }
}
