//! Bad files and mappings: each gets a message with its place and what to do, and changes nothing.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::support::{Database, Kind, Ran, chasqui};

const XES_MAPPING: &str = r#"
[source]
name = "test"
zone = "America/Guayaquil"
[fields]
procedure = "concept:name"
activity = "concept:name"
time = "time:timestamp"
[[type]]
id = "T"
name = "Trámite"
term = "15bd"
[unit]
name = "Unidad"
[[activity]]
name = "filed"
means = "filed"
[[activity]]
name = "decided"
means = "decided(granted)"
"#;

const CSV_MAPPING: &str = r#"
[source]
name = "test"
zone = "America/Guayaquil"
[fields]
procedure = "id"
activity = "activity"
time = "time"
[[type]]
id = "T"
name = "Trámite"
[unit]
name = "Unidad"
[[activity]]
name = "filed"
means = "filed"
[[activity]]
name = "decided"
means = "decided(granted)"
"#;

/// Imports bytes as a file, and answers what was said and by how much the log grew.
async fn import(name: &str, bytes: &[u8], mapping: &str) -> (Ran, u64) {
    let database = Database::new(Kind::Sqlite).await;
    let path = |name: &str| database.data().join(name).to_str().unwrap().to_owned();
    std::fs::write(path(name), bytes).unwrap();
    std::fs::write(path("mapping.toml"), mapping).unwrap();
    let size = || {
        chasqui(&database, &["views", "status", "--json"])
            .exits(0)
            .json()["head"]
            .as_u64()
    };
    let before = size().unwrap();
    let format = if name.ends_with(".csv") { "csv" } else { "xes" };
    let (file, mapping) = (path(name), path("mapping.toml"));
    let arguments = [
        "import",
        &file,
        "--format",
        format,
        "--mapping",
        &mapping,
        "--json",
    ];
    let ran = chasqui(&database, &arguments);
    // The log says once whose it is, when it is opened for the first time.
    let opened = u64::from(before == 0 && size().unwrap() > 0);
    (ran, size().unwrap() - before - opened)
}

/// Fails unless the import ends with this code, says all of this, and records nothing.
async fn refused(name: &str, bytes: &[u8], mapping: &str, code: i32, says: &[&str]) {
    let (ran, grown) = import(name, bytes, mapping).await;
    let ran = ran.exits(code);
    for words in says {
        assert!(
            ran.stderr.contains(words),
            "{words:?} is not said: {}",
            ran.stderr
        );
    }
    assert!(
        ran.stderr.contains("hint: "),
        "nothing is said of what to do: {}",
        ran.stderr
    );
    assert!(
        ran.stderr.len() < 2_000,
        "too much is said: {}",
        ran.stderr.len()
    );
    assert_eq!(grown, 0, "something was recorded: {}", ran.stderr);
}

fn event(activity: &str, time: &str) -> String {
    format!(
        "<event><string key=\"concept:name\" value=\"{activity}\"/>\
         <date key=\"time:timestamp\" value=\"{time}\"/></event>\n"
    )
}

fn trace(name: &str, events: &[String]) -> String {
    format!(
        "<trace><string key=\"concept:name\" value=\"{name}\"/>\n{}</trace>\n",
        events.concat()
    )
}

fn log(traces: &[String]) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<log xes.version=\"1.0\">\n{}</log>\n",
        traces.concat()
    )
}

