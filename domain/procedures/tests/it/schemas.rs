//! The schemas of the events say what is written, and nothing that they accept is refused by a reader.
//! Those that are committed are the ones that the types give, and a published one never changes.

use std::collections::BTreeSet;

use chasqui_procedures::names;
use chasqui_procedures::recorded::{NewEvent, kind};
use chasqui_procedures::schema::{EventSchema, of_events};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::generators::{any_entry, cases};
use crate::golden::{Golden, goldens};
use crate::judge::{Judge, ODD, Spoil, places};
use crate::recorded::raw;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schemas/events");
const HOW: &str = "UPDATE_SNAPSHOTS=1 cargo test -p chasqui-procedures schemas";

/// Where the reader takes more than is ever written: a silence term's unit may be left out.
const LENIENT: [&str; 1] = ["/Published/version/silence/unit"];

fn file(name: &str, version: u32) -> String {
    format!("{FOLDER}/{name}.v{version}.json")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the committed schemas are files beside the crate"
)]
fn committed(name: &str, version: u32) -> Option<String> {
    std::fs::read_to_string(file(name, version)).ok()
}

fn updating() -> bool {
    std::env::var_os("UPDATE_SNAPSHOTS").is_some()
}

#[test]
fn there_is_a_schema_for_every_event() {
    let all = of_events();
    let mut found = all.iter().map(|one| one.name.clone()).collect::<Vec<_>>();
    let kinds = [
        kind::PROCEDURE,
        kind::UNIT,
        kind::PROCEDURE_TYPE,
        kind::CALENDAR,
        kind::LOG,
    ];
    let known: Vec<String> = kinds.iter().flat_map(|kind| names::of(kind)).collect();
    assert_eq!(found, known);
    found.sort();
    found.dedup();
    assert_eq!(found.len(), all.len(), "two events have one name");
}

/// The samples of today's versions, and others of the forms that they do not show.
fn samples() -> Vec<Golden> {
    let all = goldens().into_iter();
    let mut samples: Vec<Golden> = all.filter(Golden::is_of_today).collect();
    let hours = json!({"policy": "office_hours", "open": "08:00:00", "close": "16:30:00.5"});
    let others = [
        ("TypePublished", "/Published/version/policies/filing", hours),
        (
            "TypePublished",
            "/Published/version/silence",
            json!({"sense": "none"}),
        ),
        (
            "TypePublished",
            "/Published/version/term",
            json!({"amount": 0, "unit": "immediate"}),
        ),
        (
            "TypePublished",
            "/Published/version/term",
            json!({"amount": 240, "unit": "months"}),
        ),
        ("Decreed", "/Decreed/decree/to", Value::Null),
        (
            "Decreed",
            "/Decreed/decree/effect",
            json!("terms_suspended"),
        ),
        (
            "Decreed",
            "/Decreed/decree/name",
            json!({"es": "Decreto", "qu": "Kamachi"}),
        ),
        ("Notified", "/occurred", json!("1900-01-01T00:00:00Z")),
    ];
    for (name, place, value) in others {
        let found = samples.iter().find(|golden| golden.name == name);
        let mut other = found.unwrap().clone();
        *other.payload.pointer_mut(place).unwrap() = value;
        samples.push(other);
    }
    samples
}

#[test]
fn every_sample_is_accepted_and_read() {
    let judge = Judge::of_today();
    for golden in samples() {
        let verdict = judge.check(&golden.name, &golden.payload);
        assert_eq!(verdict, Ok(()), "{}", golden.payload);
        golden.record().decode().unwrap();
    }
}

