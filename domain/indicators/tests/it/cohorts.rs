//! TI-01 to TI-05, TI-09, TI-10, TI-14: who is in the denominator, and who is not.

use chasqui_indicators::formula::{
    Clock, Days, Due, Milestone, Outcome, Period, Row, Snapshot, Suspension, days_to_notification,
    extended, lateness, on_time, on_time_of_closed, on_time_strict, service_standard, silence,
};
use chasqui_indicators::{Decimal, Figure};
use jiff::civil::{Date, date};
use serde_json::Value;

use crate::rows::{due, filed, notified};
use crate::vectors::{count, vector};

const SEPTEMBER: (i16, i8) = (2025, 9);

fn september() -> Period {
    Period::month_of(date(SEPTEMBER.0, SEPTEMBER.1, 1))
}

fn day(day: i8) -> Date {
    date(SEPTEMBER.0, SEPTEMBER.1, day)
}

fn of(rows: &[Row], formula: fn(&Snapshot<'_>, Period) -> Figure) -> Figure {
    formula(
        &Snapshot::new(date(2025, 10, 20), rows).unwrap(),
        september(),
    )
}

fn numbers(figure: &Figure) -> (u64, u64) {
    (figure.numerator.unwrap(), figure.denominator.unwrap())
}

#[test]
fn i03_open_overdue_procedures_are_seen_by_the_due_cohort_only() {
    let (input, expected) = vector("I03");
    let date_of = |value: &Value| value.as_str().map(|text| text.parse::<Date>().unwrap());
    let rows: Vec<Row> = input
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let row = due(date_of(&one["due"]).unwrap());
            match date_of(&one["notified"]) {
                Some(on) => notified(row, on),
                None => row,
            }
        })
        .collect();
    for (name, formula) in [
        ("due_cohort", on_time as fn(&Snapshot<'_>, Period) -> Figure),
        ("closing_cohort", on_time_of_closed),
    ] {
        let expected = &expected[name];
        let figure = of(&rows, formula);
        let (on_time, n) = numbers(&figure);
        assert_eq!(
            (on_time, n),
            (count(&expected["on_time"]), count(&expected["n"])),
            "{name}"
        );
        // Six are too few to publish a share: k and n are told instead.
        assert!(figure.suppressed && figure.value.is_none());
        let share = chasqui_indicators::Ratio::of_counts(on_time, n).unwrap();
        let share = Decimal::of(share, chasqui_indicators::Precision::Share);
        assert_eq!(Some(share.to_f64()), expected["share"].as_f64(), "{name}");
    }
}

#[test]
fn who_left_before_the_due_date_is_in_no_denominator_but_counted() {
    let left = |outcome, closed_on| Row {
        outcome: Some(outcome),
        closed_on: Some(closed_on),
        ..due(day(10))
    };
    let rows = [
        left(Outcome::Withdrawn, day(9)),
        left(Outcome::Abandoned, day(10)),
        left(Outcome::Referred, day(1)),
        // Too late to be no answer, or never an answer at all.
        left(Outcome::Withdrawn, day(11)),
        left(Outcome::Other, day(9)),
        notified(due(day(10)), day(10)),
    ];
    let figure = of(&rows, on_time);
    assert_eq!(numbers(&figure), (1, 3));
    assert_eq!(figure.parts["unanswered"], 2);
    for reason in ["withdrawn", "abandoned", "transferred"] {
        assert_eq!(figure.excluded[reason], 1, "{reason}");
    }
}

#[test]
fn a_term_that_rests_on_its_due_date_is_no_lateness_but_a_request_on_that_day_is_too_late() {
    let resting = |from| Row {
        suspensions: vec![Suspension { from, until: None }],
        ..due(day(10))
    };
    let figure = of(
        &[resting(day(9)), resting(day(10)), resting(day(11))],
        on_time,
    );
    assert_eq!(
        (numbers(&figure), figure.excluded["suspended"]),
        ((0, 2), 1)
    );
}

#[test]
fn what_is_due_on_the_day_of_the_snapshot_is_not_late_yet() {
    let rows = [due(day(15)), notified(due(day(15)), day(3)), due(day(14))];
    let snapshot = Snapshot::new(day(15), &rows).unwrap();
    let figure = on_time(&snapshot, september());
    assert_eq!(
        (numbers(&figure), figure.excluded["not_yet_due"]),
        ((0, 1), 2)
    );
}

#[test]
fn extensions_do_not_help_the_strict_figure() {
    let prolonged = Row {
        due: Some(Due {
            strict_on: day(5),
            on: day(12),
        }),
        extensions: 1,
        ..due(day(12))
    };
    let rows = [
        notified(prolonged, day(12)),
        notified(due(day(20)), day(20)),
    ];
    assert_eq!(numbers(&of(&rows, on_time)), (2, 2));
    assert_eq!(numbers(&of(&rows, on_time_strict)), (1, 2));
    assert_eq!(numbers(&of(&rows, extended)), (1, 2));
}

#[test]
fn the_own_promise_is_another_cohort() {
    let promised = |service_due_on| Row {
        service_due_on,
        ..notified(due(day(20)), day(8))
    };
    let rows = [
        promised(Some(day(8))),
        promised(Some(day(7))),
        promised(None),
    ];
    assert_eq!(numbers(&of(&rows, service_standard)), (1, 2));
}

#[test]
fn procedures_without_a_term_are_counted_beside_the_closing_cohort() {
    let rows = [
        notified(filed(date(2025, 8, 1)), day(3)),
        notified(due(day(9)), day(3)),
    ];
    let figure = of(&rows, on_time_of_closed);
    assert_eq!(
        (numbers(&figure), figure.excluded["without_term"]),
        ((1, 1), 1)
    );
}

#[test]
fn days_are_told_on_the_clock_that_was_asked_for() {
    let rows: Vec<Row> = [2, 3, 3, 5, 8, 8, 10, 12, 15, 40]
        .into_iter()
        .map(|net| Row {
            days: Days {
                net,
                gross: 2 * net,
                ..Days::default()
            },
            ..notified(due(day(9)), day(3))
        })
        .collect();
    let snapshot = Snapshot::new(day(30), &rows).unwrap();
    let net = days_to_notification(&snapshot, september(), Clock::Net);
    let gross = days_to_notification(&snapshot, september(), Clock::Gross);
    assert_eq!(net.value.unwrap().to_string(), "8");
    assert_eq!(gross.value.unwrap().to_string(), "16");
    let spread = net.spread.unwrap();
    assert_eq!(
        (spread.p80, spread.p90, spread.p95),
        (Some(12), Some(15), None)
    );
    assert_eq!(spread.mean.unwrap().to_string(), "10.6");
}

#[test]
fn lateness_counts_what_is_unanswered_so_far() {
    let taking = |net, late, notified_on: Option<i8>| Row {
        term: Some(10),
        days: Days {
            net,
            late,
            ..Days::default()
        },
        notified_on: notified_on.map(day),
        ..due(day(10))
    };
    let mut rows = vec![
        taking(20, 10, Some(25)), // exactly twice is not more than twice
        taking(21, 11, Some(26)),
        taking(38, 28, None),
        taking(13, 3, Some(15)),
        taking(12, 2, Some(12)),
    ];
    rows.extend((0..5).map(|_| taking(7, -3, Some(8))));
    let figure = of(&rows, lateness);
    assert_eq!(numbers(&figure), (2, 10));
    assert_eq!(figure.value.unwrap().to_string(), "0.2");
    assert_eq!(figure.further["late_only_median"].to_string(), "10");
    let spread = figure.spread.unwrap();
    assert_eq!((spread.min, spread.max), (Some(0), Some(28)));
    assert_eq!(
        serde_json::to_string(&spread.histogram).unwrap(),
        "[[0,5],[2,1],[3,1],[10,1],[11,1],[28,1]]"
    );
}

#[test]
fn silence_is_told_for_each_thousand_that_fell_due() {
    let silent = Milestone {
        on: day(12),
        days: 30,
    };
    let mut rows: Vec<Row> = (0..40).map(|_| due(day(11))).collect();
    rows[0].silence = Some(silent);
    rows[1] = Row {
        silence: Some(silent),
        ..notified(due(day(11)), day(20))
    };
    let figure = of(&rows, silence);
    assert_eq!(figure.value.unwrap().to_string(), "50");
    assert_eq!(
        (figure.parts["silent"], figure.parts["answered_afterwards"]),
        (2, 1)
    );
}
