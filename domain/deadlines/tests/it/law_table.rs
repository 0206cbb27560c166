//! `docs/law.md` maps article, rule, function and vector. This finds the holes in it: a rule
//! without a row, a function that does not exist, a vector that nothing claims.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chasqui_deadlines as law;
use serde_json::Value;

const TABLE: &str = include_str!("../../../../docs/law.md");
const EC: &str = include_str!("../../../../tests/vectors/deadline_vectors.json");
const FR: &str = include_str!("../../../../tests/vectors/deadlines_fr.json");
const UK: &str = include_str!("../../../../tests/vectors/deadlines_uk.json");

/// Names that the compiler has seen: what is listed here exists, or this file does not build.
macro_rules! existing {
    (functions $($function:ident)::+ $(, $($more:ident)::+)*; $($rest:tt)*) => {{
        let mut names = existing!($($rest)*);
        let _ = law::$($function)::+;
        names.push(stringify!($($function)::+));
        $(let _ = law::$($more)::+; names.push(stringify!($($more)::+));)*
        names
    }};
    (types $($name:ident),+; $($rest:tt)*) => {{
        let mut names = existing!($($rest)*);
        $(let _ = size_of::<law::$name>(); names.push(stringify!($name));)+
        names
    }};
    (fields $($of:ident . $field:ident),+;) => {{
        let mut names = Vec::new();
        $(let _ = |value: law::$of| value.$field;
          names.push(concat!(stringify!($of), "::", stringify!($field)));)+
        names
    }};
}

fn existing() -> BTreeSet<String> {
    let names: Vec<&str> = existing!(
        functions compute, check_extension, grant_extension, check_suspension, register_by,
            annual_report_due, Term::new, Term::months, Term::calendar_days, Suspension::granting,
            ExtensionPolicy::cap_days, Ledger::known_at, Ledger::ended_on, Calendar::next_business_day,
            Calendar::is_business_day, Calendar::reason, Calendar::was_checked,
            CalendarBook::jurisdictions, CalendarBook::resolve, CalendarBook::ecuador,
            CalendarBook::france, CalendarBook::united_kingdom, CalendarBook::with_decree,
            CalendarBook::known_from, Deadline::standing, Deadline::timeliness, Deadline::receipt,
            Deadline::moved_by, Deadline::if_resumed_on, SilenceDue::accrued_from, Zone::local,
            Zone::end_of;
        types TermUnit, PlazoAnchor, Roll, SuspensionCause, SilenceRule, SilenceEffect, Trigger,
            FilingPolicy, Deemed, DecreeEffect, CalendarVersion, Decree, RecoverableDays,
            OpenSuspension, SuspensionStart, Resume, SilenceClock, CalendarKind;
        fields Policies.rectification_business_days, Policies.suspension_cap_months,
            ExtensionPolicy.max_grants, ExtensionPolicy.days_per_month;
    );
    let mut names: BTreeSet<String> = names.iter().map(|name| name.replace(' ', "")).collect();
    // It gives an iterator that borrows, so it is named by calling it.
    let _ = |deadline: &law::Deadline| deadline.ineffective_suspensions().count();
    names.insert("Deadline::ineffective_suspensions".to_owned());
    names
}

/// The rows of every table whose first cell is a rule's name.
fn rows() -> BTreeMap<String, Vec<String>> {
    let cells = |line: &str| -> Vec<String> {
        line.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect()
    };
    let lines = TABLE.lines().filter(|line| line.starts_with('|'));
    let rows = lines.map(cells).filter(|cells| cells.len() == 6);
    rows.filter(|cells| !matches!(cells[0].as_str(), "Rule" | "---"))
        .map(|cells| (cells[0].clone(), cells))
        .collect()
}

fn published() -> BTreeSet<String> {
    let sections = [
        (EC, "deadline_vectors"),
        (EC, "rejection_vectors"),
        (EC, "publication_vectors"),
        (FR, "vectors"),
        (UK, "vectors"),
    ];
    let ids = sections.into_iter().flat_map(|(file, section)| {
        let file: Value = serde_json::from_str(file).unwrap();
        let vectors = file[section].as_array().unwrap().clone();
        vectors
            .into_iter()
            .map(|vector| vector["id"].as_str().unwrap().to_owned())
    });
    ids.collect()
}

