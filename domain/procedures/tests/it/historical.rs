//! Historical mode: what a source claims is recorded as it claims it, nothing is taken twice and nothing
//! is lost. What contradicts itself is in `contradictions.rs`.

use chasqui_deadlines::SuspensionCause;
use chasqui_procedures::Procedure;
use chasqui_procedures::contradiction::Contradiction;
use chasqui_procedures::event::{
    Corrected, Correction, CorrectionReason, Due, DueBasis, Entry, Event, Filed, Imported,
    Statement, TermExtended,
};
use chasqui_procedures::historical::{Claim, Claimed, ClaimedProcedure, record};
use chasqui_procedures::outcome::{Outcome, Stage};
use chasqui_procedures::standing::Kind;

use crate::given::{Given, QUITO, both, day, due_of, entry, given, label, moment, rules, unit};

pub(crate) const REPORT: SuspensionCause = SuspensionCause::ExternalReport;
pub(crate) const GRANTED: Claimed = Claimed::Decided(Outcome::Granted);

pub(crate) fn step() -> Claimed {
    Claimed::StepCompleted(label("Inspección"))
}

/// A source's claims, in its order, with keys from 1.
pub(crate) fn claims<const N: usize>(claims: [(&str, Claimed); N]) -> ClaimedProcedure {
    let claim = |(key, (occurred, what)): (u64, (&str, Claimed))| Claim {
        occurred: moment(occurred),
        what,
        unit: None,
        performer: None,
        key,
        stated_as: Statement::Event,
    };
    ClaimedProcedure {
        source: "receipt".parse().unwrap(),
        unit: unit("az-norte"),
        channel: None,
        applicant_kind: None,
        filed: None,
        due_on: None,
        code: None,
        claims: (1..).zip(claims).map(claim).collect(),
    }
}

/// The history that claims leave, from nothing.
pub(crate) fn recorded(term: &str, claimed: &ClaimedProcedure) -> Given {
    let entries = record(&Procedure::default(), claimed, &rules(term), &QUITO);
    given(term, entries)
}

/// The contradictions of each entry, in order.
pub(crate) fn named(given: &Given) -> Vec<&[Contradiction]> {
    given
        .history
        .iter()
        .map(|entry| entry.contradicts.as_slice())
        .collect()
}

pub(crate) fn keys(entries: &[Entry]) -> Vec<u64> {
    let key = |entry: &Entry| entry.imported.as_ref().unwrap().key;
    entries.iter().map(key).collect()
}

#[test]
fn a_tidy_history_is_recorded_as_it_is_claimed() {
    let claimed = ClaimedProcedure {
        channel: Some("post".parse().unwrap()),
        applicant_kind: Some("legal".parse().unwrap()),
        ..claims([
            ("2025-10-13", Claimed::Filed),
            ("2025-10-14", Claimed::Admitted),
            ("2025-10-15", Claimed::StepStarted(label("Inspección"))),
            ("2025-10-16", step()),
            ("2025-10-20", Claimed::RectificationRequested),
            ("2025-10-29", Claimed::RectificationAnswered),
            ("2025-10-30", Claimed::Suspended(REPORT)),
            ("2025-10-30", Claimed::Resumed(REPORT)),
            ("2025-10-31", Claimed::Extended),
            ("2025-11-05", GRANTED),
            ("2025-11-06", Claimed::Notified),
            ("2025-11-07", Claimed::Archived),
        ])
    };
    let given = recorded("15bd", &claimed);
    let names: Vec<_> = given
        .history
        .iter()
        .map(|entry| entry.event.name())
        .collect();
    assert_eq!(
        names,
        [
            "Filed",
            "Admitted",
            "StepStarted",
            "StepCompleted",
            "RectificationRequested",
            "RectificationAnswered",
            "TermSuspended",
            "TermResumed",
            "TermExtended",
            "Decided",
            "Notified",
            "Archived",
        ]
    );
    assert_eq!(keys(&given.history), (1..=12).collect::<Vec<_>>());
    assert!(named(&given).iter().all(|named| named.is_empty()));
    let state = given.state();
    assert_eq!((state.contradictions, state.version), (0, 12));
    assert_eq!(
        (state.stage(), state.outcome()),
        (Stage::Ended, Some(Outcome::Granted))
    );
    assert_eq!(state.ended_on(), Some(day("2025-11-06")));
    assert!(state.filing.unwrap().imported);
}

