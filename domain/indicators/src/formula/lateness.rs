//! How late: TI-09.

use super::due_cohort::{Fate, by_law};
use super::period::Period;
use super::row::Row;
use super::snapshot::Snapshot;
use crate::Histogram;
use crate::figure::{Figure, Indicator, Measure, Spread};

/// TI-09: of what fell due in the period, the share that took more than twice its term, and the distribution of
/// business days late.
///
/// Value: `|{c ∈ U : net(c) > 2·term(c)}| / |{c ∈ U : term(c) in business days}|`, with U as in TI-01. The spread is
/// over U, 0 where it was on time; days of what is unanswered are those so far, so it can only grow. `late_only_median`
/// is the median of those late.
#[must_use]
pub fn lateness(snapshot: &Snapshot<'_>, period: Period) -> Figure {
    let cohort = by_law(snapshot, period);
    let in_days = |row: &Row| row.term.is_some();
    let is_double = |row: &Row| {
        row.term
            .is_some_and(|term| i64::from(row.days.net) > 2 * i64::from(term))
    };
    let days: Histogram = cohort
        .members
        .iter()
        .map(|(row, fate)| days_late(row, *fate))
        .collect();
    let late: Histogram = days
        .pairs()
        .filter(|(day, _)| *day > 0)
        .flat_map(|(day, count)| (0..count).map(move |_| day))
        .collect();
    let mut figure = Figure::share(
        Indicator::Lateness,
        cohort.count(|row, _| is_double(row)),
        cohort.count(|row, _| in_days(row)),
    )
    .with_parts([
        ("on_time", cohort.count(|_, fate| fate == Fate::OnTime)),
        ("late", cohort.count(|_, fate| fate == Fate::Late)),
        (
            "unanswered",
            cohort.count(|_, fate| fate == Fate::Unanswered),
        ),
        ("term_not_in_days", cohort.count(|row, _| !in_days(row))),
    ]);
    let late = Figure::median(Indicator::Lateness, Measure::BusinessDays, &late);
    figure
        .further
        .extend(late.value.map(|median| ("late_only_median", median)));
    figure.spread = Some(Spread::of(&days));
    figure.excluded = cohort.excluded;
    figure
}

fn days_late(row: &Row, fate: Fate) -> i32 {
    match fate {
        Fate::OnTime => 0,
        Fate::Late | Fate::Unanswered => row.days.late.max(0),
    }
}
