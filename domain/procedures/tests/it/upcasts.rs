//! Old forms of events through every way in which one is read. All of today's are first versions, so
//! the steps here are made up: version 0 was flat, version 1 said `via`, version 2 is today's form.

use chasqui_procedures::Procedure;
use chasqui_procedures::aggregate::{ProcedureAggregate, upcasters};
use chasqui_procedures::event::Entry;
use chasqui_procedures::outcome::Outcome;
use chasqui_procedures::recorded::{Body, NewEvent, RawRecord, UnreadableCause, kind};
use chasqui_procedures::upcast::{Step, TODAY, Upcasts, VersionError};
use cqrs_es::EventEnvelope;
use cqrs_es::persist::{EventUpcaster, SerializedEvent};
use serde_json::{Value, json};

use crate::given::{decided, filed};
use crate::recorded::raw;

const STEPS: &[Step] = &[
    Step {
        event: "Notified",
        from: 0,
        lift: nested,
    },
    Step {
        event: "Notified",
        from: 1,
        lift: channel,
    },
];
const LATER: Upcasts<'static> = Upcasts::new(STEPS);

/// The same fact in each of the three forms.
const FORMS: [(&str, &str); 3] = [
    ("0", r#"{"on":"2025-09-11","by":"p-7","via":"internet"}"#),
    (
        "1",
        r#"{"occurred":"2025-09-11","event":{"Notified":{"via":"internet"}},"performer":"p-7"}"#,
    ),
    (
        "2",
        r#"{"occurred":"2025-09-11","event":{"Notified":{"channel":"internet"}},"performer":"p-7"}"#,
    ),
];

fn nested(mut text: Value) -> Value {
    let mut take = |field| text[field].take();
    let (on, by, via) = (take("on"), take("by"), take("via"));
    json!({"occurred": on, "event": {"Notified": {"via": via}}, "performer": by})
}

fn channel(mut text: Value) -> Value {
    let fields = text["event"]["Notified"].as_object_mut().unwrap();
    let via = fields.remove("via").unwrap();
    fields.insert("channel".to_owned(), via);
    text
}

fn stored(version: &str, payload: &str) -> RawRecord {
    let stored = NewEvent {
        event_type: "Notified".into(),
        event_version: version.to_owned().into(),
        payload: payload.to_owned(),
    };
    raw(kind::PROCEDURE, &stored)
}

fn entry(record: &RawRecord, upcasts: &Upcasts<'_>) -> Entry {
    let Body::Procedure(_, entry) = record.decode_with(upcasts).unwrap().body else {
        panic!("an entry")
    };
    *entry
}

/// What a stock store makes of a row.
fn through_the_framework(
    upcasters: &[Box<dyn EventUpcaster>],
    version: &str,
    payload: &str,
) -> Result<Entry, String> {
    let event = SerializedEvent {
        aggregate_id: "p".to_owned(),
        sequence: 3,
        aggregate_type: kind::PROCEDURE.to_owned(),
        event_type: "Notified".to_owned(),
        event_version: version.to_owned(),
        payload: serde_json::from_str(payload).unwrap(),
        metadata: json!({}),
    };
    let lifted = upcasters.iter().fold(event, |event, one| {
        match one.can_upcast(&event.event_type, &event.event_version) {
            true => one.upcast(event),
            false => event,
        }
    });
    let envelope = EventEnvelope::<ProcedureAggregate>::try_from(lifted);
    envelope
        .map(|it| it.payload)
        .map_err(|error| error.to_string())
}

#[test]
fn every_older_form_is_read_as_todays_and_leads_to_the_same_state() {
    assert!(LATER.hole().is_none());
    let before = [filed("2025-09-01"), decided("2025-09-10", Outcome::Granted)];
    let state = |entry: Entry| Procedure::of(&[&before[..], &[entry]].concat());
    let today = entry(&stored(FORMS[2].0, FORMS[2].1), &LATER);
    assert_eq!(
        state(today.clone()).notified_on,
        Some("2025-09-11".parse().unwrap())
    );
    for (version, payload) in FORMS {
        let read = entry(&stored(version, payload), &LATER);
        assert_eq!(read, today, "version {version}");
        assert_eq!(state(read), state(today.clone()), "version {version}");
    }
}

#[test]
fn the_framework_lifts_by_the_same_steps() {
    let upcasters: Vec<Box<dyn EventUpcaster>> = vec![Box::new(LATER)];
    for (version, payload) in FORMS {
        let ours = entry(&stored(version, payload), &LATER);
        let theirs = through_the_framework(&upcasters, version, payload);
        assert_eq!(theirs, Ok(ours), "version {version}");
    }
}

/// An older program meets what a newer one wrote, although the text itself looks familiar: a field may
/// mean something else by now, so it is not even tried.
#[test]
fn a_newer_version_is_refused_by_every_reader_with_what_to_do() {
    let familiar = FORMS[2].1;
    let refused = stored("2", familiar).decode().unwrap_err();
    let newer = VersionError::Newer {
        version: 2,
        known: 1,
    };
    assert!(matches!(&refused.source, UnreadableCause::Version(error) if *error == newer));
    let said = refused.source.to_string();
    assert_eq!(
        said,
        "version 2 was written by a newer program, this one knows version 1: update it"
    );
    assert_eq!(
        refused.to_string(),
        "cannot read event Notified 2 at position 41"
    );
    let theirs = through_the_framework(&upcasters(), "2", familiar).unwrap_err();
    assert!(theirs.contains(&said), "{theirs}");
    assert!(through_the_framework(&upcasters(), "1", familiar).is_ok());
}

#[test]
fn the_name_of_an_event_that_only_a_newer_program_knows_is_refused_as_such() {
    let payload = r#"{"occurred":"2025-09-11","event":{"Teleported":{}}}"#;
    let record = RawRecord {
        event_type: "Teleported".to_owned(),
        ..stored("1", payload)
    };
    let refused = record.decode().unwrap_err().source;
    assert!(
        matches!(&refused, UnreadableCause::Name { name, .. } if name == "Teleported"),
        "{refused:?}"
    );
    assert!(refused.to_string().contains("update"), "{refused}");
}

#[test]
fn a_text_that_is_stored_under_another_name_is_refused() {
    let record = RawRecord {
        event_type: "Withdrawn".to_owned(),
        ..stored("1", FORMS[2].1)
    };
    let refused = record.decode().unwrap_err().source;
    assert!(
        matches!(refused, UnreadableCause::Misnamed("Notified")),
        "{refused:?}"
    );
}

#[test]
fn what_is_written_has_todays_version() {
    let entry = entry(&stored("1", FORMS[2].1), &TODAY);
    assert_eq!(NewEvent::from(&entry).event_version, "1");
    assert_eq!((LATER.version("Notified"), LATER.version("Filed")), (2, 1));
    let changed: Vec<_> = LATER.changed().collect();
    assert_eq!(changed, [("Notified", 1), ("Notified", 2)]);
}
