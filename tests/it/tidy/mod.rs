//! The rules of the house, as tests whose messages say what to do instead. What clippy can hold stands
//! in `clippy.toml`.

mod arrows;
mod invariants;
mod sources;
mod words;

use std::path::{Path, PathBuf};

use crate::support::repository;

/// Every file of the checkout with one of these endings, by its path from the root.
fn files(endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![repository()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            if name.starts_with('.') || name == "target" || name == "vectors" {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(repository()).unwrap().to_owned(), text));
            }
        }
    }
    assert!(!found.is_empty(), "no file ends with {endings:?}");
    found.sort();
    found
}

/// Fails with all faults at once.
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn is_in(path: &Path, folder: &str) -> bool {
    path.starts_with(folder)
}
