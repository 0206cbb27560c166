//! Filing: what the first entry says, and from which day the term is counted. The dates are those of
//! the published vectors (D01 to D27), counted there by hand.

use chasqui_deadlines::{FilingPolicy, OfficeHours, Policies};
use chasqui_procedures::TrackingCode;
use chasqui_procedures::catalogue::ClockStop;
use chasqui_procedures::command::{File, Wish};
use chasqui_procedures::event::{Due, DueBasis, Entry, Event, Filed};
use chasqui_procedures::ids::SubjectRef;
use chasqui_procedures::outcome::{Stage, WaitingOn};
use chasqui_procedures::rejection::Rejection;

use crate::given::{
    QUITO, both, calendar, day, due_of, file, filed, filing, given, moment, rules, unit,
};

fn office_hours() -> Policies {
    Policies {
        filing: FilingPolicy::OfficeHours(OfficeHours::DEFAULT),
        ..Policies::default()
    }
}

fn filed_event(entry: &Entry) -> &Filed {
    let Event::Filed(filed) = &entry.event else {
        panic!("not a filing: {entry:?}")
    };
    filed
}

#[test]
fn filing_records_everything_that_governs_the_procedure_to_its_end() {
    let code: TrackingCode = "404AM-T154V-M4JS4".parse().unwrap();
    let wish = File {
        channel: Some("desk".parse().unwrap()),
        applicant_kind: Some("natural".parse().unwrap()),
        code: Some(code.lookup(b"pepper")),
        subject: Some(SubjectRef(uuid::Uuid::from_u128(7))),
        ..file()
    };
    let entry = given("10bd", [])
        .stopping_at(ClockStop::Decision)
        .when(
            "2025-10-31T17:30:00-05:00",
            Wish::File(Box::new(wish.clone())),
        )
        .unwrap();
    let due = Due {
        on: Some(day("2025-11-18")),
        base_on: Some(day("2025-11-18")),
        basis: DueBasis::Computed(QUITO.version().clone()),
    };
    let expected = Filed {
        procedure_type: "GADDMQ-AG-CAT-33".parse().unwrap(),
        type_version: 3,
        unit: unit("az-norte"),
        channel: wish.channel,
        applicant_kind: wish.applicant_kind,
        calendars: QUITO.ids().to_vec(),
        filed_on: day("2025-10-31"),
        clock_stops_at: ClockStop::Decision,
        due: Some(due),
        code: wish.code,
        subject: wish.subject,
    };
    let expected = Entry {
        occurred: moment("2025-10-31T17:30:00-05:00"),
        event: Event::Filed(Box::new(expected)),
        unit: None,
        performer: None,
        imported: None,
        contradicts: Vec::new(),
    };
    assert_eq!(entry, expected);
}

#[test]
fn a_filed_procedure_waits_for_the_municipality_until_somebody_takes_it_up() {
    let state = given("10bd", [])
        .lived("2025-10-31T17:30:00-05:00", filing())
        .state();
    assert_eq!(state.version, 1);
    assert_eq!(state.stage(), Stage::Filed);
    assert_eq!(state.waiting_on(), WaitingOn::Municipality);
    assert_eq!(state.unit, Some(unit("az-norte")));
    assert_eq!(state.unit_since, Some(day("2025-10-31")));
    assert_eq!((state.outcome(), state.ended_on()), (None, None));
}

/// Vectors D01, D02 and D27 to D28: by the civil date, and by the hours of a desk.
#[test]
fn what_a_closed_desk_receives_counts_as_filed_on_the_next_business_day() {
    let cases = [
        // Friday evening before the rest days of 3 and 4 November.
        (
            "2025-10-31T17:30:00-05:00",
            "10bd",
            false,
            "2025-10-31",
            "2025-11-18",
        ),
        (
            "2025-10-31T17:30:00-05:00",
            "10bd",
            true,
            "2025-11-05",
            "2025-11-19",
        ),
        // At closing time, and one second later.
        (
            "2025-09-15T16:30:00-05:00",
            "5bd",
            true,
            "2025-09-15",
            "2025-09-22",
        ),
        (
            "2025-09-15T16:30:01-05:00",
            "5bd",
            true,
            "2025-09-16",
            "2025-09-23",
        ),
        // On a rest day.
        (
            "2025-11-03T10:00:00-05:00",
            "5bd",
            false,
            "2025-11-03",
            "2025-11-11",
        ),
        (
            "2025-11-03T10:00:00-05:00",
            "5bd",
            true,
            "2025-11-05",
            "2025-11-12",
        ),
    ];
    for (at, term, desk, filed_on, due_on) in cases {
        let policies = if desk {
            office_hours()
        } else {
            Policies::default()
        };
        let entry = given(term, []).under(policies).when(at, filing()).unwrap();
        assert_eq!(filed_event(&entry).filed_on, day(filed_on), "{at}");
        assert_eq!(due_of(&entry), both(due_on), "{at}");
    }
}

#[test]
fn a_filing_of_which_only_the_day_is_known_has_no_hour_to_be_too_late() {
    let entry = given("10bd", [])
        .under(office_hours())
        .when("2025-10-31", filing())
        .unwrap();
    assert_eq!(filed_event(&entry).filed_on, day("2025-10-31"));
    assert_eq!(due_of(&entry), both("2025-11-18"));
}