/// `D01 to D03, R05` is five names, less those that were never published.
fn claimed(cell: &str, published: &BTreeSet<String>) -> Vec<String> {
    let mut names = Vec::new();
    for part in cell.split(',').map(str::trim) {
        match part.split_once(" to ") {
            None => names.push(part.to_owned()),
            Some((first, last)) => {
                assert!(
                    published.contains(first) && published.contains(last),
                    "{part}"
                );
                let range = published
                    .iter()
                    .filter(|id| first <= id.as_str() && id.as_str() <= last);
                names.extend(range.filter(|id| id.len() == first.len()).cloned());
            }
        }
    }
    names
}

/// What stands between backticks.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

#[test]
fn every_rule_of_the_legal_notes_has_a_row() {
    let rows = rows();
    let numbered = (1..=16).map(|n| format!("C{n}"));
    let others = [
        "T1", "T2", "T3", "H1", "H2", "H3", "H4", "H5", "H6", "L1", "L2", "L3", "FR", "UK",
    ];
    for rule in numbered.chain(others.map(str::to_owned)) {
        assert!(
            rows.contains_key(&rule),
            "docs/law.md has no row for {rule}"
        );
    }
    for (rule, cells) in &rows {
        assert!(
            cells.iter().all(|cell| !cell.is_empty()),
            "{rule} has an empty cell"
        );
        assert!(
            matches!(cells[3].as_str(), "read" | "memory"),
            "{rule}: how is it known?"
        );
    }
}

#[test]
fn every_function_in_the_table_exists_and_every_rule_has_one() {
    let existing = existing();
    let mut used = BTreeSet::new();
    for (rule, cells) in rows() {
        if cells[4].starts_with("elsewhere") {
            continue;
        }
        assert!(
            quoted(&cells[4]).next().is_some(),
            "{rule} names no function"
        );
        for name in quoted(&cells[4]) {
            assert!(
                existing.contains(name),
                "{rule} names {name}, which does not exist"
            );
            used.insert(name.to_owned());
        }
    }
    let questions = TABLE
        .lines()
        .skip_while(|line| !line.starts_with("## Questions"));
    for name in questions
        .flat_map(quoted)
        .filter(|name| !name.contains('/'))
    {
        assert!(
            existing.contains(name),
            "a question names {name}, which does not exist"
        );
        used.insert(name.to_owned());
    }
    let unused: Vec<_> = existing.difference(&used).collect();
    assert!(unused.is_empty(), "docs/law.md forgot {unused:?}");
}

#[test]
fn every_published_vector_is_claimed_by_a_rule() {
    let published = published();
    let mut all = BTreeSet::new();
    for (rule, cells) in rows() {
        if cells[5].starts_with("none") {
            continue;
        }
        for id in claimed(&cells[5], &published) {
            assert!(
                published.contains(&id),
                "{rule} claims {id}, which was never published"
            );
            all.insert(id);
        }
    }
    let orphans: Vec<_> = published.difference(&all).collect();
    assert!(
        orphans.is_empty(),
        "no rule in docs/law.md claims {orphans:?}"
    );
    assert_eq!(published.len(), 69 + 6 + 12 + 19 + 11);
}

#[test]
fn every_question_for_the_lawyers_has_its_switch() {
    for number in 1..=10 {
        let row = TABLE
            .lines()
            .find(|line| line.starts_with(&format!("| {number} |")));
        let row = row.unwrap_or_else(|| panic!("question {number} has no row"));
        assert!(row.contains('`') || row.contains("none"), "{row}");
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the rule is about the sources, so it reads them"
)]
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else {
            found.push((
                path.display().to_string(),
                std::fs::read_to_string(&path).unwrap(),
            ));
        }
    }
}

#[test]
fn every_example_in_the_documentation_cites_its_article() {
    let mut files = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    let mut examples = 0;
    for (path, text) in files {
        let doc: Vec<&str> = (text.lines().map(str::trim_start))
            .filter_map(|line| {
                line.strip_prefix("///")
                    .or_else(|| line.strip_prefix("//!"))
            })
            .collect();
        for example in doc.split(|line| line.trim() == "```").skip(1).step_by(2) {
            examples += 1;
            let cites = example.iter().any(|line| {
                line.contains("// COA art")
                    || line.contains("// LOTAIP art")
                    || line.contains("// LOPDP art")
            });
            assert!(
                cites,
                "{path}: an example cites no article:\n{}",
                example.join("\n")
            );
        }
    }
    assert!(
        examples >= 15,
        "only {examples} examples found: was the layout changed?"
    );
}
