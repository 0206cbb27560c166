//! Integer-day counts of a set of procedures by ending: what the read side keeps per cell, and merges.
//!
//! Everything survival analysis needs is in these few histograms; single procedures are forgotten. It does
//! not know what the endings mean.

use std::collections::BTreeMap;

use super::kaplan_meier::{SurvivalCurve, kaplan_meier};
use super::observation::{Observation, Observed};
use super::risk::SurvivalError;
use crate::{Histogram, HistogramError};

/// Ends by cause and day, open procedures by age, late entries by age on entry.
///
/// It cannot express which end belongs to which entry: that link is not needed.
///
/// ```
/// use chasqui_indicators::{DayCounts, Observation};
///
/// let mut counts = DayCounts::new();
/// for (day, ended) in [(3, Some("resolved")), (4, Some("withdrawn")), (9, None)] {
///     counts.count(Observation { entry: None, day, ended }).unwrap();
/// }
/// let until_resolved = counts.survival_until(|cause| *cause == "resolved").unwrap();
/// assert_eq!(until_resolved.survival_at(3).to_f64(), 2.0 / 3.0);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayCounts<C> {
    pub(super) ends: BTreeMap<C, Histogram>,
    pub(super) open: Histogram,
    pub(super) entries: Histogram,
}

impl<C: Ord> DayCounts<C> {
    /// No procedures.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            ends: BTreeMap::new(),
            open: Histogram::new(),
            entries: Histogram::new(),
        }
    }

    /// Counts kept elsewhere: ends by cause, open procedures by age, late entries by age on entry. They must not
    /// contain a procedure whose entry equals its last day. Contradictions show when a figure is computed.
    #[must_use]
    pub fn from_parts(
        mut ends: BTreeMap<C, Histogram>,
        open: Histogram,
        entries: Histogram,
    ) -> Self {
        ends.retain(|_, days| !days.is_empty());
        Self {
            ends,
            open,
            entries,
        }
    }

    /// Counts one procedure, unless it was never at risk.
    ///
    /// # Errors
    /// [`SurvivalError::EndsBeforeEntry`]; nothing is counted then.
    pub fn count(&mut self, observation: Observation<C>) -> Result<Observed, SurvivalError> {
        let Observation { entry, day, ended } = observation;
        if let Some(entry) = entry {
            if day < entry {
                return Err(SurvivalError::EndsBeforeEntry { entry, day });
            }
            if day == entry {
                return Ok(Observed::NeverAtRisk);
            }
            self.entries.add(entry);
        }
        match ended {
            Some(cause) => self.ends.entry(cause).or_default().add(day),
            None => self.open.add(day),
        }
        Ok(Observed::Counted)
    }

    /// Adds the procedures of another cell.
    ///
    /// # Errors
    /// [`HistogramError::TooMany`] beyond 2^62 procedures.
    pub fn merge(&mut self, other: &Self) -> Result<(), HistogramError>
    where
        C: Clone,
    {
        for (cause, days) in &other.ends {
            self.ends.entry(cause.clone()).or_default().merge(days)?;
        }
        self.open.merge(&other.open)?;
        self.entries.merge(&other.entries)
    }

    /// Days to the end, by cause.
    #[must_use]
    pub const fn ends(&self) -> &BTreeMap<C, Histogram> {
        &self.ends
    }

    /// Ages of the open procedures.
    #[must_use]
    pub const fn open(&self) -> &Histogram {
        &self.open
    }

    /// Ages on coming under watch of those that came late.
    #[must_use]
    pub const fn entries(&self) -> &Histogram {
        &self.entries
    }

    /// Procedures in all.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.ends.values().map(Histogram::n).sum::<u64>() + self.open.n()
    }

    /// The Kaplan-Meier curve until one of the causes that `is_event` picks; an end by another cause counts as
    /// leaving watch on that day (cause-specific), so read it beside the incidences of `aalen_johansen`.
    ///
    /// # Errors
    /// [`SurvivalError`] when the counts contradict each other.
    pub fn survival_until(
        &self,
        is_event: impl Fn(&C) -> bool,
    ) -> Result<SurvivalCurve, SurvivalError> {
        let mut events = Histogram::new();
        let mut censored = self.open.clone();
        for (cause, days) in &self.ends {
            if is_event(cause) {
                events.merge(days)?;
            } else {
                censored.merge(days)?;
            }
        }
        kaplan_meier(&events, &censored, &self.entries)
    }
}

impl<C: Ord> Default for DayCounts<C> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_procedure_that_ended_as_it_came_under_watch_was_never_at_risk() {
        let mut counts = DayCounts::new();
        let observation = Observation {
            entry: Some(6),
            day: 6,
            ended: Some("resolved"),
        };
        assert_eq!(counts.count(observation), Ok(Observed::NeverAtRisk));
        assert_eq!((counts.n(), counts.entries().n()), (0, 0));
    }

    #[test]
    fn a_procedure_cannot_end_before_it_came_under_watch() {
        let mut counts = DayCounts::new();
        let observation = Observation {
            entry: Some(6),
            day: 5,
            ended: Some("resolved"),
        };
        let error = counts.count(observation).unwrap_err();
        assert_eq!(
            error.to_string(),
            "under watch from day 6, but ends on day 5"
        );
        assert_eq!(counts, DayCounts::new());
    }

    #[test]
    fn counts_that_no_history_could_give_are_refused() {
        let one: Histogram = [4].into_iter().collect();
        let two: Histogram = [2, 3].into_iter().collect();
        assert_eq!(
            kaplan_meier(&one, &Histogram::new(), &two),
            Err(SurvivalError::MoreEntriesThanProcedures {
                entries: 2,
                procedures: 1
            }),
        );
        let late: Histogram = [9].into_iter().collect();
        assert_eq!(
            kaplan_meier(&one, &Histogram::new(), &late),
            Err(SurvivalError::MoreEndsThanAtRisk {
                day: 4,
                ends: 1,
                at_risk: 0
            }),
        );
    }

    #[test]
    fn an_end_on_the_day_of_filing_counts() {
        let events: Histogram = [0, 0, 3].into_iter().collect();
        let curve = kaplan_meier(&events, &Histogram::new(), &Histogram::new()).unwrap();
        assert_eq!(curve.survival_at(0).exact().unwrap().to_string(), "1/3");
        assert_eq!(curve.survival_at(-1).to_f64(), 1.0);
    }

    #[test]
    fn a_curve_that_fell_to_nothing_too_early_says_so() {
        let mut counts = DayCounts::new();
        for observation in [(None, 2), (Some(5), 9), (Some(5), 12)] {
            let (entry, day) = observation;
            counts
                .count(Observation {
                    entry,
                    day,
                    ended: Some(()),
                })
                .unwrap();
        }
        let curve = counts.survival_until(|()| true).unwrap();
        assert_eq!(curve.survival_at(2).to_f64(), 0.0);
        assert!(curve.collapsed());
    }
}