/// Vectors D10 to D12.
#[test]
fn the_civil_date_is_that_of_quito_however_the_instant_is_written() {
    let cases = [
        ("2026-01-01T04:30:00Z", "5bd", "2025-12-31", "2026-01-09"),
        ("2025-11-18T04:59:59Z", "1bd", "2025-11-17", "2025-11-18"),
        ("2025-11-18T05:00:00Z", "1bd", "2025-11-18", "2025-11-19"),
        (
            "2025-11-18T13:00:00+09:00",
            "1bd",
            "2025-11-17",
            "2025-11-18",
        ),
    ];
    for (at, term, filed_on, due_on) in cases {
        let entry = given(term, []).when(at, filing()).unwrap();
        assert_eq!(filed_event(&entry).filed_on, day(filed_on), "{at}");
        assert_eq!(entry.occurred.on(), day(filed_on), "{at}");
        assert_eq!(
            entry.occurred.at(),
            moment(at).at(),
            "{at} is the same instant"
        );
        assert_eq!(due_of(&entry), both(due_on), "{at}");
    }
}

/// Vectors D17 and D18: the Friday on which Guayaquil rests does not count for its people (COA 159).
#[test]
fn the_applicants_calendar_counts_beside_the_units_and_both_are_recorded() {
    let at = "2026-07-20T09:00:00-05:00";
    let union = calendar(&["EC", "EC-GUAYAQUIL", "EC-QUITO"], "2026-07-20T00:00:00Z");
    let entry = given("5bd", [])
        .by(union.clone())
        .when(at, filing())
        .unwrap();
    assert_eq!(due_of(&entry), both("2026-07-28"));
    assert_eq!(filed_event(&entry).calendars, union.ids());
    let entry = given("5bd", []).when(at, filing()).unwrap();
    assert_eq!(due_of(&entry), both("2026-07-27"));
}

/// Vectors D20 and D21: Decree 172 of 2 October 2025.
#[test]
fn a_due_date_names_the_calendar_that_was_known_when_it_was_computed() {
    let filed_when_known = |known_at| {
        let calendar = calendar(&["EC", "EC-QUITO"], known_at);
        let given = given("10bd", []).by(calendar.clone());
        let entry = given.when("2025-09-29T09:00:00-05:00", filing()).unwrap();
        let basis = &entry.event.due().unwrap().basis;
        assert_eq!(*basis, DueBasis::Computed(calendar.version().clone()));
        (due_of(&entry), basis.clone())
    };
    let (before, old) = filed_when_known("2025-10-01T12:00:00-05:00");
    let (after, new) = filed_when_known("2025-10-03T12:00:00-05:00");
    assert_eq!((before, after), (both("2025-10-14"), both("2025-10-15")));
    assert_ne!(old, new);
}

/// Vectors D26, D50 and D60: at once, in months, in calendar days.
#[test]
fn terms_of_every_kind_are_counted() {
    let cases = [
        ("2025-09-14T09:00:00-05:00", "0imm", "2025-09-15"),
        ("2025-10-31", "1m", "2025-12-05"),
        ("2025-08-30", "15cd", "2025-09-14"),
    ];
    for (at, term, due_on) in cases {
        let entry = given(term, []).when(at, filing()).unwrap();
        assert_eq!(due_of(&entry), both(due_on), "{term}");
    }
}

#[test]
fn a_type_without_a_term_states_no_due_date() {
    let entry = given("", [])
        .when("2025-10-31T17:30:00-05:00", filing())
        .unwrap();
    assert_eq!(entry.event.due(), None);
    assert_eq!(filed_event(&entry).filed_on, day("2025-10-31"));
}

#[test]
fn what_is_filed_is_not_filed_again() {
    let again = given("10bd", [filed("2025-09-01")]).when("2025-09-02", filing());
    assert_eq!(again, Err(Rejection::AlreadyFiled));
}

#[test]
fn a_filing_may_be_recorded_late_but_never_early() {
    let given = given("10bd", []);
    let now = "2025-09-15T10:00:00-05:00";
    let late = given
        .when_late(now, "2025-09-01T09:00:00-05:00", filing())
        .unwrap();
    assert_eq!(due_of(&late), both("2025-09-15"));
    for early in [
        "2025-09-15T10:00:01-05:00",
        "2025-09-16",
        "2025-09-15T15:00:01Z",
    ] {
        assert_eq!(
            given.when_late(now, early, filing()),
            Err(Rejection::InTheFuture),
            "{early}"
        );
    }
    let today = given.when_late(now, "2025-09-15", filing());
    assert!(today.is_ok(), "the day is not over, but it has begun");
}

#[test]
fn a_filing_that_the_arithmetic_cannot_follow_is_refused_by_name() {
    let hours = OfficeHours {
        open: OfficeHours::DEFAULT.close,
        close: OfficeHours::DEFAULT.open,
    };
    let policies = Policies {
        filing: FilingPolicy::OfficeHours(hours),
        ..Policies::default()
    };
    let refused = given("10bd", [])
        .under(policies)
        .when("2025-09-01", filing());
    assert_eq!(refused.unwrap_err().name(), "InvalidOfficeHours");
    let refused = given("10bd", []).when("2200-12-30", filing());
    assert_eq!(refused.unwrap_err().name(), "DateOutOfRange");
    assert!(rules("10bd").term.is_some());
}