#[test]
fn a_filing_that_is_claimed_says_what_governs_it() {
    let claimed = ClaimedProcedure {
        channel: Some("post".parse().unwrap()),
        ..claims([("2025-10-13T09:00:00-05:00", Claimed::Filed)])
    };
    // A type that names no calendar goes by its profile's: the entry says which.
    let mut rules = rules("15bd");
    rules.calendars.clear();
    let entries = record(&Procedure::default(), &claimed, &rules, &QUITO);
    let due = Due {
        on: Some(day("2025-11-05")),
        base_on: Some(day("2025-11-05")),
        basis: DueBasis::Computed(QUITO.version().clone()),
    };
    let filed = Filed {
        procedure_type: rules.id,
        type_version: 3,
        unit: unit("az-norte"),
        channel: claimed.channel,
        applicant_kind: None,
        calendars: QUITO.ids().to_vec(),
        filed_on: day("2025-10-13"),
        clock_stops_at: rules.clock_stops_at,
        due: Some(due),
        code: None,
        subject: None,
    };
    let imported = Imported {
        source: "receipt".parse().unwrap(),
        key: 1,
        stated_as: Statement::Event,
    };
    let expected = Entry {
        imported: Some(imported),
        ..entry("2025-10-13T09:00:00-05:00", Event::Filed(Box::new(filed)))
    };
    assert_eq!(entries, [expected]);
}

/// Vectors D30 and D36: the source does not say how many days it granted, so nothing bounds it.
#[test]
fn due_dates_follow_what_the_source_says_stopped_the_term() {
    let given = recorded(
        "15bd",
        &claims([
            ("2025-10-13", Claimed::Filed),
            ("2025-10-20", Claimed::RectificationRequested),
            ("2025-10-29", Claimed::RectificationAnswered),
        ]),
    );
    let due: Vec<_> = given.history.iter().map(due_of).collect();
    assert_eq!(due, [both("2025-11-05"), (None, None), both("2025-11-14")]);
    assert_eq!(given.stands("2025-11-14").kind, Kind::DueToday);
}

#[test]
fn a_due_date_that_the_source_states_stays_whatever_happens() {
    let claimed = ClaimedProcedure {
        due_on: Some(day("2025-12-01")),
        ..claims([
            ("2025-10-13", Claimed::Filed),
            ("2025-10-20", Claimed::Suspended(REPORT)),
            ("2025-10-29", Claimed::Resumed(REPORT)),
        ])
    };
    let given = recorded("15bd", &claimed);
    let stated = Due {
        on: Some(day("2025-12-01")),
        base_on: Some(day("2025-12-01")),
        basis: DueBasis::Stated,
    };
    assert_eq!(given.history[0].event.due(), Some(stated.clone()));
    assert!(
        given.history[1..]
            .iter()
            .all(|entry| entry.event.due().is_none())
    );
    assert_eq!(given.state().due, Some(stated));
}

#[test]
fn an_extension_of_unknown_length_lengthens_nothing() {
    let given = recorded(
        "10bd",
        &claims([
            ("2025-09-01", Claimed::Filed),
            ("2025-09-03", Claimed::Extended),
        ]),
    );
    let Event::TermExtended(TermExtended { days, due }) = &given.history[1].event else {
        panic!("{:?}", given.history[1])
    };
    assert_eq!(
        (*days, due.as_ref().and_then(|due| due.on)),
        (None, Some(day("2025-09-15")))
    );
}

#[test]
fn a_unit_is_named_only_where_it_is_another() {
    let mut claimed = claims([("2025-09-01", Claimed::Filed), ("2025-09-02", step())]);
    claimed.claims[0].unit = Some(unit("az-norte"));
    claimed.claims[1].unit = Some(unit("catastro"));
    claimed.claims[1].performer = Some("p-1".parse().unwrap());
    let given = recorded("10bd", &claimed);
    assert_eq!(given.history[0].unit, None);
    assert_eq!(given.history[1].unit, Some(unit("catastro")));
    assert_eq!(given.history[1].performer, Some("p-1".parse().unwrap()));
}

