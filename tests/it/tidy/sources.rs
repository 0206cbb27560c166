//! Files and functions stay small, and every file says what it is for.

use super::{assert_none, files};

const MOST_LINES: usize = 800;

#[test]
fn no_file_is_longer_than_800_lines() {
    let faults: Vec<String> = files(&[".rs", ".html", ".css", ".sql", ".toml"])
        .iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(path, lines)| {
            format!(
                "{}: {lines} lines; divide it by what it does, 60 to 150 lines a file",
                path.display()
            )
        })
        .collect();
    assert_none(&faults);
}

#[test]
fn every_source_file_says_what_it_is_for() {
    let faults: Vec<String> = files(&[".rs"])
        .iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| {
            format!(
                "{}: begin with `//!`: what it is for, and what it deliberately does not do",
                path.display()
            )
        })
        .collect();
    assert_none(&faults);
}

#[test]
fn a_mod_rs_only_lists() {
    let is_code = |line: &str| {
        ["fn ", "struct ", "enum ", "impl ", "trait "]
            .iter()
            .any(|word| {
                line.trim_start()
                    .trim_start_matches("pub ")
                    .trim_start_matches("pub(crate) ")
                    .starts_with(word)
            })
    };
    let faults: Vec<String> = files(&["mod.rs"])
        .iter()
        // A capability's `mod.rs` with its one handler or the shared helpers of tests is no list yet.
        .filter(|(path, _)| {
            !path.starts_with("tests") && !path.starts_with("domain/procedures/src/decide")
        })
        .filter(|(path, _)| !path.starts_with("services/web/src/pages"))
        .filter(|(_, text)| text.lines().any(is_code))
        .map(|(path, _)| {
            format!(
                "{}: move the code to a file named for what it does",
                path.display()
            )
        })
        .collect();
    assert_none(&faults);
}

#[test]
fn functions_stay_under_70_lines_in_every_crate() {
    let limits: Vec<_> = files(&["clippy.toml"]);
    assert_eq!(limits.len(), 2, "the root's and the domain's");
    for (path, text) in limits {
        assert!(
            text.contains("too-many-lines-threshold = 70"),
            "{}",
            path.display()
        );
    }
    let (_, root) = files(&["Cargo.toml"])
        .into_iter()
        .find(|(path, _)| path.as_os_str() == "Cargo.toml")
        .unwrap();
    assert!(
        root.contains("too_many_lines = \"warn\""),
        "the lint is on, and .ci/run denies warnings"
    );
    let faults: Vec<String> = files(&["Cargo.toml"])
        .iter()
        .filter(|(path, text)| {
            path.as_os_str() != "Cargo.toml" && !text.contains("[lints]\nworkspace = true")
        })
        .map(|(path, _)| format!("{}: take over the workspace's lints", path.display()))
        .collect();
    assert_none(&faults);
}
