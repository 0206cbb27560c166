//! Where procedures wait: TI-12.

use std::collections::BTreeMap;

use super::period::Period;
use super::row::Stay;
use super::snapshot::Snapshot;
use crate::Histogram;
use crate::figure::{Figure, Indicator, Measure};

/// TI-12: business days in each step, of the stays completed in the period. One figure a step; the value is the median.
///
/// A step that a procedure went through twice counts twice. `underway` counts the stays that were begun by the end of the
/// period and are not completed.
#[must_use]
pub fn step_time(snapshot: &Snapshot<'_>, period: Period) -> BTreeMap<String, Figure> {
    let mut steps: BTreeMap<&str, (Histogram, u64)> = BTreeMap::new();
    for stay in snapshot.rows().flat_map(|row| &row.stays) {
        let is_completed = period.contains_some(stay.completed_on);
        let is_underway = stay.completed_on.is_none() && stay.started_on <= period.to();
        if is_completed || is_underway {
            let (days, underway) = steps.entry(&stay.step).or_default();
            count(stay, is_completed, days, underway);
        }
    }
    steps
        .into_iter()
        .map(|(step, (days, underway))| {
            let figure = Figure::median(Indicator::StepTime, Measure::BusinessDays, &days)
                .with_parts([("completed", days.n()), ("underway", underway)]);
            (step.to_owned(), figure)
        })
        .collect()
}

fn count(stay: &Stay, is_completed: bool, days: &mut Histogram, underway: &mut u64) {
    if is_completed {
        days.add(stay.days);
    } else {
        *underway += 1;
    }
}
