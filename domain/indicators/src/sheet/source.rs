//! The sheet of a source: where data come from, and what is missing in them.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::text::{Change, Text};

/// The name of a source sheet: `SRC-01` to `SRC-99`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SourceId(String);

/// A text that is no name of a source sheet.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0:?} is not SRC- and two digits")]
pub struct NotASource(String);

impl TryFrom<String> for SourceId {
    type Error = NotASource;

    fn try_from(text: String) -> Result<Self, NotASource> {
        let digits = text.strip_prefix("SRC-").unwrap_or_default();
        if digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit()) && digits != "00" {
            Ok(Self(text))
        } else {
            Err(NotASource(text))
        }
    }
}

impl From<SourceId> for String {
    fn from(id: SourceId) -> Self {
        id.0
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a source holds, since when, how it gets there, and what it does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceSheet {
    /// Which source.
    pub id: SourceId,
    /// The version: that of the last change.
    pub version: u32,
    /// How data get into it.
    pub capture: Capture,
    /// What it holds of persons.
    pub personal_data: PersonalData,
    /// Events it is made of, by their names in the log; none for a source outside the log.
    pub events: Vec<String>,
    /// Its name.
    pub name: Text,
    /// Who owns it.
    pub owner: Text,
    /// The system that keeps it.
    pub system: Text,
    /// Entities, types and times it covers.
    pub coverage: Text,
    /// How long data take to get into it, and how that is measured.
    pub lag: Text,
    /// How complete it is, and how that is measured.
    pub completeness: Text,
    /// What is known to be missing.
    pub known_gaps: Text,
    /// What is checked on the way in.
    pub validation: Text,
    /// How long it is kept.
    pub retention: Text,
    /// Who may see what of it.
    pub access: Text,
    /// Which calendars it is counted with.
    pub calendar: Text,
    /// Whom to ask.
    pub contact: Text,
    /// Its versions, the first one first.
    pub changes: Vec<Change>,
}

/// How data get into a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Capture {
    /// As things happen, by a system.
    Automatic,
    /// Typed by people.
    Manual,
    /// In files, from time to time.
    Batch,
    /// In more than one of these ways.
    Mixed,
}

/// What a source holds of persons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonalData {
    /// Nothing.
    None,
    /// References that only the vault can resolve.
    Pseudonymous,
    /// Names and addresses, encrypted and erasable.
    Vault,
}
