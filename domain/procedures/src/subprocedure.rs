//! Parts of a procedure that other units do (subtrámites): an inspection by one, a report by another.
//!
//! They stand in the procedure's own history, so that whoever waits sees one line of time with all units
//! in it. The procedure stays with its unit, and its term runs on: what the municipality divides among
//! its units is not the applicant's to wait for. A report from *outside* that the law lets stop the term
//! is a suspension (COA 162), and no subprocedure.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::UnitId;
use crate::text::Label;

/// The most subprocedures of one procedure: a real one has three.
pub const MOST_SUBPROCEDURES: u16 = 100;

/// A unit was asked to do a part. See [`Event`](crate::event::Event).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SubprocedureOpened {
    /// Its number within the procedure, from 1; never used twice.
    pub number: u16,
    /// The unit that is to do it.
    pub unit: UnitId,
    /// What it is to do, as the catalogue names it.
    pub name: Label,
}

/// The unit did its part. See [`Event`](crate::event::Event).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SubprocedureAnswered {
    /// Which.
    pub number: u16,
    /// What came of it.
    pub result: SubprocedureResult,
}

/// The part is not needed any more. See [`Event`](crate::event::Event).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SubprocedureCancelled {
    /// Which.
    pub number: u16,
}

/// What came of a subprocedure: a closed list, because an event holds no free text.
///
/// ```
/// use chasqui_procedures::subprocedure::SubprocedureResult;
/// assert_eq!("favourable".parse(), Ok(SubprocedureResult::Favourable));
/// assert!("maybe".parse::<SubprocedureResult>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SubprocedureResult {
    /// It was done; there is nothing to be for or against.
    Done,
    /// A report in favour.
    Favourable,
    /// A report against.
    Unfavourable,
}

impl SubprocedureResult {
    /// All of them, in the order of this file.
    pub const ALL: [Self; 3] = [Self::Done, Self::Favourable, Self::Unfavourable];

    /// The name in the API and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Favourable => "favourable",
            Self::Unfavourable => "unfavourable",
        }
    }
}

/// There is no such result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a result is one of: done, favourable, unfavourable")]
pub struct NoSuchResult;

impl FromStr for SubprocedureResult {
    type Err = NoSuchResult;

    fn from_str(text: &str) -> Result<Self, NoSuchResult> {
        let found = Self::ALL.into_iter().find(|one| one.name() == text);
        found.ok_or(NoSuchResult)
    }
}

impl fmt::Display for SubprocedureResult {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The subprocedures that a history adds up to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subprocedures {
    /// The highest number that was ever given, also to one that did not happen.
    #[serde(default)]
    numbered: u16,
    /// Those that happened, in the order of their opening.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Subprocedure>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subprocedure {
    /// Its number.
    pub number: u16,
    /// The unit that does it.
    pub unit: UnitId,
    /// What it does.
    pub name: Label,
    /// Since when.
    pub opened_on: Date,
    /// Until when; none while it is open.
    pub ended_on: Option<Date>,
    /// What came of it; none while it is open, or if it was cancelled.
    pub result: Option<SubprocedureResult>,
}

impl Subprocedures {
    /// The number of the next one.
    #[must_use]
    pub fn next_number(&self) -> u16 {
        self.numbered.saturating_add(1)
    }

    /// All of them, in the order of their opening.
    pub fn iter(&self) -> impl Iterator<Item = &Subprocedure> {
        self.parts.iter()
    }

    /// Those that nobody has answered or cancelled.
    pub fn open(&self) -> impl Iterator<Item = &Subprocedure> {
        self.parts.iter().filter(|part| part.ended_on.is_none())
    }

    /// The one with a number.
    #[must_use]
    pub fn get(&self, number: u16) -> Option<&Subprocedure> {
        self.parts.iter().find(|part| part.number == number)
    }

    /// Whether none was ever opened: then there is nothing to keep.
    #[must_use]
    pub fn is_unused(&self) -> bool {
        self.numbered == 0
    }

    /// That a number was given, whatever became of it.
    pub(crate) fn number(&mut self, opened: &SubprocedureOpened) {
        self.numbered = self.numbered.max(opened.number);
    }

    pub(crate) fn begin(&mut self, opened: &SubprocedureOpened, on: Date) {
        self.parts.push(Subprocedure {
            number: opened.number,
            unit: opened.unit.clone(),
            name: opened.name.clone(),
            opened_on: on,
            ended_on: None,
            result: None,
        });
    }

    /// What ends is open; an end of something that did not happen says nothing.
    pub(crate) fn end(&mut self, number: u16, on: Date, result: Option<SubprocedureResult>) {
        let mut open = self.parts.iter_mut().filter(|part| part.ended_on.is_none());
        if let Some(part) = open.find(|part| part.number == number) {
            (part.ended_on, part.result) = (Some(on), result);
        }
    }
}
