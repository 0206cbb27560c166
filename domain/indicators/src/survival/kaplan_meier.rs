//! The share still waiting after so many days, counting those that are open today.
//!
//! The naive median of closed procedures is too good by exactly the procedures that take longest: in vector
//! I04 it says 4 days where the truth is 8. This file estimates one ending; several that compete are
//! `aalen_johansen`.

use super::probability::Probability;
use super::risk::{SurvivalError, risk_days};
use crate::{Histogram, Quantile};

/// A step down of the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SurvivalStep {
    /// Age in whole days.
    pub day: i32,
    /// Procedures at risk on that day.
    pub at_risk: u64,
    /// Procedures that ended on it.
    pub events: u64,
    /// Share still waiting after it.
    pub survival: Probability,
    /// Greenwood's sum Σ d/(n(n−d)) up to and with this day; infinite once nobody is left.
    pub greenwood: f64,
}

/// The Kaplan-Meier curve: S(t), constant between steps, 1 before the first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SurvivalCurve {
    pub(super) steps: Vec<SurvivalStep>,
    n: u64,
    followed_to: Option<i32>,
}

/// Kaplan-Meier estimate straight from integer-day counts: events by their day, censored by their last
/// known age, late entries by their age on entry (an empty histogram when there are none). O(days).
///
/// `S(t) = ∏_{tᵢ ≤ t} (1 − dᵢ/nᵢ)` with dᵢ events on day tᵢ and nᵢ procedures with `entry < tᵢ ≤ day`.
/// A procedure censored on a day is still at risk on it. One whose entry equals its last day was never at
/// risk and must not be among the counts ([`super::DayCounts`] leaves it out by itself).
///
/// With late entries the risk set can be very small at first; should all of it end, the curve is 0 from there
/// on whatever comes later ([`SurvivalCurve::collapsed`]).
///
/// Source: Kaplan and Meier 1958, "Nonparametric estimation from incomplete observations", J. Am. Stat. Assoc.
/// 53; left truncation: Klein and Moeschberger 2003, "Survival Analysis", section 4.6. Vectors I04, I05.
///
/// # Errors
/// [`SurvivalError`] when the counts contradict each other.
///
/// ```
/// use chasqui_indicators::{Histogram, Quantile, kaplan_meier};
///
/// let notified: Histogram = [2, 3, 3, 5, 8, 12].into_iter().collect();
/// let open: Histogram = [8, 10, 15, 20].into_iter().collect();
/// let curve = kaplan_meier(&notified, &open, &Histogram::new()).unwrap();
/// assert_eq!(curve.quantile(Quantile::P50), Some(8));
/// assert_eq!(curve.quantile(Quantile::P90), None);
/// assert_eq!(curve.survival_at(5).exact().unwrap().to_string(), "3/5");
/// ```
pub fn kaplan_meier(
    events: &Histogram,
    censored: &Histogram,
    entries: &Histogram,
) -> Result<SurvivalCurve, SurvivalError> {
    let mut survival = Probability::ONE;
    let mut greenwood = 0.0;
    let steps = risk_days(events, censored, entries)?
        .into_iter()
        .map(|risk| {
            let left = risk.at_risk - risk.ends;
            survival = survival.times(left, risk.at_risk);
            greenwood += risk.ends as f64 / (risk.at_risk as f64 * left as f64);
            SurvivalStep {
                day: risk.day,
                at_risk: risk.at_risk,
                events: risk.ends,
                survival,
                greenwood,
            }
        })
        .collect();
    let followed_to = events.max().max(censored.max());
    Ok(SurvivalCurve {
        steps,
        n: events.n() + censored.n(),
        followed_to,
    })
}

impl SurvivalCurve {
    /// Steps, by ascending day.
    #[must_use]
    pub fn steps(&self) -> &[SurvivalStep] {
        &self.steps
    }

    /// Procedures behind the curve, ended and censored.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Longest age seen. Beyond it the curve says nothing.
    #[must_use]
    pub const fn followed_to(&self) -> Option<i32> {
        self.followed_to
    }

    /// Share still waiting after `day`.
    #[must_use]
    pub fn survival_at(&self, day: i32) -> Probability {
        let after = self.steps.partition_point(|step| step.day <= day);
        after
            .checked_sub(1)
            .map_or(Probability::ONE, |last| self.steps[last].survival)
    }

    /// First day by which a share `quantile` has ended: the smallest t with `S(t) ≤ 1 − quantile`. `None`:
    /// not reached while anyone was watched.
    #[must_use]
    pub fn quantile(&self, quantile: Quantile) -> Option<i32> {
        let waiting = 1000 - quantile.thousandths();
        // The curve never rises, so the steps are partitioned.
        let first = self
            .steps
            .partition_point(|step| !step.survival.has_fallen_to(waiting));
        self.steps.get(first).map(|step| step.day)
    }

    /// Whether everyone at risk ended while others were still to come under watch or to end later: the curve
    /// is 0 from there on for want of data, not because everything ends by then.
    #[must_use]
    pub fn collapsed(&self) -> bool {
        let zero = self.steps.iter().find(|step| step.events == step.at_risk);
        zero.is_some_and(|step| Some(step.day) < self.followed_to)
    }
}
