//! Samples of every event: with every field filled in, and with none that may be absent. What is
//! private in them carries the mark of `generators`.

use chasqui_deadlines::{CalendarVersion, SilenceEffect, SuspensionCause};
use chasqui_procedures::TrackingCode;
use chasqui_procedures::calendar::{CalendarEvent, Decreed};
use chasqui_procedures::catalogue::{
    ClockStop, Step, TypeEvent, TypePublished, Unit, UnitEvent, UnitPublished,
};
use chasqui_procedures::contradiction::Contradiction;
use chasqui_procedures::erasure::ErasureBasis;
use chasqui_procedures::event::{
    Appealed, Assigned, CodeReplaced, Correction, DeadlineRecomputed, Due, DueBasis, Entry, Event,
    Filed, Imported, Notified, PersonErased, RecomputeReason, RectificationAnswered,
    RectificationItem, RectificationRequested, ReopenCause, Reopened, SilenceAccrued, Statement,
    StepCompleted, StepStarted, TermExtended, TermResumed, TermSuspended,
};
use chasqui_procedures::ids::{ProcedureId, SubjectRef};
use chasqui_procedures::log::{LogEvent, Opened};
use chasqui_procedures::outcome::Outcome;
use chasqui_procedures::recorded::{Body, NewEvent, kind};
use chasqui_procedures::subprocedure::{
    SubprocedureAnswered, SubprocedureCancelled, SubprocedureOpened, SubprocedureResult,
};

use crate::given::{
    admitted, answered, archived, asked, corrected, day, decided, entry, filed, label, moment,
    notified, resumed, rules, suspended, transferred, unit, withdrawn,
};

/// The identity of the samples' procedure.
pub(crate) const PROCEDURE: &str = "018f2f6e-7b1a-7cc3-98c4-dc0c0c07398f";

/// One entry of every kind with every field filled in.
pub(crate) fn full_entries() -> Vec<Entry> {
    let stated = Some(Due {
        on: None,
        base_on: None,
        basis: DueBasis::Stated,
    });
    let cause = SuspensionCause::ExternalReport;
    let channel = Some("internet".parse().unwrap());
    let step = label("Inspección");
    vec![
        full_filing(),
        admitted("2025-09-02"),
        entry(
            "2025-09-02",
            Event::Assigned(Assigned {
                to: unit("catastro"),
            }),
        ),
        entry(
            "2025-09-03",
            Event::StepStarted(StepStarted { step: step.clone() }),
        ),
        entry("2025-09-03", Event::StepCompleted(StepCompleted { step })),
        entry("2025-09-04", Event::RectificationRequested(full_request())),
        entry(
            "2025-09-05",
            Event::RectificationAnswered(RectificationAnswered { due: due() }),
        ),
        entry(
            "2025-09-06",
            Event::TermSuspended(TermSuspended { cause, due: stated }),
        ),
        entry(
            "2025-09-07",
            Event::TermResumed(TermResumed { cause, due: due() }),
        ),
        entry(
            "2025-09-08",
            Event::TermExtended(TermExtended {
                days: Some(5),
                due: due(),
            }),
        ),
        transferred("2025-09-09", "az-sur"),
        decided("2025-09-10", Outcome::PartlyGranted),
        entry(
            "2025-09-11T16:30:00.25-05:00",
            Event::Notified(Notified { channel }),
        ),
        withdrawn("2025-09-12"),
        archived("2025-09-13"),
        corrected("2025-09-14", 12, Correction::Outcome(Outcome::Denied)),
        corrected(
            "2025-09-14",
            12,
            Correction::OccurredAt(moment("2025-09-09")),
        ),
        corrected("2025-09-14", 2, Correction::DidNotHappen),
    ]
    .into_iter()
    .chain(after_the_end())
    .chain(of_parts())
    .collect()
}

