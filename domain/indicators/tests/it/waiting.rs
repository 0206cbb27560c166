//! TI-06: procedures that wait, that left, that were silent, and that were taken over.

use chasqui_indicators::formula::{
    Days, Ending, Milestone, Outcome, Row, Snapshot, Waiting, waiting,
};
use jiff::civil::{Date, date};

use crate::rows::{filed, notified};
use crate::vectors::{day, vector};

const TODAY: Date = date(2025, 12, 1);

fn aged(net: i32) -> Row {
    Row {
        days: Days {
            net,
            ..Days::default()
        },
        ..filed(date(2025, 6, 1))
    }
}

fn answered(net: i32) -> Row {
    notified(aged(net), date(2025, 7, 1))
}

fn of(rows: &[Row]) -> Waiting {
    waiting(&Snapshot::new(TODAY, rows).unwrap()).unwrap()
}

#[test]
fn i04_as_a_figure() {
    let (input, expected) = vector("I04");
    let rows: Vec<Row> = input
        .as_array()
        .unwrap()
        .iter()
        .map(|one| match one["event"].as_bool().unwrap() {
            true => answered(day(&one["t"])),
            false => aged(day(&one["t"])),
        })
        .collect();
    let figure = of(&rows).figure;
    assert_eq!(
        figure.value.unwrap().to_string(),
        expected["km_median"].to_string()
    );
    assert_eq!(figure.further.get("p90"), None, "not reached");
    assert_eq!((figure.parts["notified"], figure.parts["open"]), (6, 4));
    let interval = figure.interval.unwrap();
    assert_eq!(
        (interval.low.unwrap().to_string().as_str(), interval.high),
        ("2", None)
    );
}

#[test]
fn i06_as_a_figure() {
    let (input, _) = vector("I06");
    let rows: Vec<Row> = input
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let net = day(&one["t"]);
            let closed_on = Some(date(2025, 7, 1));
            match one["cause"].as_str() {
                None => aged(net),
                Some("resolved") => answered(net),
                Some("withdrawn") => Row {
                    closed_on,
                    outcome: Some(Outcome::Withdrawn),
                    ..aged(net)
                },
                // Silence took effect, and nothing has been notified since.
                Some(_) => Row {
                    silence: Some(Milestone {
                        on: date(2025, 8, 1),
                        days: net,
                    }),
                    ..aged(net + 20)
                },
            }
        })
        .collect();
    let incidence = of(&rows).incidence;
    let share = |ending| incidence.by(&ending, 40).exact().unwrap().to_string();
    assert_eq!(share(Ending::Notified), "23/32");
    assert_eq!(share(Ending::Left), "1/8");
    assert_eq!(share(Ending::Silence), "5/32");
}

#[test]
fn silence_does_not_end_the_wait_for_an_answer() {
    let silent = Row {
        silence: Some(Milestone {
            on: date(2025, 8, 1),
            days: 30,
        }),
        ..answered(50)
    };
    let told = of(&[silent, answered(10)]);
    assert_eq!(told.curve.survival_at(30).to_f64(), 0.5);
    assert_eq!(told.curve.survival_at(50).to_f64(), 0.0);
    assert_eq!(told.incidence.by(&Ending::Silence, 50).to_f64(), 0.5);
}

#[test]
fn a_median_that_is_not_reached_is_no_secret() {
    let rows: Vec<Row> = (0..10).map(aged).chain([answered(3)]).collect();
    let figure = of(&rows).figure;
    assert_eq!((figure.value, figure.suppressed), (None, false));
}

#[test]
fn what_was_filed_a_year_ago_is_out_and_contradictions_are_counted() {
    let old = Row {
        filed_on: date(2024, 12, 1),
        ..answered(9)
    };
    let young = Row {
        filed_on: date(2024, 12, 2),
        ..answered(9)
    };
    let contradictory = Row {
        watched_from: Some(12),
        ..answered(9)
    };
    let never = Row {
        watched_from: Some(9),
        ..answered(9)
    };
    let figure = of(&[old, young, contradictory, never]).figure;
    assert_eq!(figure.n, 1);
    assert_eq!(
        (
            figure.excluded["contradictory"],
            figure.excluded["never_at_risk"]
        ),
        (1, 1)
    );
}
