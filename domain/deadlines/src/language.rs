//! The languages of the site, and names that exist in several of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A language of the site.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Spanish, the language of the law; every text exists in it.
    #[default]
    Es,
    /// English.
    En,
    /// Kichwa. Texts that nobody has translated yet are shown in Spanish.
    Qu,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 3] = [Self::Es, Self::En, Self::Qu];

    /// The code in addresses and data.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Es => "es",
            Self::En => "en",
            Self::Qu => "qu",
        }
    }

    /// The language of a code; `None` for one the site does not have.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// A date as it stands in a sentence of this language: `lunes 1 de septiembre de 2025`.
    #[must_use]
    pub fn date(self, date: Date) -> String {
        crate::receipt::date(date, self)
    }

    /// What has to be said with every text in this language: nobody who speaks it has validated the
    /// Kichwa ones. None where there is nothing to say.
    #[must_use]
    pub const fn note(self) -> Option<&'static str> {
        match self {
            Self::Es | Self::En => None,
            Self::Qu => Some("por validar"),
        }
    }

    /// The languages in which to look for a text, in order.
    pub(crate) const fn fallbacks(self) -> &'static [Self] {
        match self {
            Self::Es => &[Self::Es],
            Self::En => &[Self::En, Self::Es],
            Self::Qu => &[Self::Qu, Self::Es],
        }
    }
}

/// The name of something in the languages it was given in; Spanish stands in for a missing one.
///
/// In data an object by language code. It always has a Spanish name. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(
    try_from = "BTreeMap<Language, String>",
    into = "BTreeMap<Language, String>"
)]
pub struct LocalName(Arc<BTreeMap<Language, String>>);

impl LocalName {
    /// A name in Spanish only.
    #[must_use]
    pub fn spanish(name: impl Into<String>) -> Self {
        Self(Arc::new(BTreeMap::from([(Language::Es, name.into())])))
    }

    /// The name in a language, or else in Spanish.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        let found = language
            .fallbacks()
            .iter()
            .find_map(|each| self.0.get(each));
        found.expect("invariant: a name exists in Spanish").as_str()
    }
}

impl TryFrom<BTreeMap<Language, String>> for LocalName {
    type Error = &'static str;

    fn try_from(names: BTreeMap<Language, String>) -> Result<Self, Self::Error> {
        match names.contains_key(&Language::Es) {
            true => Ok(Self(Arc::new(names))),
            false => Err("a name needs a Spanish form"),
        }
    }
}

impl From<LocalName> for BTreeMap<Language, String> {
    fn from(name: LocalName) -> Self {
        name.0.as_ref().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_its_code() {
        for language in Language::ALL {
            assert_eq!(Language::of_code(language.code()), Some(language));
        }
        assert_eq!(Language::of_code("fr"), None);
    }

    #[test]
    fn kichwa_and_english_fall_back_to_spanish() {
        let name: LocalName = serde_json::from_str(r#"{"es":"Navidad","en":"Christmas"}"#).unwrap();
        assert_eq!(name.in_language(Language::En), "Christmas");
        assert_eq!(name.in_language(Language::Qu), "Navidad");
        assert_eq!(
            LocalName::spanish("Navidad").in_language(Language::En),
            "Navidad"
        );
        assert!(serde_json::from_str::<LocalName>(r#"{"en":"Christmas"}"#).is_err());
    }
}