// --- the filing ---

#[test]
fn a_filing_is_the_first_entry_wherever_the_source_lists_it() {
    let given = recorded(
        "10bd",
        &claims([
            ("2025-09-01", step()),
            ("2025-09-02", Claimed::Filed),
            ("2025-09-03", step()),
        ]),
    );
    assert_eq!(keys(&given.history), [2, 1, 3]);
    assert_eq!(
        named(&given),
        [&[][..], &[Contradiction::BeforeFiling], &[]]
    );
    assert_eq!(
        given.state().span,
        Some((day("2025-09-01"), day("2025-09-03")))
    );
}

#[test]
fn a_procedure_without_a_filing_is_placed_at_its_first_event() {
    let mut claimed = claims([("2025-09-02", step()), ("2025-09-03", GRANTED)]);
    claimed.claims[0].performer = Some("p-1".parse().unwrap());
    let given = recorded("10bd", &claimed);
    let filing = &given.history[0];
    assert_eq!(
        filing.performer, None,
        "whoever did the first step did not file it"
    );
    assert_eq!(filing.event.name(), "Filed");
    assert_eq!(filing.occurred, moment("2025-09-02"));
    assert_eq!(filing.contradicts, [Contradiction::FilingNotStated]);
    let imported = filing.imported.as_ref().unwrap();
    assert_eq!(
        (imported.key, imported.stated_as),
        (0, Statement::Attribute)
    );
    assert_eq!(
        given.history.len(),
        3,
        "the first event is recorded beside it"
    );
    assert_eq!(given.state().filing.unwrap().filed_on, day("2025-09-02"));
    assert_eq!(given.state().stage(), Stage::Decided, "it has its effect");
}

/// The source's day of filing counts for the term; the events keep their own days.
#[test]
fn a_stated_day_of_filing_is_the_legal_one() {
    let stated = ClaimedProcedure {
        filed: Some(moment("2025-09-01")),
        ..claims([("2025-09-03", Claimed::Filed), ("2025-09-04", step())])
    };
    let given = recorded("10bd", &stated);
    assert_eq!(given.history[0].occurred, moment("2025-09-03"));
    assert_eq!(given.state().filing.unwrap().filed_on, day("2025-09-01"));
    assert_eq!(due_of(&given.history[0]), both("2025-09-15"));

    let without_event = ClaimedProcedure {
        filed: Some(moment("2025-09-01")),
        ..claims([("2025-09-04", step())])
    };
    let given = recorded("10bd", &without_event);
    assert_eq!(given.history[0].occurred, moment("2025-09-01"));
    assert_eq!(named(&given), [&[Contradiction::FilingNotStated][..], &[]]);
    assert_eq!(due_of(&given.history[0]), both("2025-09-15"));
    let span = given.state().span;
    assert_eq!(
        span,
        Some((day("2025-09-04"), day("2025-09-04"))),
        "an attribute is no event"
    );
}

/// A source is held to the day of filing that it states; an end before that day keeps its effect.
#[test]
fn events_before_a_stated_day_of_filing_are_named() {
    let claimed = ClaimedProcedure {
        filed: Some(moment("2025-09-05")),
        ..claims([("2025-09-03", Claimed::Admitted), ("2025-09-04", GRANTED)])
    };
    let given = recorded("10bd", &claimed);
    assert_eq!(
        named(&given),
        [
            &[Contradiction::FilingNotStated][..],
            &[Contradiction::BeforeFiling],
            &[Contradiction::EndBeforeFiling],
        ]
    );
    assert!(!given.state().admitted);
    assert_eq!(given.state().outcome(), Some(Outcome::Granted));
}

