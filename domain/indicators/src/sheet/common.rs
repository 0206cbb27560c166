//! What is the same for every indicator, said once.

use serde::{Deserialize, Serialize};

use super::text::{Change, Text};

/// The rules that hold for all indicators, and the symbols of their formulas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Common {
    /// The version: that of the last change.
    pub version: u32,
    /// The licence of sheets and figures, by its SPDX name.
    pub license: String,
    /// Plans and agreements that the indicators serve.
    pub related: Vec<String>,
    /// How numbers are rounded.
    pub rounding: Text,
    /// From how many observations on a number is told.
    pub minimum_n: Text,
    /// How sure a number is, and how that is told.
    pub intervals: Text,
    /// What is hidden of small cells.
    pub suppression: Text,
    /// What becomes of dates that are missing or contradict each other.
    pub missing: Text,
    /// When a figure is provisional and when final.
    pub release: Text,
    /// How a figure that was published is revised.
    pub revision: Text,
    /// When a series breaks.
    pub breaks: Text,
    /// How anybody can compute a figure again.
    pub reproduction: Text,
    /// How the quality of figures is checked.
    pub quality: Text,
    /// Whom to ask.
    pub contact: Text,
    /// What the symbols of the formulas stand for.
    pub symbols: Vec<Symbol>,
    /// Its versions, the first one first.
    pub changes: Vec<Change>,
}

/// A symbol of the formulas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Symbol {
    /// As LaTeX.
    pub latex: String,
    /// What it stands for.
    pub meaning: Text,
}
