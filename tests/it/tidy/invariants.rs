//! The design's invariants, as far as sources can show them. The others have tests of behaviour: views
//! in `views.rs`, acknowledged events in `kills.rs`, refusals in `bad_input.rs`.

use super::{assert_none, files, is_in};

/// 1. Domain crates never see a clock, a socket, a file, randomness or an environment variable.
#[test]
fn the_domain_is_told_everything() {
    let seen = [
        "std::fs",
        "std::net",
        "std::env",
        "std::time::SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "getrandom",
        "rand::",
        "TimeZone::system",
        "async fn main",
        "println!",
    ];
    let mut faults = Vec::new();
    for (path, text) in files(&[".rs"]) {
        let path_text = path.to_str().unwrap();
        if !is_in(&path, "domain") || !path_text.contains("/src/") {
            continue;
        }
        for word in seen {
            if text
                .lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(word))
            {
                faults.push(format!("{path_text}: {word}: pass the value in"));
            }
        }
    }
    assert_none(&faults);
}

/// 2. `web` never sees SQL or the store.
#[test]
fn pages_never_see_sql() {
    let words = [
        "select ",
        "insert into",
        "prepare_cached",
        "query_row",
        "rusqlite",
        "sqlx",
        "chasqui_store",
    ];
    let mut faults = Vec::new();
    for (path, text) in files(&[".rs"]) {
        if !is_in(&path, "services/web/src") {
            continue;
        }
        for word in words {
            if text.contains(word) {
                faults.push(format!(
                    "{}: {word}: write a query in projections",
                    path.display()
                ));
            }
        }
    }
    assert_none(&faults);
}

/// 4. Standing is never stored: it depends on the day of the question.
#[test]
fn standing_is_never_stored() {
    let mut faults = Vec::new();
    for (path, text) in files(&[".rs", ".sql"]) {
        let path_text = path.to_str().unwrap();
        let stores = path_text.ends_with("project.rs")
            || path_text.ends_with("schema.rs")
            || path_text.ends_with(".sql")
            || path_text.ends_with("procedures/src/event.rs");
        let told = |line: &str| {
            !line.trim_start().starts_with("//") && !line.trim_start().starts_with("--")
        };
        if stores
            && text
                .lines()
                .any(|line| told(line) && line.to_lowercase().contains("standing"))
        {
            faults.push(format!("{path_text}: compute it when it is read"));
        }
    }
    assert_none(&faults);
}

/// 8. Every event is matched by name in every `project.rs` and in `publication.rs`: no wildcard.
#[test]
fn every_event_is_named_where_it_is_projected_or_published() {
    let event = files(&["event.rs"])
        .into_iter()
        .find(|(path, _)| is_in(path, "domain/procedures"))
        .map(|(_, text)| text)
        .unwrap();
    let body = event
        .split("pub enum Event {")
        .nth(1)
        .unwrap()
        .split("\n}")
        .next()
        .unwrap();
    let variants: Vec<&str> = body
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with(char::is_uppercase))
        .filter_map(|line| line.split('(').next())
        .collect();
    assert!(variants.len() >= 16, "{variants:?}");
    let mut faults = Vec::new();
    for (path, text) in files(&["project.rs", "publication.rs", "evolve.rs"]) {
        // The catalogue's view folds other events; it has no procedure's event at all.
        if !text.contains("Event::Filed") || path.to_str().unwrap().contains("/tests/") {
            continue;
        }
        for variant in &variants {
            if !text.contains(&format!("Event::{variant}(")) {
                faults.push(format!(
                    "{}: name Event::{variant}, also if it changes nothing",
                    path.display()
                ));
            }
        }
    }
    assert_none(&faults);
}

/// The text of a stored event is understood in one place, which lifts old forms and refuses newer ones.
/// The store hands it to the framework after lifting it; an office sees it as it is kept, with its
/// version; the sealer commits to the text as it is kept, whatever it means.
#[test]
fn the_text_of_an_event_is_read_where_old_forms_are_lifted() {
    let may = [
        "services/store/src/repository.rs",
        "services/commands/src/private.rs",
        "services/sealer/src/leaves.rs",
    ];
    let reads = ["from_str(", "from_value(", "from_slice("];
    let mut faults = Vec::new();
    let mut found = Vec::new();
    for (path, text) in files(&[".rs"]) {
        let path_text = path.to_str().unwrap();
        let reads_payload =
            |line: &str| line.contains("payload") && reads.iter().any(|read| line.contains(read));
        let told = |line: &&str| !line.trim_start().starts_with("//");
        if !path_text.contains("/src/") || !text.lines().filter(told).any(reads_payload) {
            continue;
        }
        found.push(path_text.to_owned());
        if !may.contains(&path_text) {
            faults.push(format!("{path_text}: use RawRecord::decode"));
        }
    }
    assert_none(&faults);
    assert_eq!(found.len(), may.len(), "{found:?}");
}
