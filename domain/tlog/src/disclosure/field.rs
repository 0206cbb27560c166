//! The name of a committed field. Which names there are is the business of the events.

use std::fmt;
use std::str::FromStr;

use crate::error::MalformedName;

/// A field's name: lower-case ASCII letters, digits and `_`, a letter first, at most 64.
///
/// It can stand in the derivation of a salt without escaping, because it never has a `/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldName(String);

impl FieldName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FieldName {
    type Err = MalformedName;

    fn from_str(text: &str) -> Result<Self, MalformedName> {
        let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        let starts = text.starts_with(|c: char| c.is_ascii_lowercase());
        if starts && text.len() <= 64 && text.bytes().all(letters) {
            Ok(Self(text.to_owned()))
        } else {
            Err(MalformedName { what: "field" })
        }
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
