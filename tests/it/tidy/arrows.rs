//! Which crate may know which: the arrows of `docs/architecture.md`.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use super::assert_none;
use crate::support::repository;

/// Each crate of ours with those that it may know, directly.
const ARROWS: [(&str, &[&str]); 15] = [
    ("deadlines", &[]),
    ("indicators", &[]),
    ("procedures", &["deadlines"]),
    ("tlog", &[]),
    ("store", &["procedures"]),
    ("commands", &["store", "procedures", "deadlines"]),
    ("projections", &["procedures", "deadlines", "indicators"]),
    (
        "exchange",
        &["commands", "projections", "procedures", "deadlines"],
    ),
    ("keeper", &["commands", "projections", "procedures"]),
    ("sealer", &["store", "procedures", "tlog"]),
    ("verify", &["tlog"]),
    ("witness", &["tlog"]),
    (
        "web",
        &["commands", "projections", "procedures", "deadlines", "tlog"],
    ),
    (
        "cli",
        &[
            "deadlines",
            "procedures",
            "store",
            "commands",
            "projections",
            "exchange",
            "keeper",
            "sealer",
            "tlog",
            "verify",
            "web",
            "witness",
        ],
    ),
    (
        "tests",
        &[
            "deadlines",
            "procedures",
            "store",
            "commands",
            "exchange",
            "keeper",
            "projections",
            "sealer",
            "tlog",
        ],
    ),
];

/// What a crate may never know, however useful: each with the reason.
const FORBIDDEN: [(&str, &[&str], &str); 5] = [
    (
        "deadlines",
        &["tokio", "sqlx", "rusqlite", "axum", "getrandom", "tracing"],
        "the domain is told everything",
    ),
    (
        "procedures",
        &["tokio", "sqlx", "rusqlite", "axum", "getrandom", "tracing"],
        "the domain is told everything",
    ),
    (
        "indicators",
        &["tokio", "sqlx", "rusqlite", "axum", "getrandom", "tracing"],
        "the domain is told everything",
    ),
    (
        "tlog",
        &["tokio", "sqlx", "rusqlite", "axum", "getrandom", "tracing"],
        "the domain is told everything",
    ),
    (
        "web",
        &["sqlx", "rusqlite", "postgres-es", "sqlite-es"],
        "pages never see SQL",
    ),
];

#[test]
fn crates_know_only_whom_they_may() {
    let crates = crates();
    let mut faults = Vec::new();
    for (name, known) in &crates {
        let Some((_, allowed)) = ARROWS.iter().find(|(one, _)| one == name) else {
            faults.push(format!(
                "{name}: a new crate; say in ARROWS and docs/architecture.md whom it may know"
            ));
            continue;
        };
        for other in known.iter().filter_map(|one| one.strip_prefix("chasqui-")) {
            if !allowed.contains(&other) {
                faults.push(format!(
                    "{name} may not know {other}: hand it in as a value, or move the wall"
                ));
            }
        }
    }
    for (name, forbidden, reason) in FORBIDDEN {
        for other in crates.get(name).into_iter().flatten() {
            if forbidden.contains(&other.as_str()) {
                faults.push(format!("{name} may not use {other}: {reason}"));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn all_crates_have_the_same_version_licence_and_compiler() {
    for package in metadata()["packages"].as_array().unwrap() {
        assert_eq!(package["license"], "Apache-2.0", "{}", package["name"]);
        assert_eq!(package["rust_version"], "1.95", "{}", package["name"]);
        assert_eq!(package["version"], metadata()["packages"][0]["version"]);
    }
}

/// Our crates by their short names, with the names of what each depends on.
fn crates() -> BTreeMap<String, Vec<String>> {
    let metadata = metadata();
    let packages = metadata["packages"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    packages
        .iter()
        .map(|package| {
            let name = text(&package["name"]);
            let dependencies = package["dependencies"].as_array().unwrap().iter();
            let known = dependencies
                .filter(|one| one["kind"].is_null())
                .map(|one| text(&one["name"]))
                .collect();
            (name.strip_prefix("chasqui-").unwrap().to_owned(), known)
        })
        .collect()
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ])
        .current_dir(repository())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}