/// One of each that tells of a part which another unit does.
fn of_parts() -> Vec<Entry> {
    let (number, name) = (2, label("Informe de linderos"));
    let result = SubprocedureResult::Favourable;
    let cancelled = SubprocedureCancelled { number: 3 };
    vec![
        entry(
            "2025-09-09",
            Event::SubprocedureOpened(SubprocedureOpened {
                number,
                unit: unit("catastro"),
                name,
            }),
        ),
        Entry {
            unit: Some(unit("catastro")),
            ..entry(
                "2025-09-10",
                Event::SubprocedureAnswered(SubprocedureAnswered { number, result }),
            )
        },
        entry("2025-09-10", Event::SubprocedureCancelled(cancelled)),
    ]
}

/// What comes after an end, and what follows from the calendar alone.
fn after_the_end() -> Vec<Entry> {
    vec![
        entry(
            "2025-09-15",
            Event::CodeReplaced(CodeReplaced {
                code: Some(
                    "404AM-T154V-M4JS4"
                        .parse::<TrackingCode>()
                        .unwrap()
                        .lookup(b"pepper"),
                ),
            }),
        ),
        entry(
            "2025-09-15",
            Event::PersonErased(PersonErased {
                party: SubjectRef(uuid::Uuid::from_u128(0x1234_5678)),
                basis: ErasureBasis::ConsentWithdrawn,
            }),
        ),
        entry("2025-09-15", Event::Appealed(Appealed {})),
        entry(
            "2025-09-16",
            Event::Reopened(Reopened {
                cause: ReopenCause::AppealUpheld,
                due: due(),
            }),
        ),
        recomputed(RecomputeReason::Decrees(vec!["EC-D172".into()])),
        entry(
            "2025-10-15",
            Event::SilenceAccrued(SilenceAccrued {
                effect: SilenceEffect::Positive,
                expired_on: day("2025-10-14"),
                calendar_version: calendar_version(),
            }),
        ),
    ]
}

fn recomputed(reason: RecomputeReason) -> Entry {
    entry(
        "2025-10-02T09:00:00-05:00",
        Event::DeadlineRecomputed(Box::new(DeadlineRecomputed {
            from: Some(day("2025-10-14")),
            to: Some(day("2025-10-15")),
            base_to: Some(day("2025-10-15")),
            calendar_version: calendar_version(),
            reason,
        })),
    )
}

fn calendar_version() -> CalendarVersion {
    let text = "\"ecuador@2026-11+5d.0123456789abcdef\"";
    serde_json::from_str(text).unwrap()
}

/// One entry of every kind that has fields which may be absent, without them.
pub(crate) fn least_entries() -> Vec<Entry> {
    let cause = SuspensionCause::Rectification;
    let extended = TermExtended {
        days: None,
        due: None,
    };
    vec![
        filed("2025-09-01"),
        asked("2025-09-04", None),
        answered("2025-09-05"),
        suspended("2025-09-06", cause),
        resumed("2025-09-07", cause),
        entry("2025-09-08", Event::TermExtended(extended)),
        notified("2025-09-11"),
        recomputed(RecomputeReason::CalendarData),
    ]
}

