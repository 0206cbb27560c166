//! How far a key reaches: for which unit, and for which verbs.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use chasqui_procedures::ids::{IdError, UnitId};

use super::verb::Verb;

/// For whom somebody acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitScope {
    /// For one unit, and never on what is with another.
    One(UnitId),
    /// For the whole municipality. Written `*`, which no unit is called.
    All,
}

impl UnitScope {
    /// Whether it covers a unit; none stands for the whole municipality.
    #[must_use]
    pub fn covers(&self, unit: Option<&UnitId>) -> bool {
        match self {
            Self::One(own) => unit == Some(own),
            Self::All => true,
        }
    }

    /// The one unit; none for the whole municipality.
    #[must_use]
    pub fn unit(&self) -> Option<&UnitId> {
        match self {
            Self::One(unit) => Some(unit),
            Self::All => None,
        }
    }
}

impl fmt::Display for UnitScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.unit().map_or("*", UnitId::as_str))
    }
}

impl FromStr for UnitScope {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        match text {
            "*" => Ok(Self::All),
            unit => UnitId::parse(unit).map(Self::One),
        }
    }
}

/// Some verbs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verbs(BTreeSet<Verb>);

/// Why a text names no verbs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ScopeError {
    /// Nothing would be allowed.
    #[error("no scope is named")]
    None,
    /// There is no such verb.
    #[error("there is no scope {0:?}")]
    Unknown(String),
}

impl Verbs {
    /// Whether a verb is one of them.
    #[must_use]
    pub fn contains(&self, verb: Verb) -> bool {
        self.0.contains(&verb)
    }

    /// Each of them, in the order of [`Verb::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = Verb> {
        self.0.iter().copied()
    }

    /// Reads what is stored. A word that this program does not know allows nothing: it may come from a
    /// newer one.
    pub(super) fn of_stored(words: &str) -> Self {
        words.split(' ').filter_map(Verb::of_name).collect()
    }
}

impl FromIterator<Verb> for Verbs {
    fn from_iter<T: IntoIterator<Item = Verb>>(verbs: T) -> Self {
        Self(verbs.into_iter().collect())
    }
}

impl fmt::Display for Verbs {
    /// Their names with single spaces between them, as they are stored.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, verb) in self.iter().enumerate() {
            let space = if place == 0 { "" } else { " " };
            write!(f, "{space}{verb}")?;
        }
        Ok(())
    }
}

impl FromStr for Verbs {
    type Err = ScopeError;

    /// Reads names with commas or spaces between them.
    fn from_str(text: &str) -> Result<Self, ScopeError> {
        let words = text
            .split([',', ' '])
            .filter(|word| !word.is_empty())
            .map(|word| Verb::of_name(word).ok_or_else(|| ScopeError::Unknown(word.to_owned())));
        let verbs = words.collect::<Result<Self, _>>()?;
        if verbs.0.is_empty() {
            return Err(ScopeError::None);
        }
        Ok(verbs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_are_read_as_they_are_written() {
        let verbs: Verbs = "step, file,decide,file".parse().unwrap();
        assert_eq!(verbs.to_string(), "file step decide");
        assert_eq!(verbs.to_string().parse::<Verbs>().unwrap(), verbs);
        assert_eq!(Verbs::of_stored(&verbs.to_string()), verbs);
    }

    #[test]
    fn a_scope_that_nobody_knows_is_refused_when_it_is_given_and_worth_nothing_when_it_is_stored() {
        let unknown = Err(ScopeError::Unknown("fly".to_owned()));
        assert_eq!("file,fly".parse::<Verbs>(), unknown);
        for nothing in ["", ",", " , "] {
            assert_eq!(nothing.parse::<Verbs>(), Err(ScopeError::None));
        }
        assert_eq!(Verbs::of_stored("file fly").to_string(), "file");
        assert_eq!(Verbs::of_stored("fly"), Verbs::default());
        assert_eq!(Verbs::of_stored("File FILE file,step"), Verbs::default());
    }

    #[test]
    fn names_of_verbs_are_words_that_the_table_takes_and_none_is_used_twice() {
        let names: BTreeSet<&str> = Verb::ALL.iter().map(|verb| verb.name()).collect();
        assert_eq!(names.len(), Verb::ALL.len());
        let fits = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(names.iter().all(|name| name.chars().all(fits)));
    }
}
