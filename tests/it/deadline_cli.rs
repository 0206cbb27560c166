//! `chasqui deadline`: every published question by the command line, and what a user gets to see.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use serde_json::{Value, json};

use crate::support::{Ran, Vector, binary};

fn deadline(arguments: &[&str]) -> Ran {
    binary::run(&mut binary::bare(&[&["deadline"], arguments].concat()))
}

/// Runs `--batch` on some input.
fn batch(input: &[u8]) -> Ran {
    let mut command = binary::bare(&["deadline", "--batch"]);
    let command = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let mut stdin = process.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = process.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    Ran {
        status: output.status,
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn every_published_question_is_answered_as_published() {
    let vectors = Vector::all();
    let lines: Vec<String> = vectors
        .iter()
        .map(|vector| vector.input.to_string())
        .collect();
    let ran = batch((lines.join("\n") + "\n").as_bytes()).exits(0);
    let answers: Vec<Value> = ran
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), vectors.len(), "{}", ran.stderr);
    let wrong: Vec<String> = (vectors.iter().zip(&answers))
        .filter_map(|(vector, got)| {
            let want = vector.contradicted_by(got)?;
            Some(format!("{}\n  got  {got}\n  want {want}", vector.id))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_question_is_answered_before_the_next_one_is_asked() {
    let mut command = binary::bare(&["deadline", "--batch"]);
    let mut process = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = process.stdin.take().unwrap();
    let mut answers = BufReader::new(process.stdout.take().unwrap()).lines();
    for vector in Vector::all().iter().take(20) {
        writeln!(stdin, "{}", vector.input).unwrap();
        let answer = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        assert_eq!(vector.contradicted_by(&answer), None, "{}", vector.id);
    }
    drop(stdin);
    assert!(answers.next().is_none());
    assert!(process.wait().unwrap().success());
}

#[test]
fn a_malformed_line_is_answered_in_its_place_and_told_by_its_number() {
    let good = r#"{"reporting_month":"2026-01"}"#;
    let long = "x".repeat(300_000);
    let mut input = format!("{good}\nnonsense\n{good}\n{long}\n[]\n").into_bytes();
    input.extend(b"\xff\n");
    input.extend(good.as_bytes());
    let ran = batch(&input).exits(1);
    let date = r#"{"register_by":"2026-02-18","weekday":"Wed"}"#;
    let (invalid, too_many) = (r#"{"error":"InvalidInput"}"#, r#"{"error":"TooMany"}"#);
    let answers: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(
        answers,
        [date, invalid, date, too_many, invalid, invalid, date]
    );
    for told in ["line 2: ", "line 4: ", "line 5: ", "line 6: ", "hint: "] {
        assert!(
            ran.stderr.contains(told),
            "{told:?} is not told: {}",
            ran.stderr
        );
    }
    assert!(!ran.stderr.contains("line 3: ") && !ran.stderr.contains("line 7: "));
}

#[test]
fn the_due_date_is_told_first_and_every_day_after_it() {
    let asked = ["--filed-at", "2025-10-31T17:30:00-05:00", "--term", "10bd"];
    let text = deadline(&asked).exits(0).stdout;
    let first = "Vence el martes 18 de noviembre de 2025 a las 24:00 (America/Guayaquil).\n";
    assert!(text.starts_with(first), "{text}");
    for words in [
        "Martes 4 de noviembre de 2025: Día de los Difuntos, trasladado del domingo 2",
        "Día 10: martes 18 de noviembre de 2025.",
        "COA, art. 158",
        "Versión ecuador@",
    ] {
        assert!(text.contains(words), "{words:?} is not told: {text}");
    }
    let english = [&asked[..], &["--language", "en", "--as-of", "2025-11-18"]].concat();
    let text = deadline(&english).exits(0).stdout;
    assert!(
        text.starts_with("Due on Tuesday 18 November 2025"),
        "{text}"
    );
    assert!(text.contains("2025-11-18: "), "{text}");
}

#[test]
fn a_local_time_a_suspension_an_extension_and_calendars_are_understood() {
    let asked = [
        "--filed-at",
        "2025-09-01T09:00",
        "--term",
        "15bd",
        "--calendars",
        "EC,EC-QUITO",
        "--suspend",
        "2025-09-05..2025-09-12",
        "--suspend",
        "2025-09-15..2025-09-24=external_report",
        "--extend",
        "5@2025-09-26",
        "--as-of",
        "2025-09-30",
        "--json",
    ];
    let explained = deadline(&asked).exits(0).json();
    // The same question as data.
    let question = json!({
        "filed_at": "2025-09-01T14:00:00Z",
        "term": { "amount": 15, "unit": "business_days" },
        "calendars": ["EC", "EC-QUITO"],
        "suspensions": [
            { "cause": "subsanacion", "from": "2025-09-05", "to": "2025-09-12" },
            { "cause": "informe", "from": "2025-09-15", "to": "2025-09-24" },
        ],
        "extensions": [{ "amount": 5, "granted_and_notified_on": "2025-09-26" }],
        "as_of": "2025-09-30",
    });
    assert_eq!(
        explained["answer"],
        batch(question.to_string().as_bytes()).exits(0).json()
    );
    assert_eq!(explained["calendars"], json!(["EC", "EC-QUITO"]));
    assert_eq!(explained["standing"]["figures"]["on"], "2025-09-30");
    let open = [
        "--filed-at",
        "2025-09-01",
        "--term",
        "15bd",
        "--suspend",
        "2025-09-05..",
        "--json",
    ];
    assert_eq!(
        deadline(&open).exits(0).json()["answer"]["due_date"],
        Value::Null
    );
}

#[test]
fn what_the_law_refuses_and_what_nobody_understands_are_told_apart() {
    let filed = ["--filed-at", "2025-09-01"];
    let cases: [(&[&str], i32, &str); 9] = [
        (&["--term", "48h"], 1, "HoursForbidden"),
        (
            &["--term", "15bd", "--extend", "8@2025-09-10"],
            1,
            "ExtensionExceedsHalf",
        ),
        (
            &["--term", "15bd", "--suspend", "2025-08-01.."],
            1,
            "SuspensionBeforeFiling",
        ),
        (&["--term", "15moons"], 2, "UnknownTerm"),
        (&["--term", "15bd", "--calendars", "XX"], 2, "EC-QUITO"),
        (
            &["--term", "15bd", "--suspend", "yesterday"],
            2,
            "--suspend",
        ),
        (&["--term", "15bd", "--extend", "5"], 2, "--extend"),
        (&[], 2, "--term"),
        (&["--term", "15bd", "--batch"], 2, "--batch"),
    ];
    for (arguments, code, says) in cases {
        let ran = deadline(&[&filed[..], arguments].concat()).exits(code);
        assert!(ran.stderr.contains(says), "{arguments:?}: {}", ran.stderr);
        assert_eq!(ran.stdout, "", "{arguments:?}");
    }
    let ran = deadline(&["--filed-at", "2025-09-01", "--term", "48h", "--json"]).exits(1);
    assert_eq!(ran.json(), json!({ "error": "HoursForbidden" }));
}

#[test]
fn it_needs_no_data_folder_and_makes_none() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("nowhere");
    let mut command = binary::bare(&["deadline", "--filed-at", "2025-09-01", "--term", "1bd"]);
    command.env("CHASQUI_DATA_DIR", &data).env(
        "CHASQUI_DATABASE_URL",
        "postgres://nobody@127.0.0.1:1/nothing",
    );
    binary::run(command.current_dir(folder.path())).exits(0);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn the_documentation_lists_every_name_of_a_refusal_and_every_setting_of_a_question() {
    let path = crate::support::repository().join("docs/integrate.md");
    let text = std::fs::read_to_string(path).unwrap();
    for name in chasqui_deadlines::DeadlineError::NAMES {
        assert!(
            text.contains(&format!("`{name}`")),
            "docs/integrate.md lacks {name}"
        );
    }
    for vector in Vector::all() {
        for field in vector
            .input
            .as_object()
            .unwrap()
            .keys()
            .filter(|name| *name != "decided_at")
        {
            assert!(
                text.contains(&format!("`{field}")),
                "docs/integrate.md lacks {field}"
            );
        }
    }
}
