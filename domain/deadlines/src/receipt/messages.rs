//! The texts of the lines, from the tables in `data/messages`. A text that is missing in a
//! language is shown in Spanish; a test holds that none is missing there.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::{Date, Time};
use serde::Deserialize;

use super::line::{Arg, ReceiptLine};
use crate::calendar::Evidence;
use crate::language::Language;

static ES: LazyLock<Messages> = LazyLock::new(|| read(include_str!("../../data/messages/es.json")));
static EN: LazyLock<Messages> = LazyLock::new(|| read(include_str!("../../data/messages/en.json")));
static QU: LazyLock<Messages> = LazyLock::new(|| read(include_str!("../../data/messages/qu.json")));

type Messages = BTreeMap<String, Text>;

/// The text of a key: one form, or one for a single day and one for several.
#[derive(Debug, Clone)]
enum Text {
    Always(Template),
    ByNumber { one: Template, other: Template },
}

/// Literal text and the names of the data between it.
type Template = Vec<Part>;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Literal(String),
    Slot(String),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Always(String),
    ByNumber { one: String, other: String },
}

fn read(json: &str) -> Messages {
    let written: BTreeMap<String, Written> =
        serde_json::from_str(json).expect("invariant: the message tables are tested");
    let text = |written| match written {
        Written::Always(text) => Text::Always(template(&text)),
        Written::ByNumber { one, other } => Text::ByNumber {
            one: template(&one),
            other: template(&other),
        },
    };
    written
        .into_iter()
        .map(|(key, written)| (key, text(written)))
        .collect()
}

/// Splits `"Day {n}: {date}."` into its parts.
fn template(text: &str) -> Template {
    let mut parts = Vec::new();
    for piece in text.split_inclusive('}') {
        let (literal, slot) = match piece.strip_suffix('}').and_then(|p| p.split_once('{')) {
            Some((literal, slot)) => (literal, Some(slot)),
            None => (piece, None),
        };
        if !literal.is_empty() {
            parts.push(Part::Literal(literal.to_owned()));
        }
        parts.extend(slot.map(|slot| Part::Slot(slot.to_owned())));
    }
    parts
}

const fn table(language: Language) -> &'static LazyLock<Messages> {
    match language {
        Language::Es => &ES,
        Language::En => &EN,
        Language::Qu => &QU,
    }
}

fn find(key: &str, language: Language) -> &'static Text {
    let found = language
        .fallbacks()
        .iter()
        .find_map(|each| table(*each).get(key));
    found.expect("invariant: every key has a Spanish text, and a test holds it")
}

/// A line as a sentence, with its article. What is cited from memory says so.
pub(super) fn render(line: &ReceiptLine, language: Language) -> String {
    let mut text = String::with_capacity(128);
    fill(&mut text, line.key.as_str(), &line.args, language);
    let Some(article) = &line.article else {
        return capitalised(text);
    };
    let key = match article.evidence {
        Evidence::Read => "article.read",
        Evidence::Memory => "article.memory",
    };
    let sentence = text.strip_suffix('.').unwrap_or(&text);
    let args = [
        ("text", Arg::Text(sentence.into())),
        ("cite", Arg::Text(article.cite.clone())),
    ];
    let mut cited = String::with_capacity(160);
    fill(&mut cited, key, &args, language);
    capitalised(cited)
}

/// A sentence begins with a capital, also when it begins with a weekday.
fn capitalised(text: String) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if first.is_lowercase() => first.to_uppercase().chain(chars).collect(),
        Some(_) | None => text,
    }
}

/// The text of a key that needs no data: the label of a standing, the name of a cause.
pub(crate) fn label(key: &str, language: Language) -> String {
    let mut text = String::new();
    fill(&mut text, key, &[], language);
    text
}

/// A date as it stands in a sentence: `lunes 1 de septiembre de 2025`.
pub(crate) fn date(date: Date, language: Language) -> String {
    let mut text = String::new();
    write_date(&mut text, date, language);
    text
}

