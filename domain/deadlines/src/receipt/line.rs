//! A line of a receipt: a key and its data, to be worded in any language.

use std::sync::Arc;

use jiff::civil::{Date, Time};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::key::LineKey;
use super::messages::render;
use crate::calendar::{Article, CalendarVersion};
use crate::language::{Language, LocalName};

/// One statement of a receipt: what it says, with which data, and which article says so.
///
/// The page, the API and the command line show the same line, worded by the same table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceiptLine {
    /// What it says.
    pub key: LineKey,
    /// The data of the statement, by the names the texts use.
    #[serde(serialize_with = "as_map")]
    pub args: Vec<(&'static str, Arg)>,
    /// The article behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<Article>,
}

/// A piece of data in a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Arg {
    /// A date.
    Date(Date),
    /// An hour of the day.
    Time(Time),
    /// A number.
    Number(i64),
    /// A text that is the same in every language.
    Text(Arc<str>),
    /// A name in several languages.
    Name(LocalName),
    /// The key of another text.
    Key(&'static str),
}

impl ReceiptLine {
    /// A line without data.
    pub(crate) fn new(key: LineKey) -> Self {
        Self {
            key,
            args: Vec::new(),
            article: None,
        }
    }

    /// The same with one more piece of data.
    pub(crate) fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.push((name, arg.into()));
        self
    }

    /// The same, resting on an article.
    pub(crate) fn under(mut self, article: Option<&Article>) -> Self {
        self.article = article.cloned();
        self
    }

    /// A piece of data by its name.
    #[must_use]
    pub fn arg(&self, name: &str) -> Option<&Arg> {
        self.args
            .iter()
            .find(|(each, _)| *each == name)
            .map(|(_, arg)| arg)
    }

    /// The line as a sentence.
    #[must_use]
    pub fn text(&self, language: Language) -> String {
        render(self, language)
    }
}

fn as_map<S: Serializer>(args: &[(&'static str, Arg)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(args.len()))?;
    for (name, arg) in args {
        map.serialize_entry(name, arg)?;
    }
    map.end()
}

impl From<Date> for Arg {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<Time> for Arg {
    fn from(time: Time) -> Self {
        Self::Time(time)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u16> for Arg {
    fn from(number: u16) -> Self {
        Self::Number(number.into())
    }
}

impl From<LocalName> for Arg {
    fn from(name: LocalName) -> Self {
        Self::Name(name)
    }
}

impl From<&CalendarVersion> for Arg {
    fn from(version: &CalendarVersion) -> Self {
        Self::Text(version.shared())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}
