//! The real logs, imported by the real binary: every figure equals what another tool has computed.

use serde_json::{Value, json};

use crate::support::logs::{BPIC15, RECEIPT, RealLog, TORONTO};
use crate::support::{Database, Server, both, chasqui};

#[tokio::test(flavor = "multi_thread")]
async fn a_municipalitys_receipts_give_the_known_figures() {
    let Some(file) = RECEIPT.file() else { return };
    both(async |database| {
        let report = import(&database, RECEIPT, &file, 0);
        assert_eq!(
            (&report["procedures_read"], &report["events_appended"]),
            (&json!(1434), &json!(8577))
        );
        assert_figures(&database, RECEIPT);
        let clock = &RECEIPT.truth()["attr_clock"];
        let figures = Figures::of(&database, &["--as-of", "2012-01-23"]);
        let on_time = figures.get("TI-04");
        assert_eq!(on_time["denominator"], clock["closed"]);
        assert_eq!(on_time["numerator"], clock["on_time_by_date"]);
        assert_eq!(on_time["parts"]["late"], clock["late_by_date"]);
        let open = figures.get("TI-07");
        assert_eq!(open["parts"]["open"], clock["open_at_end"]);
        assert_eq!(
            open["parts"]["overdue"], 37,
            "open and past their stated deadline that day"
        );
        assert_distribution(figures.get("TI-05"), &clock["duration_dates_closed"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_years_of_building_permits_give_the_known_figures() {
    let Some(file) = BPIC15.file() else { return };
    both(async |database| {
        let report = import(&database, BPIC15, &file, 0);
        assert_eq!(
            (&report["procedures_read"], &report["events_appended"]),
            (&json!(1199), &json!(52217))
        );
        assert!(
            report["contradictions"]["before_filing"].as_u64() > Some(0),
            "{report}"
        );
        assert_figures(&database, BPIC15);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_with_impossible_rows_gives_the_known_figures_and_refuses_those_rows() {
    let Some(file) = TORONTO.file() else { return };
    both(async |database| {
        let report = import(&database, TORONTO, &file, 1);
        assert_eq!(
            (&report["procedures_filed"], &report["events_appended"]),
            (&json!(7098), &json!(14064))
        );
        let truth = TORONTO.truth();
        let reasons = &truth["rejected_reasons"];
        assert_eq!(report["refusals"], truth["counts"]["rejected_rows"]);
        let faults = json!({
            "date_accepted: no_date": reasons["bad date_accepted"],
            "date: no_date": reasons["bad date"],
            "date: backwards": 351,
            "identifier: no_procedure": 1,
            "identifier: came_before": reasons["duplicate identifier"],
        });
        // The one row without an id runs backwards as well, and the other tool counts it there.
        assert_eq!(reasons["date before date_accepted"], 352);
        assert_eq!(report["faults"], faults);
        let lines: Vec<&Value> = report["refused"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| &one["line"])
            .collect();
        assert_eq!(lines.len(), 2874);
        for rejected in truth["rejected_sample"].as_array().unwrap() {
            assert!(
                lines.contains(&&rejected[0]),
                "line {rejected} was not refused"
            );
        }
        assert_figures(&database, TORONTO);
        let figures = Figures::of(&database, &[]);
        let on_time = figures.get("TI-04");
        assert_eq!(on_time["numerator"], truth["foi_clock"]["within_30_days"]);
        assert_eq!(on_time["parts"]["late"], truth["foi_clock"]["over_30_days"]);
        assert_distribution(figures.get("TI-05"), &truth["foi_clock"]["days"]);
    })
    .await;
}

/// Imports twice: the second time nothing is added.
fn import(database: &Database, log: RealLog, file: &std::path::Path, code: i32) -> Value {
    let mapping = log.mapping();
    let file = file.to_str().unwrap();
    let arguments = [
        "import",
        file,
        "--format",
        log.format,
        "--mapping",
        &mapping,
        "--json",
    ];
    let report = chasqui(database, &arguments).exits(code).json();
    let count = |report: &Value, name: &str| report[name].as_u64().unwrap();
    let balance = [
        "events_appended",
        "already_there",
        "ignored",
        "refused_events",
    ];
    for report in [&report, &chasqui(database, &arguments).exits(code).json()] {
        let accounted: u64 = balance.iter().map(|name| count(report, name)).sum();
        assert_eq!(
            count(report, "events_read"),
            accounted,
            "a row is not accounted for"
        );
    }
    let again = chasqui(database, &arguments).exits(code).json();
    assert_eq!(
        count(&again, "events_appended") + count(&again, "attributes_appended"),
        0
    );
    assert_eq!(again["already_there"], report["events_appended"]);
    assert_eq!(again["refused"], report["refused"]);
    report
}

/// What every log's truth has, by the command line and by the API.
fn assert_figures(database: &Database, log: RealLog) {
    let truth = log.truth();
    let figures = Figures::of(database, &[]);
    assert_eq!(
        figures.series("HI-01"),
        truth["cases_per_month_local"],
        "procedures by month"
    );
    assert_eq!(
        figures.series("HI-02"),
        truth["events_per_month_local"],
        "events by month"
    );
    assert_distribution(figures.get("HI-03"), &truth["throughput_dates"]);
    let server = Server::start(database);
    let mut by_api = server.get("/api/v1/indicators").json();
    let mut by_command = figures.0;
    for answer in [&mut by_api, &mut by_command] {
        answer["as_of"]
            .as_object_mut()
            .unwrap()
            .remove("computed_at")
            .unwrap();
    }
    assert_eq!(by_api, by_command);
    let page = server.page("/indicadores");
    let median = truth["throughput_dates"]["median_nr"].as_f64().unwrap();
    assert!(
        page.contains(&format!("<strong>{median}</strong> días")),
        "the median is on the page"
    );
}

/// n, median, mean, p90 and max, by nearest rank.
fn assert_distribution(figure: &Value, truth: &Value) {
    let days = &figure["distribution"];
    for (ours, theirs) in [
        ("median", "median_nr"),
        ("p90", "p90_nr"),
        ("p95", "p95_nr"),
        ("max", "max"),
        ("min", "min"),
    ] {
        assert_eq!(
            days[ours].as_f64(),
            truth[theirs].as_f64(),
            "{ours} of {}",
            figure["id"]
        );
    }
    assert_eq!(days["n"], truth["n"]);
    let mean: f64 = days["mean"].as_str().unwrap().parse().unwrap();
    assert!(
        (mean - truth["mean"].as_f64().unwrap()).abs() < 0.000_001,
        "{mean} is not {}",
        truth["mean"]
    );
}

struct Figures(Value);

impl Figures {
    fn of(database: &Database, more: &[&str]) -> Self {
        let arguments = [&["indicators", "--json"], more].concat();
        Self(chasqui(database, &arguments).exits(0).json())
    }

    fn get(&self, id: &str) -> &Value {
        self.0["figures"]
            .as_array()
            .unwrap()
            .iter()
            .find(|one| one["id"] == id)
            .unwrap()
    }

    /// A figure by month, in the form of the truth files.
    fn series(&self, id: &str) -> Value {
        let months = self.get(id)["series"].as_array().unwrap().iter();
        months
            .filter(|month| month["n"] != 0)
            .map(|month| {
                (
                    month["month"].as_str().unwrap().to_owned(),
                    month["n"].clone(),
                )
            })
            .collect::<serde_json::Map<_, _>>()
            .into()
    }
}