fn fill(out: &mut String, key: &str, args: &[(&'static str, Arg)], language: Language) {
    let arg = |name: &str| {
        args.iter()
            .find(|(each, _)| *each == name)
            .map(|(_, arg)| arg)
    };
    let template = match find(key, language) {
        Text::Always(template) => template,
        Text::ByNumber { one, other } => match arg("n") {
            Some(Arg::Number(1)) => one,
            Some(_) | None => other,
        },
    };
    for part in template {
        match part {
            Part::Literal(text) => out.push_str(text),
            Part::Slot(name) => match arg(name) {
                Some(arg) => write_arg(out, arg, language),
                None => out.push('–'),
            },
        }
    }
}

fn write_arg(out: &mut String, arg: &Arg, language: Language) {
    match arg {
        Arg::Date(date) => write_date(out, *date, language),
        Arg::Time(time) => out.push_str(&hour(*time)),
        Arg::Number(number) => out.push_str(&number.to_string()),
        Arg::Text(text) => out.push_str(text),
        Arg::Name(name) => out.push_str(name.in_language(language)),
        Arg::Key(key) => fill(out, key, &[], language),
    }
}

fn write_date(out: &mut String, date: Date, language: Language) {
    const WEEKDAYS: [&str; 7] = [
        "weekday.1",
        "weekday.2",
        "weekday.3",
        "weekday.4",
        "weekday.5",
        "weekday.6",
        "weekday.7",
    ];
    const MONTHS: [&str; 12] = [
        "month.1", "month.2", "month.3", "month.4", "month.5", "month.6", "month.7", "month.8",
        "month.9", "month.10", "month.11", "month.12",
    ];
    let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
    let month = usize::from(date.month().unsigned_abs()) - 1;
    let args = [
        ("weekday", Arg::Key(WEEKDAYS[weekday])),
        ("day", Arg::Number(date.day().into())),
        ("month", Arg::Key(MONTHS[month])),
        ("year", Arg::Number(date.year().into())),
    ];
    fill(out, "date", &args, language);
}

fn hour(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::ledger::SuspensionCause;
    use crate::receipt::LineKey;
    use crate::standing::StandingKind;

    fn slots(text: &Text) -> BTreeSet<String> {
        let parts: Vec<&Part> = match text {
            Text::Always(template) => template.iter().collect(),
            Text::ByNumber { one, other } => one.iter().chain(other).collect(),
        };
        parts
            .into_iter()
            .filter_map(|part| match part {
                Part::Slot(name) => Some(name.clone()),
                Part::Literal(_) => None,
            })
            .collect()
    }

    #[test]
    fn every_key_has_a_spanish_text() {
        let standing = StandingKind::ALL.map(StandingKind::message_key);
        let causes = SuspensionCause::ALL.map(SuspensionCause::message_key);
        let lines = LineKey::ALL.iter().map(|key| key.as_str());
        for key in lines.chain(standing).chain(causes) {
            assert!(ES.contains_key(key), "es.json lacks {key}");
        }
    }

    #[test]
    fn english_has_the_same_keys_with_the_same_data() {
        assert_eq!(ES.keys().collect::<Vec<_>>(), EN.keys().collect::<Vec<_>>());
        for (key, text) in ES.iter() {
            assert_eq!(slots(text), slots(&EN[key]), "{key}");
        }
    }

    #[test]
    fn kichwa_has_no_key_of_its_own_and_falls_back_to_spanish() {
        assert!(QU.keys().all(|key| ES.contains_key(key)));
        for key in ES.keys().filter(|key| !QU.contains_key(*key)) {
            assert!(std::ptr::eq(
                find(key, Language::Qu),
                find(key, Language::Es)
            ));
        }
    }

    #[test]
    fn a_template_is_text_and_slots() {
        let (literal, slot) = (
            |t: &str| Part::Literal(t.into()),
            |t: &str| Part::Slot(t.into()),
        );
        assert_eq!(
            template("Día {n}: {date}."),
            [
                literal("Día "),
                slot("n"),
                literal(": "),
                slot("date"),
                literal(".")
            ]
        );
        assert_eq!(template("sin datos"), [literal("sin datos")]);
    }
}
