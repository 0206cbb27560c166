//! The words of the site, from `locales/`: Fluent files, a folder for each language.
//!
//! A message that a language lacks is shown in Spanish, and marked as Spanish for screen readers. The
//! tests hold that Spanish and English lack nothing, and that no template asks for what there is not.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use chasqui_deadlines::Language;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use crate::{numbers, reader};

static BOOKS: LazyLock<[Book; 3]> = LazyLock::new(|| Language::ALL.map(Book::read));

/// The messages of one language.
struct Book {
    bundle: FluentBundle<FluentResource>,
    /// Those that say the same whatever happens: nearly all, made once.
    fixed: HashMap<String, String>,
}

/// What can stand in a message.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Arg<'a> {
    /// A text, as it is.
    Text(&'a str),
    /// A count: written as the language writes numbers, and it decides on singular or plural.
    Count(u64),
}

/// A message for the inside of an HTML element: escaped, and marked where it fell back to Spanish.
pub(crate) struct Said {
    text: String,
    is_fallback: bool,
}

impl askama::filters::HtmlSafe for Said {}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = askama::filters::escape(&self.text, askama::filters::Html)
            .map_err(|_: std::convert::Infallible| fmt::Error)?;
        if self.is_fallback {
            write!(f, "<span lang=\"es-EC\">{text}</span>")
        } else {
            write!(f, "{text}")
        }
    }
}

/// A message in the reader's language, for the inside of an element.
pub(crate) fn say(key: &str) -> Said {
    let (text, language) = find(key, reader::language());
    Said {
        text: text.to_owned(),
        is_fallback: language != reader::language(),
    }
}

/// A message with something in it, for the inside of an element.
pub(crate) fn say_with(key: &str, args: &[(&'static str, Arg<'_>)]) -> Said {
    let (text, language) = fill(key, args, reader::language());
    Said {
        text,
        is_fallback: language != reader::language(),
    }
}

/// A message in the reader's language, for attributes, titles and other texts.
pub(crate) fn plain(key: &str) -> &'static str {
    find(key, reader::language()).0
}

/// A message with something in it, for attributes, titles and other texts.
pub(crate) fn plain_with(key: &str, args: &[(&'static str, Arg<'_>)]) -> String {
    fill(key, args, reader::language()).0
}

/// A message in a language that is not the reader's.
pub(crate) fn plain_in(key: &str, language: Language) -> &'static str {
    find(key, language).0
}

/// Whether a language has a message of its own.
pub(crate) fn is_known(key: &str, language: Language) -> bool {
    book(language).bundle.has_message(key)
}

fn find(key: &str, language: Language) -> (&'static str, Language) {
    let of = |language| {
        let found = book(language).fixed.get(key);
        found.map(|text| (text.as_str(), language))
    };
    of(language)
        .or_else(|| of(Language::Es))
        .unwrap_or_else(|| {
            tracing::error!(key, "there is no such message");
            ("", language)
        })
}

fn fill(key: &str, args: &[(&'static str, Arg<'_>)], language: Language) -> (String, Language) {
    let has = is_known(key, language);
    let language = if has { language } else { Language::Es };
    let bundle = &book(language).bundle;
    let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
        tracing::error!(key, "there is no such message");
        return (String::new(), language);
    };
    let values = args.iter().map(|(name, arg)| (*name, arg.value()));
    let values: FluentArgs<'_> = values.collect();
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(&values), &mut errors);
    if !errors.is_empty() {
        tracing::error!(key, ?errors, "a message lacks what stands in it");
    }
    (text.into_owned(), language)
}

fn book(language: Language) -> &'static Book {
    let [es, en, qu] = &*BOOKS;
    match language {
        Language::Es => es,
        Language::En => en,
        Language::Qu => qu,
    }
}

impl<'a> Arg<'a> {
    fn value(self) -> FluentValue<'a> {
        match self {
            Self::Text(text) => FluentValue::from(text),
            Self::Count(count) => FluentValue::from(count),
        }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Arg<'_> {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

/// The files of a language, and the tag under which Fluent finds its plural rules.
const fn sources(language: Language) -> (&'static str, [&'static str; 2]) {
    match language {
        Language::Es => (
            "es-EC",
            [
                include_str!("../locales/es/glossary.ftl"),
                include_str!("../locales/es/site.ftl"),
            ],
        ),
        Language::En => (
            "en",
            [
                include_str!("../locales/en/glossary.ftl"),
                include_str!("../locales/en/site.ftl"),
            ],
        ),
        // No plural rules are published for Kichwa: one and other, as in English.
        Language::Qu => (
            "en",
            [
                include_str!("../locales/qu/glossary.ftl"),
                include_str!("../locales/qu/site.ftl"),
            ],
        ),
    }
}

impl Book {
    fn read(language: Language) -> Self {
        let (tag, files) = sources(language);
        let tag = tag.parse().expect("invariant: a fixed tag");
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Invisible marks of direction only help where scripts mix, and spoil copied texts.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::Es => |value, _| number(value, Language::Es),
            Language::En => |value, _| number(value, Language::En),
            Language::Qu => |value, _| number(value, Language::Qu),
        }));
        let mut keys = Vec::new();
        for file in files {
            keys.extend(file.lines().filter_map(key_of).map(str::to_owned));
            let resource = FluentResource::try_new(file.to_owned())
                .map_err(|(_, errors)| errors)
                .expect("invariant: the message files are tested");
            bundle
                .add_resource(resource)
                .expect("invariant: no message stands twice");
        }
        let fixed = keys.into_iter().filter_map(|key| {
            let pattern = bundle.get_message(&key)?.value()?;
            let mut errors = Vec::new();
            let text = bundle
                .format_pattern(pattern, None, &mut errors)
                .into_owned();
            errors.is_empty().then_some((key, text))
        });
        let fixed = fixed.collect();
        Self { bundle, fixed }
    }
}

/// The key that a line of a message file begins with.
fn key_of(line: &str) -> Option<&str> {
    let (key, _) = line.split_once('=')?;
    let begins = line.starts_with(|first: char| first.is_ascii_lowercase());
    begins.then(|| key.trim())
}

fn number(value: &FluentValue<'_>, language: Language) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, .. }) = value else {
        return None;
    };
    Some(numbers::decimal(&value.to_string(), language))
}

#[cfg(test)]
#[path = "messages_tests.rs"]
mod tests;
