//! What anybody may read of an entry, and that nothing else can be read.

use std::collections::BTreeSet;

use chasqui_deadlines::SuspensionCause;
use chasqui_procedures::Moment;
use chasqui_procedures::contradiction::Contradiction;
use chasqui_procedures::event::{Correction, CorrectionReason, Entry, Event, Filed, ReopenCause};
use chasqui_procedures::outcome::Outcome;
use chasqui_procedures::publication::publish;
use chasqui_procedures::subprocedure::SubprocedureResult;
use jiff::Timestamp;
use jiff::civil::Date;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::generators::{PRIVATE, any_entry, cases};
use crate::given::{corrected, filed, moment, notified, withdrawn};
use crate::samples::full_entries;

const RECORDED_AT: &str = "2025-09-01T14:00:05Z";

fn published(sequence: u64, entry: &Entry) -> Value {
    let entry = publish(sequence, RECORDED_AT.parse().unwrap(), entry);
    serde_json::to_value(entry).unwrap()
}

/// Every key that an entry may publish, wherever it stands.
const KEYS: [&str; 36] = [
    "sequence",
    "type",
    "occurred",
    "recorded_at",
    "unit",
    "imported",
    "contradicts",
    "details",
    "step",
    "to",
    "channel",
    "filed_on",
    "items",
    "requirement",
    "already_held_by_state",
    "granted_business_days",
    "cause",
    "days",
    "outcome",
    "due",
    "on",
    "base_on",
    "basis",
    "computed",
    "from",
    "reason",
    "decrees",
    "effect",
    "expired_on",
    "corrects",
    "instead",
    "correction_reason",
    "reopen_cause",
    "subprocedure",
    "result",
    "occurred_at",
];

/// The keys whose texts are wording of the catalogue or the source, written for the public.
const WORDING: [&str; 2] = ["step", "requirement"];

/// Walks every text of a published entry with the key under which it stands.
fn texts<'v>(key: &'v str, value: &'v Value, found: &mut Vec<(&'v str, &'v str)>) {
    match value {
        Value::String(text) => found.push((key, text)),
        Value::Array(values) => values.iter().for_each(|value| texts(key, value, found)),
        Value::Object(fields) => {
            for (key, value) in fields {
                assert!(
                    KEYS.contains(&key.as_str()),
                    "{key} is published: by whose decision?"
                );
                texts(key, value, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether a text is a date, a moment, a word of a closed list or an identifier: no free text.
fn is_closed(text: &str) -> bool {
    let words = Contradiction::ALL
        .map(Contradiction::id)
        .into_iter()
        .chain(Outcome::ALL.map(Outcome::id))
        .chain(SuspensionCause::ALL.map(SuspensionCause::name))
        .chain(["did_not_happen", "stated", "az-norte", "az-sur", "catastro"])
        .chain(["positive", "calendar_data", "EC-D172"])
        .chain(CorrectionReason::ALL.map(CorrectionReason::name))
        .chain(ReopenCause::ALL.map(ReopenCause::name))
        .chain(SubprocedureResult::ALL.map(SubprocedureResult::name));
    words.into_iter().any(|word| word == text)
        || text.parse::<Date>().is_ok()
        || text.parse::<Moment>().is_ok()
        || text.parse::<Timestamp>().is_ok()
        || text.starts_with("ecuador@")
}

fn assert_nothing_private(entry: &Entry) {
    let value = published(1, entry);
    let json = value.to_string();
    assert!(!json.contains(PRIVATE), "{json}");
    if let Event::Filed(filed) = &entry.event {
        for secret in [
            filed.code.map(|code| code.to_string()),
            filed.subject.map(|subject| subject.0.to_string()),
            filed.subject.map(|subject| subject.0.simple().to_string()),
        ] {
            assert!(
                secret.is_none_or(|secret| !json.contains(&secret)),
                "{json}"
            );
        }
    }
    if let Event::PersonErased(erased) = &entry.event {
        assert!(!json.contains(&erased.party.0.to_string()), "{json}");
        assert!(!json.contains(erased.basis.name()), "{json}");
    }
    let mut found = Vec::new();
    texts("", &value, &mut found);
    for (key, text) in found {
        let open = WORDING.contains(&key) || matches!(key, "type" | "channel");
        assert!(open || is_closed(text), "{key} publishes {text:?}");
    }
}

#[test]
fn a_filing_publishes_its_channel_its_legal_day_and_its_due_date() {
    let filing = &full_entries()[0];
    let expected = json!({
        "sequence": 1,
        "type": "Filed",
        "occurred": "2025-09-01T09:00:00-05:00",
        "recorded_at": "2025-09-01T14:00:05Z",
        "unit": "catastro",
        "imported": true,
        "contradicts": ["filing_not_stated", "out_of_order"],
        "details": {
            "channel": "desk",
            "filed_on": "2025-09-01",
            "due": {
                "on": "2025-09-22",
                "base_on": "2025-09-15",
                "basis": { "computed": "ecuador@2026-11+5d.0123456789abcdef" },
            },
        },
    });
    assert_eq!(published(1, filing), expected);
}

#[test]
fn an_event_that_says_nothing_beyond_its_name_has_no_details() {
    for entry in [withdrawn("2025-09-02"), notified("2025-09-02")] {
        let expected = json!({
            "sequence": 7,
            "type": entry.event.name(),
            "occurred": "2025-09-02",
            "recorded_at": "2025-09-01T14:00:05Z",
            "imported": false,
        });
        assert_eq!(published(7, &entry), expected);
    }
}

#[test]
fn a_correction_publishes_what_is_right_instead() {
    let details = |instead| published(3, &corrected("2025-09-02", 2, instead))["details"].clone();
    assert_eq!(
        details(Correction::DidNotHappen),
        json!({ "corrects": 2, "correction_reason": "typing_mistake", "instead": "did_not_happen" })
    );
    assert_eq!(
        details(Correction::OccurredAt(moment("2025-09-01"))),
        json!({ "corrects": 2, "correction_reason": "typing_mistake", "instead": { "occurred_at": "2025-09-01" } })
    );
    assert_eq!(
        details(Correction::Outcome(Outcome::Denied)),
        json!({ "corrects": 2, "correction_reason": "typing_mistake", "instead": { "outcome": "denied" } })
    );
}

#[test]
fn every_event_publishes_what_it_should_and_every_key_is_used() {
    let mut used = BTreeSet::new();
    fn keys(value: &Value, used: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    used.insert(key.clone());
                    keys(value, used);
                }
            }
            Value::Array(values) => values.iter().for_each(|value| keys(value, used)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    for entry in full_entries() {
        assert_nothing_private(&entry);
        keys(&published(1, &entry), &mut used);
    }
    let expected: BTreeSet<_> = KEYS.into_iter().map(str::to_owned).collect();
    assert_eq!(
        used, expected,
        "a published key without a case, or a case without a key"
    );
}

/// The search finds what it looks for: a private field in a public place fails it.
#[test]
fn the_search_for_private_data_can_fail() {
    let entry = filed("2025-09-01");
    let Event::Filed(event) = &entry.event else {
        panic!("a filing")
    };
    let leaking = Filed {
        channel: Some(format!("{PRIVATE}x").parse().unwrap()),
        ..(**event).clone()
    };
    let leaking = Entry {
        event: Event::Filed(Box::new(leaking)),
        ..entry
    };
    assert!(std::panic::catch_unwind(|| assert_nothing_private(&leaking)).is_err());
    assert!(!is_closed("the applicant called twice"));
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn nothing_private_is_ever_published(entry in any_entry()) {
        assert_nothing_private(&entry);
    }
}