#[test]
fn a_due_date_on_the_day_of_filing_contradicts_nothing() {
    let due_on = |due_on, filed: Option<&str>| {
        let claimed = ClaimedProcedure {
            due_on: Some(day(due_on)),
            filed: filed.map(moment),
            ..claims([("2025-09-03", Claimed::Filed)])
        };
        recorded("10bd", &claimed).history.remove(0).contradicts
    };
    assert_eq!(due_on("2025-09-03", None), []);
    assert_eq!(due_on("2025-09-02", None), [Contradiction::DueBeforeFiling]);
    assert_eq!(
        due_on("2025-09-02", Some("2025-09-01")),
        [],
        "the stated day counts"
    );
}

#[test]
fn a_source_that_says_nothing_adds_nothing() {
    assert_eq!(recorded("10bd", &claims([])).history, []);
}

/// Claims that the arithmetic cannot follow are kept, with the due date as it was.
#[test]
fn what_the_arithmetic_cannot_follow_is_recorded_all_the_same() {
    let given = recorded(
        "10bd",
        &claims([
            ("2025-09-01", Claimed::Filed),
            ("2025-08-29", Claimed::Suspended(REPORT)),
        ]),
    );
    assert_eq!(named(&given)[1], [Contradiction::OutOfOrder]);
    assert_eq!(given.history[1].event.due(), None);
    assert_eq!(given.state().due.unwrap().on, Some(day("2025-09-15")));
    assert!(given.state().is_suspended_for(REPORT));
}

// --- once ---

fn untidy() -> ClaimedProcedure {
    claims([
        ("2025-09-02", step()),
        ("2025-09-03", Claimed::Filed),
        ("2025-09-04", Claimed::RectificationRequested),
        ("2025-09-03", step()),
        ("2025-09-09", Claimed::RectificationAnswered),
        ("2025-09-10", GRANTED),
        ("2025-09-11", GRANTED),
    ])
}

#[test]
fn a_record_handed_in_twice_adds_nothing() {
    for claimed in [untidy(), claims([("2025-09-02", step())])] {
        let given = recorded("10bd", &claimed);
        assert_eq!(record(&given.state(), &claimed, &given.rules, &QUITO), []);
    }
}

#[test]
fn a_record_handed_in_half_continues_where_it_was() {
    for claimed in [
        untidy(),
        claims([("2025-09-02", step()), ("2025-09-03", GRANTED)]),
    ] {
        let whole = recorded("10bd", &claimed);
        for half in 0..whole.history.len() {
            let state = Procedure::of(&whole.history[..half]);
            let rest = record(&state, &claimed, &whole.rules, &QUITO);
            assert_eq!(rest, whole.history[half..], "after {half} entries");
        }
    }
}

#[test]
fn a_source_that_grew_adds_what_is_new() {
    let mut grown = untidy();
    let given = recorded("10bd", &grown);
    grown.claims.push(Claim {
        key: 8,
        what: Claimed::Notified,
        ..grown.claims[6].clone()
    });
    let new = record(&given.state(), &grown, &given.rules, &QUITO);
    assert_eq!(keys(&new), [8]);
    assert_eq!(new[0].contradicts, []);
}

#[test]
fn one_key_is_one_record_also_within_one_list() {
    let mut claimed = claims([("2025-09-01", Claimed::Filed), ("2025-09-02", step())]);
    claimed.claims.push(claimed.claims[1].clone());
    claimed.claims.push(claimed.claims[0].clone());
    assert_eq!(keys(&recorded("10bd", &claimed).history), [1, 2]);
}

/// What an officer found not to have happened does not come back with the next import.
#[test]
fn an_import_does_not_undo_a_correction() {
    let claimed = claims([
        ("2025-09-01", Claimed::Filed),
        ("2025-09-02", GRANTED),
        ("2025-09-03", Claimed::Notified),
    ]);
    let mut given = recorded("10bd", &claimed);
    for sequence in 1..=3 {
        let instead = Correction::DidNotHappen;
        let event = Event::Corrected(Corrected {
            sequence,
            instead,
            reason: CorrectionReason::TypingMistake,
            due: None,
        });
        given.history.push(entry("2025-09-04", event));
        let again = record(&given.state(), &claimed, &given.rules, &QUITO);
        assert_eq!(again, [], "entry {sequence} did not happen");
    }
}
