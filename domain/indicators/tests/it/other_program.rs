//! The same answers from other programs: lifelines for survival, scipy for intervals.
//!
//! `tests/oracles/survival.py` made the file, and says what it leaves out.

use chasqui_indicators::{
    DayCounts, Histogram, Observation, Quantile, aalen_johansen, order_statistics, wilson,
};
use serde_json::Value;

const ANSWERS: &str = include_str!("../vectors/survival_lifelines.json");

fn answers() -> Value {
    serde_json::from_str(ANSWERS).unwrap()
}

fn day(value: &Value) -> i32 {
    value.as_i64().unwrap().try_into().unwrap()
}

fn close(got: f64, wanted: &Value, what: &str) {
    let wanted = wanted.as_f64().unwrap();
    assert!(
        (got - wanted).abs() < 1e-9,
        "{what}: {got}, the other program says {wanted}"
    );
}

fn counts(sample: &Value) -> DayCounts<String> {
    let mut counts = DayCounts::new();
    for row in sample["rows"].as_array().unwrap() {
        let observation = Observation {
            entry: row[0].as_i64().map(|_| day(&row[0])),
            day: day(&row[1]),
            ended: row[2].as_str().map(str::to_owned),
        };
        counts.count(observation).unwrap();
    }
    counts
}

#[test]
fn the_curves_and_bands_are_those_of_lifelines() {
    let (mut steps, mut late) = (0, 0);
    for sample in answers()["samples"].as_array().unwrap() {
        let counts = counts(sample);
        late += counts.entries().n();
        let curve = counts.survival_until(|cause| cause == "resolved").unwrap();
        let wanted = sample["kaplan_meier"]["steps"].as_array().unwrap();
        assert_eq!(curve.steps().len(), wanted.len());
        for ((step, bounds), wanted) in curve.steps().iter().zip(curve.band()).zip(wanted) {
            assert_eq!(step.day, day(&wanted["day"]));
            assert_eq!(
                Some(step.at_risk),
                wanted["at_risk"].as_u64(),
                "day {}",
                step.day
            );
            assert_eq!(Some(step.events), wanted["events"].as_u64());
            close(step.survival.to_f64(), &wanted["survival"], "S");
            if !wanted["low"].is_null() {
                close(bounds.low, &wanted["low"], "lower bound");
                close(bounds.high, &wanted["high"], "upper bound");
            }
            steps += 1;
        }
        for (thousandths, wanted) in sample["kaplan_meier"]["percentiles"].as_object().unwrap() {
            let quantile = Quantile::per_mille(thousandths.parse().unwrap()).unwrap();
            assert_eq!(
                curve.quantile(quantile).map(i64::from),
                wanted.as_i64(),
                "{quantile}"
            );
        }
    }
    assert!(
        steps > 300 && late > 300,
        "{steps} steps, {late} late entries"
    );
}

#[test]
fn the_shares_by_outcome_are_those_of_lifelines() {
    let mut compared = 0;
    for sample in answers()["samples"].as_array().unwrap() {
        let Some(causes) = sample["aalen_johansen"].as_object() else {
            continue;
        };
        let incidence = aalen_johansen(&counts(sample)).unwrap();
        for (cause, shares) in causes {
            for share in shares.as_array().unwrap() {
                close(
                    incidence.by(cause, day(&share[0])).to_f64(),
                    &share[1],
                    cause,
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 300, "{compared}");
}

#[test]
fn the_intervals_of_shares_are_those_of_scipy() {
    for case in answers()["wilson"].as_array().unwrap() {
        let interval = wilson(case["k"].as_u64().unwrap(), case["n"].as_u64().unwrap()).unwrap();
        close(interval.low, &case["low"], "low");
        close(interval.high, &case["high"], "high");
    }
}

#[test]
fn the_ranks_of_percentiles_are_those_of_scipy() {
    for case in answers()["ranks"].as_array().unwrap() {
        let n = day(&case["n"]);
        // Days 1 to n: a day is its own rank.
        let days: Histogram = (1..=n).collect();
        let quantile = case["quantile"].as_u64().unwrap().try_into().unwrap();
        let interval = order_statistics(&days, Quantile::per_mille(quantile).unwrap());
        let (low, high) = (interval.low.unwrap_or(0), interval.high.unwrap_or(n + 1));
        assert_eq!(
            (low, high),
            (day(&case["low"]), day(&case["high"])),
            "{case}"
        );
    }
}
