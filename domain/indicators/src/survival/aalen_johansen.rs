//! Which way procedures end when several ends compete: resolved, withdrawn, silence.
//!
//! One Kaplan-Meier curve per ending would promise more than there is: each pretends that the other endings do
//! not exist, and together they exceed one. Cumulative incidences share out exactly what there is.

use std::iter::Peekable;

use super::day_counts::DayCounts;
use super::probability::Probability;
use super::risk::{SurvivalError, risk_days};
use crate::{Histogram, Pairs};

/// The shares after a day.
#[derive(Clone, Debug, PartialEq)]
pub struct IncidenceStep {
    /// Age in whole days.
    pub day: i32,
    /// Procedures at risk on that day.
    pub at_risk: u64,
    /// Share ended so far by each cause, in the order of [`Incidence::causes`].
    pub by_cause: Vec<Probability>,
    /// Share still open. With all of `by_cause` it makes 1.
    pub open: Probability,
}

/// Cumulative incidence of each cause.
#[derive(Clone, Debug, PartialEq)]
pub struct Incidence<C> {
    causes: Vec<C>,
    steps: Vec<IncidenceStep>,
}

/// Aalen-Johansen estimate of competing outcomes from integer-day counts, late entries included.
/// O(days × causes).
///
/// `F_c(t) = Σ_{tᵢ ≤ t} S(tᵢ₋₁) · d_{c,i}/nᵢ` with S the share still open from any cause and nᵢ as for
/// [`super::kaplan_meier`]. Always `Σ_c F_c(t) + S(t) = 1`.
///
/// Source: Aalen and Johansen 1978, "An empirical transition matrix for non-homogeneous Markov chains based on
/// censored observations", Scand. J. Statist. 5. Vector I06.
///
/// # Errors
/// [`SurvivalError`] when the counts contradict each other.
///
/// ```
/// use chasqui_indicators::{DayCounts, Observation, aalen_johansen};
///
/// let mut counts = DayCounts::new();
/// for (day, ended) in [(3, Some("resolved")), (4, Some("withdrawn")), (9, None)] {
///     counts.count(Observation { entry: None, day, ended }).unwrap();
/// }
/// let incidence = aalen_johansen(&counts).unwrap();
/// let last = incidence.steps().last().unwrap();
/// assert_eq!(incidence.causes(), ["resolved", "withdrawn"]);
/// assert_eq!(last.by_cause[0].exact().unwrap().to_string(), "1/3");
/// assert_eq!(last.open.exact().unwrap().to_string(), "1/3");
/// ```
pub fn aalen_johansen<C: Ord + Clone>(
    counts: &DayCounts<C>,
) -> Result<Incidence<C>, SurvivalError> {
    let all = Histogram::merged(counts.ends.values())?;
    let mut lists: Vec<Peekable<Pairs<'_>>> = counts
        .ends
        .values()
        .map(|days| days.pairs().peekable())
        .collect();
    let mut open = Probability::ONE;
    let mut shares = vec![Probability::ZERO; lists.len()];
    let mut steps = Vec::new();
    for risk in risk_days(&all, &counts.open, &counts.entries)? {
        for (share, list) in shares.iter_mut().zip(&mut lists) {
            if let Some((_, ended)) = list.next_if(|(day, _)| *day == risk.day) {
                *share = share.plus(open.times(ended, risk.at_risk));
            }
        }
        open = open.times(risk.at_risk - risk.ends, risk.at_risk);
        steps.push(IncidenceStep {
            day: risk.day,
            at_risk: risk.at_risk,
            by_cause: shares.clone(),
            open,
        });
    }
    Ok(Incidence {
        causes: counts.ends.keys().cloned().collect(),
        steps,
    })
}

impl<C: PartialEq> Incidence<C> {
    /// The causes that occurred, ascending.
    #[must_use]
    pub fn causes(&self) -> &[C] {
        &self.causes
    }

    /// Steps, by ascending day.
    #[must_use]
    pub fn steps(&self) -> &[IncidenceStep] {
        &self.steps
    }

    /// Share ended by `cause` up to and with `day`; 0 for a cause that did not occur.
    #[must_use]
    pub fn by(&self, cause: &C, day: i32) -> Probability {
        let position = self.causes.iter().position(|other| other == cause);
        let share = |step: &IncidenceStep| position.map(|index| step.by_cause[index]);
        self.step_at(day)
            .and_then(share)
            .unwrap_or(Probability::ZERO)
    }

    /// Share still open after `day`.
    #[must_use]
    pub fn open(&self, day: i32) -> Probability {
        self.step_at(day).map_or(Probability::ONE, |step| step.open)
    }

    fn step_at(&self, day: i32) -> Option<&IncidenceStep> {
        let after = self.steps.partition_point(|step| step.day <= day);
        after.checked_sub(1).map(|last| &self.steps[last])
    }
}
