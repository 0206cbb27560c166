//! Rows for tests: one plain procedure, to be changed in what a test is about, and arbitrary ones.

use chasqui_indicators::formula::{
    Applicant, Days, Due, Milestone, Outcome, Rectified, Row, Stay, Suspension,
};
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Filed on a day, and nothing else.
pub(crate) fn filed(filed_on: Date) -> Row {
    Row {
        reference: "4••4".to_owned(),
        unit: "CAT".to_owned(),
        procedure_type: "GADDMQ-AG-CAT-33".to_owned(),
        type_version: 1,
        channel: "internet".to_owned(),
        applicant: Applicant::Natural,
        filed_on,
        recorded_late: false,
        due: None,
        service_due_on: None,
        term: None,
        suspensions: Vec::new(),
        extensions: 0,
        decided_on: None,
        notified_on: None,
        closed_on: None,
        outcome: None,
        silence: None,
        first_act: None,
        rectified: None,
        watched_from: None,
        days: Days::default(),
        stays: Vec::new(),
    }
}

/// Filed in August 2025, with a due date that nothing moved.
pub(crate) fn due(on: Date) -> Row {
    Row {
        due: Some(Due { strict_on: on, on }),
        ..filed(date(2025, 8, 1))
    }
}

pub(crate) fn notified(row: Row, on: Date) -> Row {
    Row {
        decided_on: Some(on),
        notified_on: Some(on),
        outcome: Some(Outcome::Decided),
        ..row
    }
}

pub(crate) const SNAPSHOT: Date = date(2025, 12, 1);

/// A day of the second half of 2025, at most the day of the snapshot.
fn day() -> impl Strategy<Value = Date> {
    (0..150_i64).prop_map(|days| SNAPSHOT - days.days())
}

fn milestone() -> impl Strategy<Value = Milestone> {
    (day(), 0..60_i32).prop_map(|(on, days)| Milestone { on, days })
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        4 => Just(Outcome::Decided),
        1 => Just(Outcome::Withdrawn),
        1 => Just(Outcome::Abandoned),
        1 => Just(Outcome::Referred),
        1 => Just(Outcome::Silent),
        1 => Just(Outcome::Other),
    ]
}

fn terms() -> impl Strategy<Value = (Option<Due>, Option<Date>, Option<u32>, u32)> {
    let due = (0..200_i64, 0..20_i64).prop_map(|(days, more)| {
        let strict_on = SNAPSHOT + (40 - days).days();
        Due {
            strict_on,
            on: strict_on + more.days(),
        }
    });
    (
        option::of(due),
        option::of(day()),
        option::of(0..40_u32),
        0..3_u32,
    )
}

fn suspension() -> impl Strategy<Value = Suspension> {
    (day(), option::of(day())).prop_map(|(from, until)| Suspension { from, until })
}

fn days() -> impl Strategy<Value = Days> {
    (-2..90_i32, 0..120_i32, 0..30_i32, -20..40_i32).prop_map(|(net, gross, suspended, late)| {
        Days {
            net,
            gross,
            suspended,
            applicant: suspended / 2,
            late,
        }
    })
}

fn stay() -> impl Strategy<Value = Stay> {
    ("[ab]", day(), option::of(day()), 0..20_i32).prop_map(
        |(step, started_on, completed_on, days)| Stay {
            step,
            started_on,
            completed_on,
            days,
        },
    )
}

/// Any row that knows nothing after the snapshot, contradictions of a source included: an end may lie before the
/// filing.
pub(crate) fn any_row() -> impl Strategy<Value = Row> {
    let who = ("[xyz]", "[tu]", 1..3_u32, "internet|desk", any::<bool>());
    let when = (
        day(),
        option::of(day()),
        option::weighted(0.3, day()),
        option::of(outcome()),
    );
    let asked = option::of((1..4_u32, milestone()));
    let rest = (
        terms(),
        vec(suspension(), 0..3),
        (
            option::weighted(0.2, milestone()),
            option::of(milestone()),
            asked,
        ),
        option::weighted(0.3, 0..40_i32),
        (days(), vec(stay(), 0..3)),
    );
    (who, when, rest).prop_map(|(who, when, rest)| {
        let (unit, procedure_type, type_version, channel, recorded_late) = who;
        let (filed_on, notified_on, closed_on, outcome) = when;
        let ((due, service_due_on, term, extensions), suspensions, acts, watched_from, counted) =
            rest;
        let (silence, first_act, asked) = acts;
        Row {
            unit,
            procedure_type,
            type_version,
            channel,
            recorded_late,
            due,
            service_due_on,
            term,
            suspensions,
            extensions,
            decided_on: notified_on,
            notified_on,
            closed_on,
            outcome,
            silence,
            first_act,
            rectified: asked.map(|(rounds, first)| Rectified { rounds, first }),
            watched_from,
            days: counted.0,
            stays: counted.1,
            ..filed(filed_on)
        }
    })
}

pub(crate) fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    vec(any_row(), 0..60)
}