/// At every place of every sample. What changes the shape is seen by both; a value that cannot be is
/// refused by the reader at least wherever it is refused by the schema's side of the promise.
#[test]
fn a_sample_that_is_spoiled_is_refused_by_the_reader_wherever_by_the_schema() {
    let judge = Judge::of_today();
    let mut refused = BTreeSet::new();
    let odd = (0..ODD).map(Spoil::Odd);
    let ways: Vec<Spoil> = Spoil::SHAPE.into_iter().chain(odd).collect();
    for golden in samples() {
        for place in places(&golden.payload) {
            for way in &ways {
                let Some(spoiled) = way.at(&golden.payload, &place) else {
                    continue;
                };
                let schema = judge.accepts(&golden.name, &spoiled);
                let reader = golden.with(&spoiled).decode().is_ok();
                let told = format!("{way:?} at {place:?} of {}: {spoiled}", golden.name);
                assert!(reader || !schema, "only the reader refuses: {told}");
                if !Spoil::SHAPE.contains(way) || LENIENT.contains(&place.as_str()) {
                    continue;
                }
                assert!(schema || !reader, "only the schema refuses: {told}");
                if !reader {
                    refused.insert((golden.name.clone(), *way));
                }
            }
        }
    }
    for golden in goldens() {
        for way in Spoil::SHAPE {
            let seen = refused.contains(&(golden.name.clone(), way));
            assert!(seen, "no {way:?} of {} was refused", golden.name);
        }
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn every_entry_is_accepted_and_refused_when_its_shape_is_spoiled(
        entry in any_entry(),
        which in any::<proptest::sample::Index>(),
        way in proptest::sample::select(Spoil::SHAPE.to_vec()),
    ) {
        thread_local! {
            static JUDGE: Judge = Judge::of_today();
        }
        let name = entry.event.name();
        let stored = NewEvent::from(&entry);
        let text: Value = serde_json::from_str(&stored.payload).unwrap();
        let verdict = JUDGE.with(|judge| judge.check(name, &text));
        prop_assert_eq!(verdict, Ok(()));
        let places = places(&text);
        if let Some(spoiled) = way.at(&text, which.get::<String>(&places)) {
            let schema = JUDGE.with(|judge| judge.accepts(name, &spoiled));
            let stored = NewEvent { payload: spoiled.to_string(), ..stored };
            let reader = raw(kind::PROCEDURE, &stored).decode().is_ok();
            prop_assert_eq!(schema, reader, "{}", spoiled);
            prop_assert!(!schema || matches!(way, Spoil::Removed | Spoil::Null), "{}", spoiled);
        }
    }
}

/// A version that is published is a promise: its rules never change again, only its wording may. Before
/// the first release a file may be deleted and made anew.
#[test]
fn the_committed_schemas_are_those_of_the_types_and_their_rules_never_change() {
    for EventSchema {
        name,
        version,
        schema,
        ..
    } in of_events()
    {
        let text = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
        let before = committed(&name, version);
        if let Some(before) = &before {
            assert_eq!(
                rules(&serde_json::from_str(before).unwrap()),
                rules(&schema),
                "version {version} of {name} has another form now: that is a new version with a step \
                 that lifts this one (docs/events.md)"
            );
        }
        if updating() && before.as_ref() != Some(&text) {
            std::fs::create_dir_all(FOLDER).unwrap();
            std::fs::write(file(&name, version), &text).unwrap();
        }
        let same = committed(&name, version).is_some_and(|committed| committed == text);
        assert!(
            same,
            "docs/schemas/events/{name}.v{version}.json is not today's: {HOW}"
        );
    }
}

/// What a schema demands, without what it says.
fn rules(schema: &Value) -> Value {
    match schema {
        Value::Object(fields) => {
            let said = ["title", "description", "default", "$id"];
            // A field of an event may be called like a keyword; only texts are wording.
            let is_said = |(key, value): &(&String, &Value)| {
                said.contains(&key.as_str()) && (value.is_string() || *key == "default")
            };
            let kept = fields.iter().filter(|field| !is_said(field));
            Value::Object(
                kept.map(|(key, value)| (key.clone(), rules(value)))
                    .collect(),
            )
        }
        Value::Array(items) => Value::Array(items.iter().map(rules).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => schema.clone(),
    }
}

#[test]
fn only_wording_may_change_in_a_committed_schema() {
    let schema = json!({"title": "a", "properties": {"title": {"type": "string",
        "description": "b"}}, "default": [], "required": ["title"]});
    let mut reworded = schema.clone();
    reworded["properties"]["title"]["description"] = "c".into();
    reworded["title"] = "d".into();
    assert_eq!(rules(&schema), rules(&reworded));
    for place in ["/required", "/properties/title/type", "/properties/title"] {
        let mut changed = schema.clone();
        *changed.pointer_mut(place).unwrap() = "x".into();
        assert_ne!(rules(&schema), rules(&changed), "{place}");
    }
}

/// Also those of versions that no type gives any more.
#[test]
fn every_committed_schema_has_a_sample_and_accepts_all_of_them() {
    if updating() {
        return; // Another test is writing them at this moment.
    }
    let mut seen = BTreeSet::new();
    for golden in goldens() {
        let text = committed(&golden.name, golden.version);
        let text = text.unwrap_or_else(|| panic!("no schema of {golden:?}: {HOW}"));
        let document = serde_json::from_str(&text).unwrap();
        let judge = Judge::of([(golden.name.clone(), document)]);
        assert_eq!(judge.check(&golden.name, &golden.payload), Ok(()));
        seen.insert(format!("{}.v{}.json", golden.name, golden.version));
    }
    let files = std::fs::read_dir(FOLDER).unwrap();
    let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let files: BTreeSet<String> = files.filter(|file| file.ends_with(".json")).collect();
    assert_eq!(files, seen);
}
