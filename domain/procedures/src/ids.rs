//! The names of things: procedures, units, types, channels and the like.
//!
//! Every identifier is its own type, so that a unit is never handed over where a type is meant.
//! Identifiers are public words or random numbers; none of them says who somebody is.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

/// The internal identity of one procedure: a UUID, unrelated to its tracking code.
///
/// It is never printed on a public page. Whoever knows it can do nothing with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProcedureId(pub Uuid);

impl fmt::Display for ProcedureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for ProcedureId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Uuid::try_parse(text)
            .map(Self)
            .map_err(|_| IdError::NotAUuid)
    }
}

/// A person as one procedure knows them: random, new in each procedure, so that the same person's
/// procedures cannot be linked (LOPDP, minimisation).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct SubjectRef(pub Uuid);

/// Why a text cannot be an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Nothing to name.
    #[error("an identifier is not empty")]
    Empty,
    /// More than [`MAX_LEN`] bytes.
    #[error("an identifier has at most {MAX_LEN} characters")]
    TooLong,
    /// Something else than ASCII letters, digits, `.`, `_` and `-`.
    #[error("an identifier has only letters, digits, '.', '_' and '-'")]
    BadCharacter,
    /// A procedure's identity is a UUID.
    #[error("not a UUID")]
    NotAUuid,
}

/// The longest identifier, in characters.
pub const MAX_LEN: usize = 64;

fn check(text: &str) -> Result<(), IdError> {
    match text {
        "" => Err(IdError::Empty),
        _ if text.len() > MAX_LEN => Err(IdError::TooLong),
        _ if text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-')) =>
        {
            Ok(())
        }
        _ => Err(IdError::BadCharacter),
    }
}

/// Turns a source's name into an identifier: `Group 2` becomes `group-2`, `Atención` `atencion`.
///
/// Two names that differ only in case, accents or punctuation become one; a name without a single
/// letter or digit becomes `unnamed`.
///
/// ```
/// assert_eq!(chasqui_procedures::ids::slug("Administración Zonal Eloy Alfaro"),
///            "administracion-zonal-eloy-alfaro");
/// ```
#[must_use]
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len().min(MAX_LEN));
    for c in name.chars().map(unaccented) {
        if slug.len() >= MAX_LEN {
            break;
        }
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let end = slug.trim_end_matches('-').len();
    slug.truncate(end);
    if slug.is_empty() {
        "unnamed".to_owned()
    } else {
        slug
    }
}

fn unaccented(c: char) -> char {
    match c {
        'á' | 'à' | 'ä' | 'â' | 'Á' | 'À' | 'Ä' | 'Â' => 'a',
        'é' | 'è' | 'ë' | 'ê' | 'É' | 'È' | 'Ë' | 'Ê' => 'e',
        'í' | 'ì' | 'ï' | 'î' | 'Í' | 'Ì' | 'Ï' | 'Î' => 'i',
        'ó' | 'ò' | 'ö' | 'ô' | 'Ó' | 'Ò' | 'Ö' | 'Ô' => 'o',
        'ú' | 'ù' | 'ü' | 'û' | 'Ú' | 'Ù' | 'Ü' | 'Û' => 'u',
        'ñ' | 'Ñ' => 'n',
        'ç' | 'Ç' => 'c',
        other => other,
    }
}

macro_rules! word {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[cfg_attr(
            feature = "schema",
            derive(schemars::JsonSchema),
            schemars(extend("pattern" = "^[A-Za-z0-9._-]{1,64}$"))
        )]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes a word as it is. Fails with [`IdError`] if it is empty, too long, or has
            /// other characters than ASCII letters, digits, `.`, `_` and `-`.
            pub fn parse(text: impl Into<String>) -> Result<Self, IdError> {
                let text = text.into();
                check(&text).map(|()| Self(text))
            }

            /// Makes a word of any name, by [`slug`].
            #[must_use]
            pub fn from_name(name: &str) -> Self {
                Self(slug(name))
            }

            /// The word itself.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::parse(text)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::parse(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
            }
        }
    };
}

word!(
    /// A unit (dependencia) of the municipality: the public name of its record in the catalogue.
    UnitId
);
word!(
    /// A procedure type (tipo de trámite), by the municipality's own code where it has one
    /// (`GADDMQ-AG-CAT-33`).
    TypeId
);
word!(
    /// The channel by which a procedure came in (`internet`, `desk`, `post`, ...).
    Channel
);
word!(
    /// The kind of applicant (`natural`, `legal`, `media`, ...). A kind, never a person.
    ApplicantKind
);
word!(
    /// The source of an import (`receipt`, `sitra-2026`): its records keep their identity under it.
    SourceName
);
word!(
    /// A keyed pseudonym of the official who did a step: the same within a source, useless outside.
    PerformerRef
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_refuses_what_could_be_a_sentence_a_path_or_markup() {
        assert_eq!(UnitId::parse(""), Err(IdError::Empty));
        assert_eq!(UnitId::parse("a b"), Err(IdError::BadCharacter));
        assert_eq!(UnitId::parse("../x"), Err(IdError::BadCharacter));
        assert_eq!(UnitId::parse("<b>"), Err(IdError::BadCharacter));
        assert_eq!(UnitId::parse("x".repeat(65)), Err(IdError::TooLong));
        assert_eq!(
            UnitId::parse("AZ-Norte_1.2").map(|u| u.to_string()),
            Ok("AZ-Norte_1.2".into())
        );
    }

    #[test]
    fn every_name_becomes_a_word_that_is_accepted() {
        for name in [
            "",
            "   ",
            "Ñandú & Cía.",
            "e-mail",
            &"á".repeat(500),
            "日本",
            "--x--",
        ] {
            assert!(
                UnitId::parse(slug(name)).is_ok(),
                "{name:?} became {:?}",
                slug(name)
            );
        }
    }
}
