//! Laws of the formulas, for rows as contradictory as real sources are.

use chasqui_indicators::formula::{
    Clock, Dimension, Flow, Period, Row, Snapshot, days_to_notification, extended, first_response,
    flow, lateness, on_time, on_time_of_closed, on_time_strict, open_stock, rectification,
    service_standard, silence, step_time, waiting,
};
use chasqui_indicators::{Figure, Histogram};
use jiff::ToSpan;
use jiff::civil::Date;
use proptest::prelude::*;

use crate::rows::{SNAPSHOT, any_rows};

fn period() -> impl Strategy<Value = Period> {
    (0..150_i64, 0..60_i64).prop_map(|(back, length)| {
        let from = SNAPSHOT - back.days();
        Period::new(from, from + length.days()).unwrap()
    })
}

type Formula = fn(&Snapshot<'_>, Period) -> Figure;

/// Every formula whose figure is a count by a count.
const SHARES: [Formula; 8] = [
    on_time,
    on_time_strict,
    extended,
    service_standard,
    on_time_of_closed,
    lateness,
    rectification,
    flow,
];

fn snapshot(rows: &[Row]) -> Snapshot<'_> {
    Snapshot::new(SNAPSHOT, rows).unwrap()
}

proptest! {
    #[test]
    fn the_flow_identity_holds_for_every_period((rows, period) in (any_rows(), period())) {
        let snapshot = snapshot(&rows);
        let flow = Flow::of(&snapshot, period);
        let open = snapshot.rows().filter(|row| row.was_open_on(period.to())).count();
        prop_assert_eq!(flow.open_end(), u64::try_from(open).unwrap());
    }

    #[test]
    fn the_flow_ends_where_the_stock_begins((rows, length) in (any_rows(), 0..90_i64)) {
        let period = Period::new(SNAPSHOT - length.days(), SNAPSHOT).unwrap();
        let snapshot = snapshot(&rows);
        let open = open_stock(&snapshot);
        prop_assert_eq!(Flow::of(&snapshot, period).open_end(), open.n);
        prop_assert_eq!(open.parts.values().sum::<u64>(), open.n);
    }

    #[test]
    fn adjoining_periods_add_up((rows, period, next) in (any_rows(), period(), 1..30_i64)) {
        let snapshot = snapshot(&rows);
        let begin = period.to() + 1.day();
        let second = Period::new(begin, begin + next.days()).unwrap();
        let whole = Period::new(period.from(), second.to()).unwrap();
        for formula in [on_time, on_time_strict, service_standard, on_time_of_closed, rectification] {
            let [a, b, all] = [period, second, whole].map(|one| formula(&snapshot, one));
            let add = |a: Option<u64>, b: Option<u64>| Some(a.unwrap() + b.unwrap());
            prop_assert_eq!(add(a.numerator, b.numerator), all.numerator);
            prop_assert_eq!(add(a.denominator, b.denominator), all.denominator);
        }
        prop_assert_eq!(Flow::of(&snapshot, period).open_end(), Flow::of(&snapshot, second).open_start);
    }

    #[test]
    fn the_parts_of_a_breakdown_add_up_to_the_whole((rows, period) in (any_rows(), period())) {
        let snapshot = snapshot(&rows);
        for dimension in [Dimension::Unit, Dimension::Type, Dimension::Channel, Dimension::Applicant] {
            let parts = snapshot.by(dimension);
            for formula in SHARES {
                let all = formula(&snapshot, period);
                let sum = |number: fn(&Figure) -> Option<u64>| {
                    parts.values().map(|part| number(&formula(part, period)).unwrap()).sum::<u64>()
                };
                prop_assert_eq!(Some(sum(|figure| figure.numerator)), all.numerator);
                prop_assert_eq!(Some(sum(|figure| figure.denominator)), all.denominator);
            }
        }
    }

    #[test]
    fn everybody_due_in_the_period_is_a_member_or_left_out_by_name((rows, period) in (any_rows(), period())) {
        let figure = on_time(&snapshot(&rows), period);
        let due = rows.iter().filter(|row| row.due.is_some_and(|due| period.contains(due.on))).count();
        let excluded: u64 = figure.excluded.values().sum();
        prop_assert_eq!(figure.n + excluded, u64::try_from(due).unwrap());
        let fates = ["on_time", "late", "unanswered"].map(|fate| figure.parts[fate]);
        prop_assert_eq!(fates.iter().sum::<u64>(), figure.n);
    }

    #[test]
    fn a_notification_that_never_comes_never_helps((rows, period) in (any_rows(), period())) {
        let before = on_time(&snapshot(&rows), period);
        let after: Vec<Row> = rows.iter().cloned().map(|row| Row { notified_on: None, ..row }).collect();
        let after = on_time(&snapshot(&after), period);
        prop_assert_eq!(after.numerator, Some(0));
        prop_assert!(after.parts["unanswered"] >= before.parts["unanswered"]);
    }

    #[test]
    fn no_value_is_told_of_too_few((rows, period) in (any_rows(), period())) {
        let snapshot = snapshot(&rows);
        for formula in SHARES.into_iter().chain([silence, first_response]) {
            let figure = formula(&snapshot, period);
            let least = if figure.denominator.is_some() { 10 } else { 5 };
            prop_assert!(figure.n >= least || figure.value.is_none() && figure.interval.is_none());
            prop_assert!(!(figure.suppressed && figure.value.is_some()));
            if let Some(spread) = figure.spread {
                prop_assert!(spread.n >= 5 || spread.histogram.is_none() && spread.max.is_none());
            }
        }
        for figure in step_time(&snapshot, period).values() {
            prop_assert!(figure.n >= 5 || figure.value.is_none());
        }
    }

    #[test]
    fn the_histograms_of_months_are_the_histogram_of_the_year((rows, period) in (any_rows(), period())) {
        let snapshot = snapshot(&rows);
        let day_by_day = |day: Date| {
            let day = Period::new(day, day).unwrap();
            let net = |row: &Row| day.contains_some(row.notified_on).then_some(row.days.net);
            rows.iter().filter_map(net).collect::<Histogram>()
        };
        let days: Vec<Histogram> = period.from().series(1.day())
            .take_while(|day| *day <= period.to()).map(day_by_day).collect();
        let whole = days_to_notification(&snapshot, period, Clock::Net).spread.unwrap();
        let merged = Histogram::merged(&days).unwrap();
        prop_assert_eq!(whole.n, merged.n());
        prop_assert!(whole.histogram.is_none_or(|histogram| histogram == merged));
    }

    #[test]
    fn waiting_survives_every_contradiction_and_shares_out_one(rows in any_rows()) {
        let told = waiting(&snapshot(&rows)).unwrap();
        for step in told.incidence.steps() {
            let ended: f64 = step.by_cause.iter().map(|share| share.to_f64()).sum();
            prop_assert!((ended + step.open.to_f64() - 1.0).abs() < 1e-9);
        }
        let excluded: u64 = told.figure.excluded.values().sum();
        prop_assert!(told.figure.n + excluded >= u64::try_from(rows.len()).unwrap());
    }

    #[test]
    fn a_row_survives_json(rows in any_rows()) {
        let text = serde_json::to_string(&rows).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<Row>>(&text).unwrap(), rows);
    }
}
