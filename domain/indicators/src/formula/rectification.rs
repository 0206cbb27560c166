//! How often something was missing: TI-11.

use super::period::Period;
use super::row::{Rectified, Row};
use super::snapshot::Snapshot;
use crate::figure::{Figure, Indicator, OF_MEDIANS, Spread};
use crate::{Decimal, Histogram, Precision, Ratio};

/// TI-11: asked to complete or correct at least once, of what ended in the period, in whatever way.
///
/// All endings count, because asking for more is what makes some applicants give up. The spread is of business days to
/// the first request. `mean_rounds` is over those asked at all; `suspended_share` is the calendar days on which the term
/// rested by all calendar days, `Σ suspended / Σ gross`; `applicant_share` the part of them that waited for the applicant.
#[must_use]
pub fn rectification(snapshot: &Snapshot<'_>, period: Period) -> Figure {
    let ended: Vec<&Row> = snapshot
        .rows()
        .filter(|row| period.contains_some(row.ended_on()))
        .collect();
    let asked: Vec<Rectified> = ended.iter().filter_map(|row| row.rectified).collect();
    let rounds: u64 = asked.iter().map(|one| u64::from(one.rounds)).sum();
    let count = |list: usize| u64::try_from(list).unwrap_or(u64::MAX);
    let first: Histogram = asked.iter().map(|one| one.first.days).collect();
    let mut figure = Figure::share(
        Indicator::Rectification,
        count(asked.len()),
        count(ended.len()),
    )
    .with_parts([("asked", count(asked.len())), ("rounds", rounds)]);
    figure.spread = Some(Spread::of(&first));
    if OF_MEDIANS.is_met_by(first.n())
        && let Some(mean) = Ratio::of_counts(rounds, first.n())
    {
        let mean = Decimal::of(mean, Precision::Mean);
        figure.further.insert("mean_rounds", mean);
    }
    for (name, days) in RESTING {
        let share = share_of_days(&ended, days).filter(|_| OF_MEDIANS.is_met_by(figure.n));
        figure.further.extend(share.map(|share| (name, share)));
    }
    figure
}

type DaysOf = fn(&Row) -> i32;

/// Shares of the calendar days, by name.
const RESTING: [(&str, DaysOf); 2] = [
    ("suspended_share", |row| row.days.suspended),
    ("applicant_share", |row| row.days.applicant),
];

fn share_of_days(ended: &[&Row], part: DaysOf) -> Option<Decimal> {
    let sum = |days: DaysOf| ended.iter().map(|row| i128::from(days(row))).sum();
    let share = Ratio::new(sum(part), sum(|row| row.days.gross))?;
    Some(Decimal::of(share, Precision::Share))
}
