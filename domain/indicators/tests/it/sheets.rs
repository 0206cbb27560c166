//! The sheets: complete, in both languages, in step with the code, and the pages that were made from them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use chasqui_indicators::formula::{
    Clock, Expected, Period, Snapshot, Survey, days_to_notification, extended, first_response,
    flow, freshness, lateness, on_time, on_time_of_closed, on_time_strict, open_stock, publication,
    rectification, satisfaction, service_standard, silence, step_time, waiting,
};
use chasqui_indicators::sheet::{Language, SheetError, Sheets, pages, sheets};
use chasqui_indicators::{
    Figure, Histogram, Indicator, Minimum, OF_MEANS, OF_MEDIANS, OF_SHARES, Quantile,
};
use jiff::civil::date;
use serde_json::Value;

use crate::rows::filed;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/sheets");

/// The files of the folder whose names begin so.
fn files(prefix: &str) -> Vec<(String, String)> {
    let mut files: Vec<_> = texts(Path::new(FOLDER))
        .into_iter()
        .filter(|(name, _)| name.starts_with(prefix))
        .collect();
    files.sort();
    files
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test compares with what is checked in"
)]
fn texts(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| {
        panic!("{}: {error}; run {RUN}", folder.display());
    });
    entries
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn read(
    indicators: &[(String, String)],
    sources: &[(String, String)],
) -> Result<Sheets, SheetError> {
    fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
        files
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect()
    }
    let common = files("common");
    Sheets::read(
        borrowed(&common)[0],
        &borrowed(indicators),
        &borrowed(sources),
    )
}

#[test]
fn every_file_of_the_folder_is_a_sheet_in_force() {
    let read = read(&files("TI-"), &files("SRC-")).unwrap();
    assert_eq!(&read, sheets());
    for sheet in read.indicators() {
        assert!(
            files("TI-")
                .iter()
                .any(|(name, _)| *name == format!("{}.toml", sheet.id))
        );
    }
    assert_eq!(
        files("").len(),
        1 + read.indicators().count() + read.sources().count()
    );
}

#[test]
fn every_indicator_has_one_sheet_under_its_own_name() {
    let ids: Vec<Indicator> = sheets().indicators().map(|sheet| sheet.id).collect();
    assert_eq!(ids, Indicator::ALL);
    for id in Indicator::ALL {
        assert_eq!(sheets().get(id).id, id);
    }
}