fn good() -> String {
    log(&[trace(
        "P-1",
        &[
            event("filed", "2026-03-02T10:00:00-05:00"),
            event("decided", "2026-03-10T10:00:00-05:00"),
        ],
    )])
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_good_file_of_these_tests_is_taken() {
    for (name, bytes) in [
        ("log.xes", good().into_bytes()),
        ("log.xes.gz", gzip(good().as_bytes())),
    ] {
        let (ran, _) = import(name, &bytes, XES_MAPPING).await;
        assert_eq!(ran.exits(0).json()["events_appended"], 2, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_truncated_gzip_is_refused() {
    let many: Vec<String> = (0..2_000)
        .map(|number| {
            trace(
                &format!("P-{number}"),
                &[event("filed", "2026-03-02T10:00:00-05:00")],
            )
        })
        .collect();
    let bytes = gzip(log(&many).as_bytes());
    refused(
        "log.xes.gz",
        &bytes[..bytes.len() / 2],
        XES_MAPPING,
        1,
        &["log.xes.gz, line", "incomplete"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_doctype_is_refused_with_its_line() {
    let text = good().replacen(
        "<log",
        "<!DOCTYPE log [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>\n<log",
        1,
    );
    refused(
        "log.xes",
        text.as_bytes(),
        XES_MAPPING,
        1,
        &["log.xes, line 2", "DOCTYPE"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bomb_of_attributes_is_refused_before_it_fills_the_memory() {
    let attributes: String = (0..200_000)
        .map(|n| format!("<string key=\"k{n}\" value=\"v\"/>\n"))
        .collect();
    let text = good().replacen("<event>", &format!("<event>{attributes}"), 1);
    refused(
        "log.xes.gz",
        &gzip(text.as_bytes()),
        XES_MAPPING,
        1,
        &["line", "attributes"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bomb_of_one_value_is_refused_before_it_fills_the_memory() {
    let text = good().replacen("P-1", &"0".repeat(300 << 20), 1);
    refused(
        "log.xes.gz",
        &gzip(text.as_bytes()),
        XES_MAPPING,
        1,
        &["log.xes.gz, line", "MB"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn elements_without_end_are_refused() {
    let text = good().replacen("<trace>", &"<list key=\"a\">".repeat(100_000), 1);
    refused(
        "log.xes",
        text.as_bytes(),
        XES_MAPPING,
        1,
        &["log.xes, line", "nested"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_ends_within_a_trace_is_refused() {
    let text = good();
    let cut = text.find("<event>").unwrap() + 60;
    refused(
        "log.xes",
        &text.as_bytes()[..cut],
        XES_MAPPING,
        1,
        &["log.xes, line"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_event_log_is_refused() {
    for bytes in [
        &b"hello"[..],
        b"",
        b"<html><body/></html>",
        b"<log></log>",
        b"\xff\xfe\x00",
        b"\x1f\x8bxx",
    ] {
        let (ran, grown) = import("log.xes", bytes, XES_MAPPING).await;
        assert!(
            matches!(ran.status.code(), Some(1 | 3)),
            "{bytes:?}: {}",
            ran.stderr
        );
        assert!(ran.stderr.contains("log.xes"), "{bytes:?}: {}", ran.stderr);
        assert_eq!(grown, 0, "{bytes:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_column_is_named_with_those_that_are_there() {
    let text = "id,activity,when\nP-1,filed,2026-03-02\n";
    let says = ["log.csv", "\"time\"", "when"];
    refused("log.csv", text.as_bytes(), CSV_MAPPING, 1, &says).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_of_another_width_is_refused_with_its_line() {
    let text = "id,activity,time\nP-1,filed,2026-03-02\nP-2,filed\n";
    refused(
        "log.csv",
        text.as_bytes(),
        CSV_MAPPING,
        1,
        &["log.csv, line 3"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn text_that_is_not_utf_8_is_refused_with_its_line() {
    let text = b"id,activity,time\nP-1,filed,2026-03-02\nP-\xf1,filed,2026-03-02\n";
    refused(
        "log.csv",
        text,
        CSV_MAPPING,
        1,
        &["log.csv, line 3", "UTF-8"],
    )
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_that_is_none_refuses_its_row_with_its_line_and_takes_the_others() {
    let text = "id,activity,time\nP-1,filed,2026-03-02\nP-1,decided,2026-02-30\nP-2,filed,yesterday\n\
                P-3,filed,2026-03-02T25:00:00\nP-4,filed,\n";
    let (ran, _) = import("log.csv", text.as_bytes(), CSV_MAPPING).await;
    let report = ran.exits(1).json();
    assert_eq!(
        (&report["events_appended"], &report["refused_events"]),
        (&json!(1), &json!(4))
    );
    let places: Vec<_> = report["refused"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                one["line"].as_u64().unwrap(),
                one["column"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(places, [(3, "time"), (4, "time"), (5, "time"), (6, "time")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_contradicts_itself_is_recorded_and_named() {
    let text = log(&[
        trace(
            "early",
            &[
                event("decided", "2026-03-01T10:00:00-05:00"),
                event("filed", "2026-03-02T10:00:00-05:00"),
            ],
        ),
        trace(
            "twice",
            &[
                event("filed", "2026-03-02T10:00:00-05:00"),
                event("decided", "2026-03-09T10:00:00-05:00"),
                event("decided", "2026-03-10T10:00:00-05:00"),
            ],
        ),
        trace("never", &[event("decided", "2026-03-02T10:00:00-05:00")]),
    ]);
    let (ran, _) = import("log.xes", text.as_bytes(), XES_MAPPING).await;
    let report = ran.exits(0).json();
    assert_eq!(report["events_appended"], 6);
    let named = &report["contradictions"];
    assert_eq!(named["before_filing"], 1, "{named}");
    assert_eq!(named["decided_twice"], 1, "{named}");
    assert_eq!(named["filing_not_stated"], 1, "{named}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_with_an_unknown_event_is_refused_with_its_line() {
    let mapping = XES_MAPPING.replacen("\"decided(granted)\"", "\"blessed\"", 1);
    let says = ["mapping.toml", "blessed", "line 20", "decided"];
    refused("log.xes", good().as_bytes(), &mapping, 1, &says).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mapping_with_an_unknown_key_or_zone_is_refused() {
    let cases = [
        ("[unit]", "[unity]", "unity"),
        ("America/Guayaquil", "America/Nowhere", "America/Nowhere"),
        ("id = \"T\"", "id = \"../etc\"", "line"),
        ("15bd", "15h", "15h"),
        ("term = ", "calendars = [\"MARS\"]\nterm = ", "MARS"),
    ];
    for (from, to, says) in cases {
        let mapping = XES_MAPPING.replacen(from, to, 1);
        refused(
            "log.xes",
            good().as_bytes(),
            &mapping,
            1,
            &["mapping.toml", says],
        )
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_there_is_the_environments_fault() {
    let database = Database::new(Kind::Sqlite).await;
    let arguments = [
        "import",
        "nowhere.xes",
        "--format",
        "xes",
        "--mapping",
        "deploy/examples/receipt.toml",
    ];
    let ran = chasqui(&database, &arguments).exits(3);
    assert!(ran.stderr.contains("nowhere.xes"), "{}", ran.stderr);
    let arguments = [
        "import",
        "README.md",
        "--format",
        "xes",
        "--mapping",
        "nowhere.toml",
    ];
    assert!(
        chasqui(&database, &arguments)
            .exits(3)
            .stderr
            .contains("nowhere.toml")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_accounts_for_every_row_and_records_nothing() {
    let database = Database::new(Kind::Sqlite).await;
    let file = database.data().join("log.xes").to_str().unwrap().to_owned();
    let mapping = database
        .data()
        .join("mapping.toml")
        .to_str()
        .unwrap()
        .to_owned();
    std::fs::write(&file, good()).unwrap();
    std::fs::write(&mapping, XES_MAPPING).unwrap();
    let arguments = [
        "import",
        &file,
        "--format",
        "xes",
        "--mapping",
        &mapping,
        "--json",
        "--dry-run",
    ];
    let report = chasqui(&database, &arguments).exits(0).json();
    assert_eq!(
        (&report["events_appended"], &report["position"]),
        (&json!(2), &Value::Null)
    );
    let status = chasqui(&database, &["views", "status", "--json"])
        .exits(0)
        .json();
    assert_eq!(status["head"], 1, "only the log's own opening");
}
