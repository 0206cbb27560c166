//! Words that are not written, with what to write instead.

use super::{assert_none, files, is_in};
use crate::support::repository;

/// What is not written in source files, and what is.
const BANNED: [(&str, &str); 11] = [
    ("todo!(", "do it, or say on the issue that it is not done"),
    (
        "unimplemented!(",
        "do it, or say on the issue that it is not done",
    ),
    (
        "#[ignore",
        "a test that does not run proves nothing: mend it or delete it",
    ),
    (
        "#[allow(",
        "#[expect(lint, reason = \"...\")]: it complains when it is no longer needed",
    ),
    (
        "thread::sleep(",
        "wait for the thing itself, not for a while",
    ),
    ("dbg!(", "tracing, or nothing"),
    ("NaiveDate", "jiff::civil::Date"),
    ("chrono::", "jiff"),
    ("lazy_static", "std::sync::LazyLock"),
    (
        "OffsetDateTime",
        "Moment, which knows whether it is a date or an instant",
    ),
    (
        "Uuid::new_v4",
        "Uuid::now_v7 for what is stored: it keeps the index together",
    ),
];

#[test]
fn banned_words_are_not_written() {
    let mut faults = Vec::new();
    for (path, text) in files(&[".rs"]) {
        if is_in(&path, "tests/it/tidy") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            for (word, instead) in BANNED {
                let in_tests = is_in(&path, "tests") && word == "Uuid::new_v4";
                if line.contains(word) && !in_tests {
                    faults.push(format!(
                        "{}:{}: {word} -> {instead}",
                        path.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    assert_none(&faults);
}

/// Other words for a procedure, and one word for three things.
const NAMES: [(&str, &str); 8] = [
    ("struct Case", "Procedure"),
    ("case_id", "procedure"),
    ("ticket", "procedure"),
    (
        "enum Status",
        "Stage (where it is), Standing (on time or not) or Outcome (how it ended)",
    ),
    ("office_id", "unit"),
    ("department_id", "unit"),
    ("DeadlineStatus", "Standing"),
    ("working_day", "business_day"),
];

#[test]
fn the_same_thing_has_the_same_name_everywhere() {
    let mut faults = Vec::new();
    for (path, text) in files(&[".rs", ".sql", ".html"]) {
        if is_in(&path, "tests/it/tidy") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            for (word, instead) in NAMES {
                if line.contains(word) {
                    faults.push(format!(
                        "{}:{}: {word} -> {instead}",
                        path.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    assert_none(&faults);
}

/// Folders that are on this machine only: the home of whoever builds, and where the checkout lies.
fn places_of_one_machine() -> Vec<String> {
    let home = std::env::home_dir().unwrap_or_default();
    let around = repository().canonicalize().unwrap();
    let around = around.parent().unwrap_or(&around).to_owned();
    let mut places = Vec::new();
    for place in [home, around] {
        // A checkout in the root folder has nothing around it that is its own.
        if place.components().count() > 1 {
            places.push(format!("{}/", place.display()));
        }
    }
    places
}

#[test]
fn the_machine_the_project_is_built_on_is_not_named() {
    let mut faults = Vec::new();
    let places = places_of_one_machine();
    for (path, text) in files(&[".rs", ".md", ".toml", ".html", ".sql", ".json", "run"]) {
        if is_in(&path, "tests/it/tidy") {
            continue;
        }
        for place in &places {
            if text.contains(place) {
                faults.push(format!(
                    "{}: {place} exists on one machine only",
                    path.display()
                ));
            }
        }
    }
    assert_none(&faults);
}
