//! A text in both languages of the sheets, and what changed from version to version.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A language of the sheets. Spanish is the one that binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Spanish.
    Es,
    /// English.
    En,
}

impl Language {
    /// Both, Spanish first.
    pub const ALL: [Self; 2] = [Self::Es, Self::En];
}

/// The same text in Spanish and in English. Neither can be empty or blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Text {
    es: String,
    en: String,
}

/// A text without words in one of its languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a text has no words in one of its two languages")]
pub struct EmptyText;

impl Text {
    /// The text in a language.
    ///
    /// ```
    /// use chasqui_indicators::sheet::{Language, Text};
    ///
    /// let text: Text = toml::from_str("es = 'trámite'\nen = 'procedure'").unwrap();
    /// assert_eq!(text.in_language(Language::Es), "trámite");
    /// assert!(toml::from_str::<Text>("es = 'trámite'\nen = ' '").is_err());
    /// ```
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Es => &self.es,
            Language::En => &self.en,
        }
    }
}

/// What a version of a sheet changed, and when it took effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The version that the change led to, from 1.
    pub version: u32,
    /// The first day of that version.
    pub on: Date,
    /// What changed, and why.
    pub text: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    es: String,
    en: String,
}

impl TryFrom<Parts> for Text {
    type Error = EmptyText;

    fn try_from(parts: Parts) -> Result<Self, EmptyText> {
        let (es, en) = (parts.es.trim(), parts.en.trim());
        if es.is_empty() || en.is_empty() {
            return Err(EmptyText);
        }
        Ok(Self {
            es: es.to_owned(),
            en: en.to_owned(),
        })
    }
}
