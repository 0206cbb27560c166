//! Names of calendars. A name says nothing about the days: those are in the book.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::error::DeadlineError;

/// The name of a calendar: `EC` (national), `EC-QUITO` (a canton), `GB-ENG`.
///
/// It cannot be empty, longer than 32, or hold anything but capitals, digits and hyphens; whether
/// such a calendar exists is known to the [`CalendarBook`](crate::CalendarBook) only. Cheap to
/// clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CalendarId(Arc<str>);

impl CalendarId {
    /// Reads a name.
    ///
    /// # Errors
    /// [`DeadlineError::UnknownCalendar`] when no calendar can have that name.
    pub fn parse(text: &str) -> Result<Self, DeadlineError> {
        let fits = (1..=32).contains(&text.len())
            && text
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
        match fits {
            true => Ok(Self(text.into())),
            false => Err(DeadlineError::UnknownCalendar {
                id: text.chars().take(40).collect(),
            }),
        }
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CalendarId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CalendarId {
    type Err = DeadlineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for CalendarId {
    type Error = DeadlineError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<CalendarId> for String {
    fn from(id: CalendarId) -> Self {
        id.0.as_ref().to_owned()
    }
}

impl Borrow<str> for CalendarId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_capitals_digits_and_hyphens() {
        assert_eq!(CalendarId::parse("EC-QUITO").unwrap().as_str(), "EC-QUITO");
        for bad in ["", "ec", "EC QUITO", "EC/../..", &"X".repeat(33)] {
            assert_eq!(
                CalendarId::parse(bad).unwrap_err().name(),
                "UnknownCalendar"
            );
        }
    }
}
