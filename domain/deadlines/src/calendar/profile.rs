//! A country as data: its calendars, the articles its rules come from, its time zones, its sets of
//! policies. The format of `data/*.json`.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::rule::{CalendarRules, DayName, Shifts};
use super::{CalendarId, Decree, Zone};
use crate::language::LocalName;
use crate::ledger::SuspensionCause;
use crate::policies::Policies;

/// The whole of a profile's data file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    pub(crate) id: String,
    /// Raised whenever rules or articles change; decrees have their own instants.
    pub(crate) edition: String,
    pub(crate) name: LocalName,
    pub(crate) default_calendars: Vec<CalendarId>,
    pub(crate) weekend: BTreeSet<DayName>,
    /// The first is the profile's own.
    pub(crate) zones: Vec<Zone>,
    pub(crate) causes: BTreeSet<SuspensionCause>,
    pub(crate) articles: BTreeMap<LegalBasis, Article>,
    pub(crate) policies: BTreeMap<String, Policies>,
    pub(crate) default_policies: String,
    #[serde(default)]
    pub(crate) shifts: Shifts,
    pub(crate) calendars: Vec<CalendarRules>,
    pub(crate) decrees: Vec<Decree>,
}

impl Profile {
    /// Finds what is missing or points nowhere.
    pub(crate) fn check(&self) -> Result<(), String> {
        let known = |id: &CalendarId| self.calendars.iter().any(|rules| rules.id == *id);
        let parents = self
            .calendars
            .iter()
            .filter_map(|rules| rules.parent.as_ref());
        if let Some(lost) = parents.chain(&self.default_calendars).find(|id| !known(id)) {
            return Err(format!("there is no calendar {lost}"));
        }
        if self.zones.is_empty() || self.default_calendars.is_empty() {
            return Err("a profile needs a time zone and a default calendar".to_owned());
        }
        match LegalBasis::ALL
            .iter()
            .find(|basis| !self.articles.contains_key(basis))
        {
            Some(basis) => Err(format!("no article answers {basis:?}")),
            None => Ok(()),
        }
    }
}

/// A rule of time that some article of a country's law answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LegalBasis {
    /// From when a term is counted.
    Start,
    /// Which days do not count.
    RestDays,
    /// How a *plazo* runs.
    DateToDate,
    /// What happens at the end of a *plazo* on a rest day.
    Roll,
    /// Extensions.
    Extension,
    /// Suspensions.
    Suspension,
    /// Rectification.
    Rectification,
    /// Positive silence.
    Silence,
    /// Negative silence and lapse.
    OtherSilence,
    /// Terms in calendar days.
    CalendarDays,
}

impl LegalBasis {
    /// Every basis.
    pub const ALL: [Self; 10] = [
        Self::Start,
        Self::RestDays,
        Self::DateToDate,
        Self::Roll,
        Self::Extension,
        Self::Suspension,
        Self::Rectification,
        Self::Silence,
        Self::OtherSilence,
        Self::CalendarDays,
    ];
}

/// The article that answers, and how well we know it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// How it is cited (`COA, art. 158`).
    pub cite: std::sync::Arc<str>,
    /// Whether its wording was read.
    pub evidence: Evidence,
}

/// How well a legal rule is known. What is from memory is never shown as certain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// Its wording, or a summary of it, was read in a source.
    Read,
    /// From memory: shown as "to be confirmed".
    Memory,
}
