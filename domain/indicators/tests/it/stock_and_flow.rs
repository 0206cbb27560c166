//! TI-07 and TI-08.

use chasqui_indicators::formula::{
    Days, Due, Flow, Outcome, Period, Row, Snapshot, Suspension, flow, oldest, open_stock,
};
use chasqui_indicators::{Decimal, Precision, Quantile};
use jiff::ToSpan;
use jiff::civil::date;
use serde_json::json;

use crate::rows::{due, filed, notified};
use crate::vectors::{count, histogram, vector};

#[test]
fn i07_the_flow_identity_and_the_cepej_ratios() {
    let (input, expected) = vector("I07");
    let flow = Flow {
        open_start: count(&input["open_start"]),
        received: count(&input["received"]),
        closed: count(&input["closed"]),
        days: count(&input["days"]).try_into().unwrap(),
    };
    assert_eq!(json!(flow.open_end()), expected["open_end"]);
    let tenths = |ratio| Decimal::of(ratio, Precision::Tenths).to_f64();
    assert_eq!(
        Some(tenths(flow.disposition_days().unwrap())),
        expected["disposition_time_days"].as_f64()
    );
    let percent = flow
        .clearance()
        .unwrap()
        .checked_mul(chasqui_indicators::Ratio::whole(100));
    assert_eq!(
        Some(tenths(percent.unwrap())),
        expected["clearance_rate_pct"].as_f64()
    );
}

#[test]
fn i08_an_age_equal_to_the_term_is_not_overdue() {
    let (input, expected) = vector("I08");
    let today = date(2025, 9, 30);
    let term = 10;
    let rows: Vec<Row> = histogram(&input)
        .pairs()
        .map(|(net, _)| {
            let on = today + i64::from(term - net).days();
            Row {
                days: Days {
                    net,
                    ..Days::default()
                },
                due: Some(Due { strict_on: on, on }),
                ..filed(today - i64::from(net).days())
            }
        })
        .collect();
    let figure = open_stock(&Snapshot::new(today, &rows).unwrap());
    assert_eq!(json!(figure.value), expected["open"]);
    assert_eq!(json!(figure.parts["overdue"]), expected["overdue"]);
    assert_eq!((figure.parts["due_today"], figure.parts["running"]), (1, 3));
    let spread = figure.spread.unwrap();
    assert_eq!(
        spread.median.map(Decimal::to_f64),
        expected["median_age"].as_f64()
    );
    assert_eq!(
        spread.mean.map(Decimal::to_f64),
        expected["mean_age"].as_f64()
    );
    assert_eq!(json!(spread.max), expected["oldest"]);
    // Eight are too few to publish these two; the statistics behind them agree.
    assert_eq!(
        (spread.p90, figure.further.get("backlog_share")),
        (None, None)
    );
    let p90 = spread.histogram.unwrap().quantile(Quantile::P90);
    assert_eq!(json!(p90), expected["p90_age"]);
    let share = figure.numerator.unwrap() as f64 / figure.denominator.unwrap() as f64;
    assert_eq!(Some(share), expected["backlog_share"].as_f64());
}

#[test]
fn a_late_procedure_does_not_become_punctual_by_resting() {
    let today = date(2025, 9, 30);
    let resting = |from| Row {
        suspensions: vec![Suspension { from, until: None }],
        ..due(date(2025, 9, 10))
    };
    let rows = [
        resting(date(2025, 9, 20)),
        resting(date(2025, 9, 5)),
        filed(date(2025, 9, 1)),
        notified(due(date(2025, 9, 10)), date(2025, 9, 12)),
    ];
    let figure = open_stock(&Snapshot::new(today, &rows).unwrap());
    let part = |name| figure.parts[name];
    assert_eq!(
        (part("overdue"), part("suspended"), part("without_term")),
        (1, 1, 1)
    );
}

#[test]
fn the_oldest_are_those_filed_first() {
    let aged = |reference: &str, day, net| Row {
        reference: reference.to_owned(),
        days: Days {
            net,
            ..Days::default()
        },
        ..filed(date(2025, 3, day))
    };
    let rows = [
        aged("c", 9, 60),
        aged("b", 2, 70),
        aged("a", 2, 80),
        aged("d", 2, 70),
    ];
    let list = oldest(&Snapshot::new(date(2025, 9, 30), &rows).unwrap(), 3);
    let references: Vec<_> = list.iter().map(|one| one.reference.as_str()).collect();
    assert_eq!(references, ["a", "b", "d"]);
}

#[test]
fn the_flow_is_counted_from_dates() {
    let september = Period::month_of(date(2025, 9, 1));
    let withdrawn = Row {
        outcome: Some(Outcome::Withdrawn),
        closed_on: Some(date(2025, 9, 30)),
        ..filed(date(2025, 9, 1))
    };
    let rows = [
        filed(date(2025, 8, 31)),
        notified(filed(date(2025, 8, 1)), date(2025, 8, 31)),
        notified(filed(date(2025, 8, 1)), date(2025, 9, 1)),
        withdrawn,
        filed(date(2025, 9, 30)),
        filed(date(2025, 10, 1)),
    ];
    let snapshot = Snapshot::new(date(2025, 10, 1), &rows).unwrap();
    let told = Flow::of(&snapshot, september);
    assert_eq!(
        told,
        Flow {
            open_start: 2,
            received: 2,
            closed: 2,
            days: 30
        }
    );
    let figure = flow(&snapshot, september);
    assert_eq!((figure.parts["open_end"], figure.suppressed), (2, true));
}

#[test]
fn clearance_may_pass_a_hundred() {
    let september = Period::month_of(date(2025, 9, 1));
    let old = notified(filed(date(2025, 8, 1)), date(2025, 9, 5));
    let new = notified(filed(date(2025, 9, 1)), date(2025, 9, 5));
    let rows = [vec![old; 15], vec![new; 10]].concat();
    let figure = flow(&Snapshot::new(date(2025, 10, 1), &rows).unwrap(), september);
    assert_eq!(figure.value.unwrap().to_string(), "250");
    assert_eq!(figure.further["disposition_days"].to_string(), "0");
}
