//! The message files are whole: no language lacks what it should have, and no page asks for what there
//! is not.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::*;

/// The keys of a language, each with the names of what stands in it.
fn keys(language: Language) -> BTreeSet<String> {
    let (_, files) = sources(language);
    let lines = files.iter().flat_map(|file| file.lines());
    lines.filter_map(key_of).map(str::to_owned).collect()
}

/// What stands in a message: `{ $unit }`.
fn slots(key: &str, language: Language) -> BTreeSet<String> {
    let (_, files) = sources(language);
    let text = files.join("\n");
    let start = text.find(&format!("\n{key} =")).unwrap();
    let message: String = text[start + 1..]
        .lines()
        .enumerate()
        .take_while(|(number, line)| *number == 0 || line.starts_with([' ', '}']))
        .map(|(_, line)| line)
        .collect();
    let names = message.split('$').skip(1);
    names
        .map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

fn sources_of_pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources_of_pages(&path, found);
        } else if path
            .extension()
            .is_some_and(|end| end == "rs" || end == "html")
        {
            found.push(path);
        }
    }
}

#[test]
fn english_says_everything_that_spanish_says() {
    let (spanish, english) = (keys(Language::Es), keys(Language::En));
    assert_eq!(spanish, english);
    for key in &spanish {
        assert_eq!(slots(key, Language::Es), slots(key, Language::En), "{key}");
    }
    assert!(
        keys(Language::Qu).is_subset(&spanish),
        "Kichwa says more than Spanish"
    );
}

#[test]
fn every_message_that_is_asked_for_is_there_and_none_is_idle() {
    let mut files = Vec::new();
    sources_of_pages(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    let text: String = files
        .iter()
        .filter(|path| !path.ends_with("messages_tests.rs"))
        .map(|path| std::fs::read_to_string(path).unwrap())
        .collect();
    let known = keys(Language::Es);
    for call in [
        "say(\"",
        "plain(\"",
        "plain_in(\"",
        "say_with(\"",
        "plain_with(\"",
    ] {
        for rest in text.split(call).skip(1) {
            let key = rest.split('"').next().unwrap();
            assert!(known.contains(key), "there is no message {key}");
        }
    }
    // These are made of a kind and an id.
    let made = [
        "stage",
        "standing",
        "outcome",
        "waiting",
        "cause",
        "contradiction",
        "silence",
        "result",
        "corrected",
        "reopened",
        "part",
        "weekday",
        "month",
        "type-channel",
    ];
    for key in known {
        let is_made = made.iter().any(|kind| key.starts_with(&format!("{kind}-")));
        assert!(
            is_made || text.contains(&format!("\"{key}\"")),
            "nobody says {key}"
        );
    }
}

#[test]
fn numbers_decide_on_the_plural_and_are_written_as_the_language_does() {
    let days =
        |count: u64, language| fill("type-business-days", &[("count", count.into())], language).0;
    assert_eq!(days(1, Language::Es), "1 día laborable");
    assert_eq!(days(0, Language::Es), "0 días laborables");
    assert_eq!(days(1434, Language::Es), "1.434 días laborables");
    assert_eq!(days(1, Language::En), "1 business day");
    assert_eq!(days(1434, Language::En), "1,434 business days");
    assert_eq!(days(2, Language::Qu), "2 días laborables");
}

#[test]
fn what_a_language_lacks_is_said_in_spanish_and_marked() {
    let (text, language) = find("home-where", Language::Qu);
    assert_eq!((text, language), ("¿Dónde está el código?", Language::Es));
    let said = Said {
        text: "<a> & b".to_owned(),
        is_fallback: true,
    };
    assert_eq!(
        said.to_string(),
        "<span lang=\"es-EC\">&#60;a&#62; &#38; b</span>"
    );
}

#[test]
fn the_glossary_has_the_words_of_the_pages() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/glossary.md");
    let glossary = std::fs::read_to_string(path).unwrap();
    let tables = glossary.split("## Three things").nth(1).unwrap();
    let tables = tables.split("\n## ").next().unwrap();
    let mut compared = 0;
    for line in tables.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let id = cells[0].trim_matches('`');
        let kinds = ["stage", "standing", "outcome"];
        let said = kinds.map(|kind| plain_in(&format!("{kind}-{id}"), Language::Es));
        assert!(
            said.contains(&cells[1]),
            "{id}: {} is none of {said:?}",
            cells[1]
        );
        compared += 1;
    }
    assert!(
        compared >= 28,
        "the glossary's tables were not found: {compared}"
    );
}