/// Texts in two languages, anywhere in a sheet.
fn both(value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            let text = |language: &str| fields.get(language).and_then(Value::as_str);
            if let (Some(es), Some(en)) = (text("es"), text("en")) {
                found.push((es.to_owned(), en.to_owned()));
            }
            fields.values().for_each(|field| both(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| both(item, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn no_text_is_the_same_in_both_languages_or_half_finished() {
    let mut found = Vec::new();
    for sheet in sheets().indicators() {
        both(&serde_json::to_value(sheet).unwrap(), &mut found);
    }
    for sheet in sheets().sources() {
        both(&serde_json::to_value(sheet).unwrap(), &mut found);
    }
    both(
        &serde_json::to_value(sheets().common()).unwrap(),
        &mut found,
    );
    assert!(found.len() > 250, "{}", found.len());
    for (es, en) in found {
        assert_ne!(es, en);
        for text in [&es, &en] {
            let ending = text.chars().last().unwrap();
            assert!(!text.contains("TODO") && !text.contains("  "), "{text}");
            assert!(ending.is_alphanumeric() || ".)".contains(ending), "{text}");
        }
    }
}

#[test]
fn the_words_of_the_house_are_used() {
    for sheet in sheets().indicators() {
        let text = serde_json::to_string(sheet).unwrap();
        for word in [
            "expediente cerrado",
            "business-day",
            "working day",
            "silence period",
        ] {
            assert!(!text.contains(word), "{}: {word}", sheet.id);
        }
    }
}

#[test]
fn the_events_of_the_sources_are_events_of_the_log() {
    let glossary = include_str!("../../../../docs/glossary.md");
    let events = sheets().sources().flat_map(|sheet| &sheet.events);
    for event in events {
        assert!(
            glossary.contains(&format!("`{event}`")),
            "{event} is not in docs/glossary.md"
        );
    }
}

/// One figure of each indicator, of nothing at all, with the name of the function it comes from.
fn figures() -> Vec<(&'static str, Figure)> {
    let stay = chasqui_indicators::formula::Stay {
        step: "informe".to_owned(),
        started_on: date(2025, 9, 1),
        completed_on: None,
        days: 0,
    };
    let row = chasqui_indicators::formula::Row {
        stays: vec![stay],
        ..filed(date(2025, 9, 1))
    };
    let rows = Snapshot::new(date(2025, 10, 1), [&row]).unwrap();
    let month = Period::month_of(date(2025, 9, 1));
    let files: [Expected; 0] = [];
    let steps = step_time(&rows, month).into_values().next().unwrap();
    vec![
        ("on_time", on_time(&rows, month)),
        ("on_time_strict", on_time_strict(&rows, month)),
        ("extended", extended(&rows, month)),
        ("on_time_of_closed", on_time_of_closed(&rows, month)),
        (
            "days_to_notification",
            days_to_notification(&rows, month, Clock::Net),
        ),
        ("waiting", waiting(&rows).unwrap().figure),
        ("open_stock", open_stock(&rows)),
        ("flow", flow(&rows, month)),
        ("lateness", lateness(&rows, month)),
        ("silence", silence(&rows, month)),
        ("rectification", rectification(&rows, month)),
        ("step_time", steps),
        ("first_response", first_response(&rows, month)),
        ("service_standard", service_standard(&rows, month)),
        ("publication", publication(&files, month, date(2025, 10, 1))),
        ("freshness", freshness(&Histogram::new())),
        ("satisfaction", satisfaction(Survey::default())),
    ]
}

#[test]
fn each_sheet_says_what_its_formula_does() {
    let figures = figures();
    assert_eq!(figures.len(), Indicator::ALL.len());
    for ((function, figure), id) in figures.into_iter().zip(Indicator::ALL) {
        let sheet = sheets().get(id);
        assert_eq!(figure.id, id);
        assert_eq!(sheet.formula.function, function, "{id}");
        assert_eq!(sheet.unit, figure.unit, "{id}");
        // A figure with a denominator says of what; TI-07 counts, and has its share beside it.
        assert_eq!(
            sheet.formula.denominator.is_some(),
            figure.denominator.is_some(),
            "{id}"
        );
        assert_eq!(
            sheet.formula.numerator.is_some(),
            figure.numerator.is_some(),
            "{id}"
        );
    }
}

#[test]
fn each_sheet_names_the_minimum_that_the_code_keeps() {
    for sheet in sheets().indicators() {
        let minimum = match sheet.id {
            Indicator::OpenStock => 0,
            Indicator::DaysToNotification
            | Indicator::Waiting
            | Indicator::StepTime
            | Indicator::FirstResponse => OF_MEDIANS.count(),
            Indicator::Freshness => Minimum::of(Quantile::P95).count(),
            Indicator::Satisfaction => OF_MEANS.count(),
            Indicator::OnTime
            | Indicator::OnTimeStrict
            | Indicator::Extended
            | Indicator::OnTimeClosed
            | Indicator::Flow
            | Indicator::Lateness
            | Indicator::Silence
            | Indicator::Rectification
            | Indicator::ServiceStandard
            | Indicator::Publication => OF_SHARES.count(),
        };
        assert_eq!(sheet.minimum, minimum, "{}", sheet.id);
    }
}

/// The files with one text replaced in the first of them.
fn spoiled(prefix: &str, from: &str, to: &str) -> Vec<(String, String)> {
    let mut files = files(prefix);
    assert!(files[0].1.contains(from), "{from}");
    files[0].1 = files[0].1.replace(from, to);
    files
}

#[test]
fn a_set_with_a_fault_is_refused_with_its_name() {
    let sources = files("SRC-");
    let fault =
        |indicators: &[(String, String)]| read(indicators, &sources).unwrap_err().to_string();
    assert_eq!(fault(&files("TI-")[1..]), "TI-01 has no sheet");
    assert_eq!(
        fault(&spoiled("TI-", "id = \"TI-01\"", "id = \"TI-02\"")),
        "TI-02 is there twice"
    );
    assert_eq!(
        fault(&spoiled("TI-", "\"SRC-01\"", "\"SRC-99\"")),
        "TI-01 names SRC-99, which has no sheet"
    );
    assert_eq!(
        fault(&spoiled("TI-", "version = 1\nunit", "version = 2\nunit")),
        "the versions of TI-01 do not count up to 2"
    );
    assert_eq!(
        fault(&spoiled(
            "TI-",
            "title.en = \"On time, by due date\"",
            "title.en = \"\""
        )),
        "TI-01.toml is no sheet"
    );
    assert_eq!(
        fault(&spoiled("TI-", "title.en = \"On time, by due date\"\n", "")),
        "TI-01.toml is no sheet"
    );
    assert_eq!(
        fault(&spoiled(
            "TI-",
            "frequency = \"monthly\"",
            "frequency = \"monthly\"\ncolour = \"red\""
        )),
        "TI-01.toml is no sheet"
    );
}

#[test]
fn versions_count_up_on_days_that_do_not_go_back() {
    let second = |version: u32, on: &str| {
        let change = format!(
            "\n[[changes]]\nversion = {version}\non = \"{on}\"\ntext.es = \"Otra.\"\ntext.en = \"Another.\"\n"
        );
        let mut files = spoiled("TI-", "version = 1\nunit", "version = 2\nunit");
        files[0].1.push_str(&change);
        read(&files, &self::files("SRC-"))
    };
    assert_eq!(
        second(2, "2026-12-01")
            .unwrap()
            .get(Indicator::OnTime)
            .version,
        2
    );
    assert!(
        second(2, "2026-11-22").is_err(),
        "a day before the first version"
    );
    assert!(second(3, "2026-12-01").is_err(), "a version skipped");
    assert!(second(1, "2026-12-01").is_err(), "a version twice");
}

const RUN: &str = "`cargo run -p chasqui-indicators --example sheets -- docs/indicators`";

#[test]
fn the_pages_are_those_of_the_sheets() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/indicators");
    let (wanted, found) = (pages(sheets()), texts(&folder));
    let names = |pages: &BTreeMap<String, String>| pages.keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        names(&found),
        names(&wanted),
        "docs/indicators: run {RUN}, remove what is left over"
    );
    for (name, text) in &wanted {
        assert!(
            found[name] == *text,
            "docs/indicators/{name} is not made from its sheet: run {RUN}"
        );
    }
}

#[test]
fn a_page_has_every_text_of_its_sheet() {
    let pages = pages(sheets());
    for sheet in sheets().indicators() {
        let mut texts = Vec::new();
        both(&serde_json::to_value(sheet).unwrap(), &mut texts);
        let page = &pages[&format!("{}.md", sheet.id)];
        for (es, en) in texts {
            assert!(
                page.contains(&es) && page.contains(&en),
                "{}: {es}",
                sheet.id
            );
        }
        assert!(page.contains(&sheet.formula.latex));
        assert!(page.contains(sheet.title.in_language(Language::Es)));
    }
}
