//! The sheet of an indicator.
//!
//! Its fields are the union of what INEC's methodological sheet, the United Nations' metadata of the Sustainable
//! Development Goals and Open SDG ask for; what is the same for all indicators stands once, in [`super::Common`].

use serde::{Deserialize, Serialize};

use super::source::SourceId;
use super::text::{Change, Text};
use crate::figure::{Indicator, Measure};

/// What an indicator is, is not, and is made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Which indicator.
    pub id: Indicator,
    /// The version: that of the last change. A figure says which version it was computed by.
    pub version: u32,
    /// What the value counts.
    pub unit: Measure,
    /// Which way is better.
    pub direction: Direction,
    /// How often it is published.
    pub frequency: Frequency,
    /// Fewest observations behind the value; 0 if it is never withheld.
    pub minimum: u64,
    /// By what it is broken down.
    pub breakdowns: Vec<Breakdown>,
    /// The sheets of its sources.
    pub sources: Vec<SourceId>,
    /// Articles and norms it rests on.
    pub legal_basis: Vec<String>,
    /// Publications it follows, and vectors that prove it.
    pub references: Vec<String>,
    /// Its name.
    pub title: Text,
    /// Why it is published.
    pub purpose: Text,
    /// How it is computed.
    pub formula: Formula,
    /// Which procedures it speaks of.
    pub population: Text,
    /// Which are left out, and how that is told.
    pub exclusions: Text,
    /// By which clock and dates it counts.
    pub clock: Text,
    /// What becomes of procedures that are open.
    pub open_procedures: Text,
    /// How to read it, and how not to.
    pub reading: Text,
    /// What it cannot say.
    pub limits: Text,
    /// With what it may be compared.
    pub comparability: Text,
    /// Who answers for it.
    pub responsible: Text,
    /// Its versions, the first one first.
    pub changes: Vec<Change>,
}

/// How an indicator is computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formula {
    /// In words.
    pub words: Text,
    /// In symbols, as LaTeX. What they stand for is in [`super::Common::symbols`].
    pub latex: String,
    /// The function of `chasqui_indicators::formula` that defines it to the letter.
    pub function: String,
    /// What is counted, for a share or rate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numerator: Option<Text>,
    /// What it is counted against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<Text>,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    More,
    /// Less is better.
    Less,
    /// Neither: it has to be read beside others.
    Neither,
}

/// How often a figure is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Frequency {
    /// On every reading, as of now.
    Continuous,
    /// Every day.
    Daily,
    /// Every month.
    Monthly,
    /// Every quarter.
    Quarterly,
}

/// By what a figure may be broken down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Breakdown {
    /// Entity.
    Entity,
    /// Competent unit.
    Unit,
    /// Procedure type, each version by itself.
    Type,
    /// Channel.
    Channel,
    /// Kind of applicant; small cells are hidden.
    Applicant,
    /// Month.
    Month,
    /// Step of the procedure.
    Step,
    /// Numeral of the transparency law.
    Numeral,
}
