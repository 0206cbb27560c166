//! How soon somebody stirs: TI-13.

use super::period::Period;
use super::snapshot::Snapshot;
use crate::Histogram;
use crate::figure::{Figure, Indicator, Measure};

/// TI-13: business days from filing to the first official act, of those whose first act lies in the period. The value is
/// the median.
///
/// An automatic receipt is no act. `still_waiting` counts what was filed by the end of the period, is open today and has
/// seen none: without it, never answering would not show.
#[must_use]
pub fn first_response(snapshot: &Snapshot<'_>, period: Period) -> Figure {
    let acts = snapshot.rows().filter_map(|row| row.first_act);
    let days: Histogram = acts
        .filter(|act| period.contains(act.on))
        .map(|act| act.days)
        .collect();
    let waiting = snapshot.rows().filter(|row| {
        row.first_act.is_none() && row.filed_on <= period.to() && row.was_open_on(snapshot.as_of())
    });
    let waiting = u64::try_from(waiting.count()).unwrap_or(u64::MAX);
    Figure::median(Indicator::FirstResponse, Measure::BusinessDays, &days)
        .with_parts([("still_waiting", waiting)])
}