/// Everything that is pinned: the kind of stream, the event's name, its stored text, what it means.
pub(crate) fn pinned() -> Vec<(&'static str, NewEvent, Body)> {
    let id: ProcedureId = PROCEDURE.parse().unwrap();
    let entries = full_entries().into_iter().chain(least_entries());
    let mut all: Vec<_> = entries
        .map(|entry| {
            (
                kind::PROCEDURE,
                NewEvent::from(&entry),
                Body::Procedure(id, entry.into()),
            )
        })
        .collect();
    let az = Unit {
        calendars: vec!["EC-QUITO".parse().unwrap()],
        hours: Some(label("lunes a viernes, 8:00 a 16:30")),
        phone: Some(label("02 395 2300")),
        address: Some(label("Av. Amazonas 4532")),
        ..Unit::new(unit("az-norte"), label("Administración Zonal Norte"))
    };
    let published = UnitEvent::Published(UnitPublished { unit: az });
    let stored = NewEvent::encode(published.name(), &published);
    all.push((kind::UNIT, stored, Body::Unit(published.into())));
    let mut full = rules("15bd");
    full.units = vec![unit("az-norte")];
    full.silence = serde_json::from_str(r#"{"amount":30,"sense":"positive"}"#).unwrap();
    full.clock_stops_at = ClockStop::Closing;
    full.steps = vec![Step {
        name: label("Inspección"),
        expected_business_days: Some(3),
    }];
    full.sheet = serde_json::from_str(
        r#"{"summary":"Qué es","audience":"A quién","result":"Qué obtiene","requirements":[{"name":
            "Planos","legal_basis":"Ordenanza 1","held_by_state":true}],"cost":"Sin costo","channels":
            ["desk"],"legal_basis":["COA 158"],"wording":{"in_review":"Lo revisa un técnico"},
            "source":"ilustrativo"}"#,
    )
    .unwrap();
    for version in [full, rules("")] {
        let published = TypeEvent::Published(TypePublished { version }.into());
        let stored = NewEvent::encode(published.name(), &published);
        all.push((kind::PROCEDURE_TYPE, stored, Body::Type(published.into())));
    }
    let decree = serde_json::from_str(
        r#"{"id":"EC-D172","calendar":"EC","effect":"rest","from":"2025-10-09","to":"2025-10-09",
            "issued_on":"2025-10-02","name":{"es":"Decreto 172"}}"#,
    );
    let decreed = CalendarEvent::Decreed(Box::new(Decreed {
        decree: decree.unwrap(),
    }));
    let stored = NewEvent::encode(decreed.name(), &decreed);
    all.push((kind::CALENDAR, stored, Body::Calendar(decreed.into())));
    let opened = LogEvent::Opened(Opened {
        entity: label("Municipio de Quito"),
        zone: "America/Guayaquil".to_owned(),
        synthetic: true,
        pepper_check: "0123abcd".to_owned(),
    });
    let stored = NewEvent::encode(opened.name(), &opened);
    all.push((kind::LOG, stored, Body::Log(opened.into())));
    all
}

fn due() -> Option<Due> {
    let version = "\"ecuador@2026-11+5d.0123456789abcdef\"";
    Some(Due {
        on: Some(day("2025-09-22")),
        base_on: Some(day("2025-09-15")),
        basis: DueBasis::Computed(serde_json::from_str(version).unwrap()),
    })
}

fn full_filing() -> Entry {
    let code: TrackingCode = "404AM-T154V-M4JS4".parse().unwrap();
    let filing = Filed {
        procedure_type: "GADDMQ-AG-CAT-33".parse().unwrap(),
        type_version: 3,
        unit: unit("az-norte"),
        channel: Some("desk".parse().unwrap()),
        applicant_kind: Some("private-natural".parse().unwrap()),
        calendars: rules("").calendars,
        filed_on: day("2025-09-01"),
        clock_stops_at: ClockStop::Decision,
        due: due(),
        code: Some(code.lookup(b"pepper")),
        subject: Some(SubjectRef(uuid::Uuid::from_u128(0x1234_5678))),
    };
    Entry {
        unit: Some(unit("catastro")),
        performer: Some("private-p1".parse().unwrap()),
        imported: Some(Imported {
            source: "private-receipt".parse().unwrap(),
            key: u64::MAX,
            stated_as: Statement::Attribute,
        }),
        contradicts: vec![Contradiction::FilingNotStated, Contradiction::OutOfOrder],
        ..entry("2025-09-01T09:00:00-05:00", Event::Filed(Box::new(filing)))
    }
}

fn full_request() -> RectificationRequested {
    let item = |requirement, already_held_by_state| RectificationItem {
        requirement: label(requirement),
        already_held_by_state,
    };
    RectificationRequested {
        items: vec![item("Plano firmado", true), item("Pago", false)],
        granted_business_days: Some(10),
        due: due(),
    }
}
