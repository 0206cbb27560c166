//! Every published indicator vector, read from its file and named in what fails.
//!
//! The publication vectors are terms, which `chasqui-deadlines` computes and tests; here their dates are what
//! TI-15 is asked about (`other_figures.rs`).

use chasqui_indicators::{
    Cell, DayCounts, Histogram, Observation, Quantile, Rule, SurvivalCurve, Table, aalen_johansen,
    suppress, wilson,
};
use serde_json::{Value, json};

const FILE: &str = include_str!("../../../../tests/vectors/deadline_vectors.json");

/// The input and the expected answer of a vector.
pub(crate) fn vector(id: &str) -> (Value, Value) {
    let found = section("indicator_vectors")
        .into_iter()
        .find(|vector| vector["id"] == id)
        .unwrap();
    (found["input"].clone(), found["expected"].clone())
}

/// A list of vectors of the file.
pub(crate) fn section(name: &str) -> Vec<Value> {
    let file: Value = serde_json::from_str(FILE).unwrap();
    file[name].as_array().unwrap().clone()
}

pub(crate) fn day(value: &Value) -> i32 {
    value.as_i64().unwrap().try_into().unwrap()
}

pub(crate) fn count(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

pub(crate) fn histogram(days: &Value) -> Histogram {
    days.as_array().unwrap().iter().map(day).collect()
}

/// The curve of a list of `{entry, t, event}`.
fn curve(list: &Value) -> SurvivalCurve {
    let mut counts = DayCounts::new();
    for one in list.as_array().unwrap() {
        let observation = Observation {
            entry: one["entry"]
                .as_i64()
                .map(|_| day(&one["entry"]))
                .filter(|e| *e > 0),
            day: day(&one["t"]),
            ended: one["event"].as_bool().unwrap().then_some(()),
        };
        counts.count(observation).unwrap();
    }
    counts.survival_until(|()| true).unwrap()
}

fn steps(curve: &SurvivalCurve) -> Vec<Value> {
    let step = |step: &chasqui_indicators::SurvivalStep| {
        json!({
            "t": step.day,
            "at_risk": step.at_risk,
            "events": step.events,
            "survival": step.survival.exact().unwrap().to_string(),
        })
    };
    curve.steps().iter().map(step).collect()
}

#[test]
fn every_indicator_vector_of_the_file_is_tested() {
    let ids: Vec<_> = section("indicator_vectors")
        .iter()
        .map(|vector| vector["id"].as_str().unwrap().to_owned())
        .collect();
    // I03, I07 and I08 are figures and stand with the formulas.
    assert_eq!(
        ids,
        [
            "I01", "I02", "I03", "I04", "I05", "I06", "I07", "I08", "I09", "I10"
        ]
    );
}

#[test]
fn i01_percentiles_are_nearest_rank() {
    let (input, expected) = vector("I01");
    let days = histogram(&input);
    let got = json!({
        "n": days.n(),
        "min": days.min(),
        "max": days.max(),
        "mean": days.mean().unwrap().to_f64(),
        "median": days.median().unwrap().to_f64(),
        "p80": days.quantile(Quantile::P80),
        "p90": days.quantile(Quantile::P90),
        "p95": days.quantile(Quantile::P95),
    });
    assert_eq!(got, expected);
}

#[test]
fn i02_medians_do_not_combine_but_histograms_do() {
    let (input, expected) = vector("I02");
    let (a, b) = (histogram(&input["A"]), histogram(&input["B"]));
    let both = Histogram::merged([&a, &b]).unwrap();
    let median = |days: &Histogram| days.median().unwrap().to_f64();
    assert_eq!(Some(median(&a)), expected["median_A"].as_f64());
    assert_eq!(Some(median(&b)), expected["median_B"].as_f64());
    assert_eq!(
        Some(f64::midpoint(median(&a), median(&b))),
        expected["mean_of_medians"].as_f64()
    );
    assert_eq!(Some(median(&both)), expected["true_median"].as_f64());
}

#[test]
fn i04_the_curve_counts_those_still_open() {
    let (input, expected) = vector("I04");
    let curve = curve(&input);
    let exact = |step: &Value| {
        let mut step = step.clone();
        step.as_object_mut().unwrap().remove("survival_f");
        step
    };
    let wanted: Vec<_> = expected["curve"]
        .as_array()
        .unwrap()
        .iter()
        .map(exact)
        .collect();
    assert_eq!(steps(&curve), wanted);
    let at = |quantile| json!(curve.quantile(quantile));
    assert_eq!(at(Quantile::P25), expected["km_p25"]);
    assert_eq!(at(Quantile::P50), expected["km_median"]);
    assert_eq!(at(Quantile::P90), expected["km_p90"]);
    let closed: Histogram = input
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["event"] == true)
        .map(|one| day(&one["t"]))
        .collect();
    assert_eq!(
        Some(closed.median().unwrap().to_f64()),
        expected["naive_median_closed_only"].as_f64()
    );
}

#[test]
fn i05_legacy_procedures_come_under_watch_late() {
    let (input, expected) = vector("I05");
    assert_eq!(Value::from(steps(&curve(&input))), expected);
}

#[test]
fn i06_competing_outcomes_share_out_what_there_is() {
    let (input, expected) = vector("I06");
    let mut counts = DayCounts::new();
    for one in input.as_array().unwrap() {
        let ended = one["cause"].as_str().map(str::to_owned);
        counts
            .count(Observation {
                entry: None,
                day: day(&one["t"]),
                ended,
            })
            .unwrap();
    }
    let incidence = aalen_johansen(&counts).unwrap();
    for (cause, share) in expected["cif"].as_object().unwrap() {
        let got = incidence.by(cause, 12).exact().unwrap().to_string();
        assert_eq!(Some(got.as_str()), share.as_str(), "{cause}");
    }
    let open = incidence.open(12).exact().unwrap().to_string();
    assert_eq!(Some(open.as_str()), expected["still_open"].as_str());
}

#[test]
fn i09_the_interval_of_a_share() {
    let (input, expected) = vector("I09");
    let interval = wilson(count(&input["on_time"]), count(&input["n"])).unwrap();
    let digits = |value: f64| (value * 1e4).round() / 1e4;
    assert_eq!(json!(digits(interval.low)), expected["low"]);
    assert_eq!(json!(digits(interval.high)), expected["high"]);
}

#[test]
fn i10_small_cells_go_with_a_companion() {
    let (input, expected) = vector("I10");
    let names = ["A", "B", "C", "D"];
    let counts = names.iter().map(|name| count(&input[name])).collect();
    let published = suppress(&Table::line(counts).unwrap(), Rule::default());
    let told = |cell: &Cell| {
        cell.shown()
            .map_or(json!("suppressed"), |count| json!(count))
    };
    for (name, cell) in names.iter().zip(&published.cells) {
        assert_eq!(told(cell), expected["published"][name], "{name}");
    }
    assert_eq!(
        told(&published.row_totals[0]),
        expected["published"]["total"]
    );
}
