//! What the administration let pass in silence: TI-10.

use super::due_cohort::by_law;
use super::period::Period;
use super::snapshot::Snapshot;
use crate::figure::{Figure, Indicator, Measure};

/// TI-10: procedures on which silence took effect in the period, for each thousand that fell due in it.
///
/// `1000 · |{c : silence(c) ∈ P}| / |U|`, U as in TI-01. Silence has a term of its own, so numerator and denominator
/// need not be the same procedures, and there is no interval of a share.
#[must_use]
pub fn silence(snapshot: &Snapshot<'_>, period: Period) -> Figure {
    let silent = snapshot.rows().filter(|row| {
        row.silence
            .is_some_and(|silence| period.contains(silence.on))
    });
    let (mut all, mut answered) = (0, 0);
    for row in silent {
        all += 1;
        answered += u64::from(row.notified_on.is_some());
    }
    let due = by_law(snapshot, period).n();
    Figure::rate(Indicator::Silence, Measure::PerThousand, 1000, all, due)
        .with_parts([("silent", all), ("answered_afterwards", answered)])
}
