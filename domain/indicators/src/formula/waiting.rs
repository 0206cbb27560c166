//! How long it takes, counting those that still wait: TI-06.

use jiff::ToSpan;

use super::row::{Outcome, Row};
use super::snapshot::Snapshot;
use crate::figure::{Figure, Indicator, Interval, Measure, Method, Minimum, OF_MEDIANS};
use crate::{
    DayCounts, Decimal, Incidence, Observation, Observed, Quantile, SurvivalCurve, SurvivalError,
    aalen_johansen,
};

/// The ways out of waiting, of which only the first is an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// A decision was notified.
    Notified,
    /// Withdrawn, abandoned, transferred, or closed otherwise without an answer.
    Left,
    /// Silence took effect before anything else.
    Silence,
}

/// TI-06 with its curves. The curves are exact and unsuppressed: only the figure goes out as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// The median, its interval, P80 and P90.
    pub figure: Figure,
    /// Share not yet notified by age; silence does not end the wait, other ways out are censored.
    pub curve: SurvivalCurve,
    /// Share by way out; silence is one.
    pub incidence: Incidence<Ending>,
}

/// TI-06: Kaplan-Meier over what was filed in the twelve months up to the snapshot.
///
/// Time is net business days; the event is the notified decision; an open procedure is censored at its age today, one
/// that ended otherwise at its end. A procedure taken over from another system comes under watch at the age it had then.
/// The value is the first day by which half were notified; without one (`None`, not suppressed) half are not reached.
/// Beside it Aalen-Johansen over [`Ending`]: the shares and what is open make 1. Vectors I04, I05, I06.
///
/// A row that contradicts itself (an end before it came under watch) is left out and counted, as is one that was never
/// at risk because it came under watch on the day it ended.
///
/// # Errors
/// [`SurvivalError::Counts`] beyond 2^62 procedures.
pub fn waiting(snapshot: &Snapshot<'_>) -> Result<Waiting, SurvivalError> {
    let mut until_notified = DayCounts::new();
    let mut endings = DayCounts::new();
    let (mut contradictory, mut never_at_risk) = (0, 0);
    let since = snapshot.as_of().saturating_sub(1.year());
    let recent = snapshot.rows().filter(|row| row.filed_on > since);
    for row in recent {
        let (day, end) = observed(row);
        match until_notified.count(observation(row, day, end)) {
            Ok(Observed::Counted) => {
                let (day, end) = first_of_silence(row, day, end);
                // A silence before the take-over happened unwatched.
                if !matches!(
                    endings.count(observation(row, day, end)),
                    Ok(Observed::Counted)
                ) {
                    never_at_risk += 1;
                }
            }
            Ok(Observed::NeverAtRisk) => never_at_risk += 1,
            Err(_) => contradictory += 1,
        }
    }
    let curve = until_notified.survival_until(|ending| *ending == Ending::Notified)?;
    let incidence = aalen_johansen(&endings)?;
    let mut figure = figure(&curve);
    let ended = |ending| {
        until_notified
            .ends()
            .get(&ending)
            .map_or(0, crate::Histogram::n)
    };
    figure.parts.extend([
        ("notified", ended(Ending::Notified)),
        ("left", ended(Ending::Left)),
        ("open", until_notified.open().n()),
        ("taken_over", until_notified.entries().n()),
    ]);
    figure.excluded.extend([
        ("contradictory", contradictory),
        ("never_at_risk", never_at_risk),
    ]);
    Ok(Waiting {
        figure,
        curve,
        incidence,
    })
}

fn figure(curve: &SurvivalCurve) -> Figure {
    let interval = curve.quantile_interval(Quantile::P50);
    let mut figure = Figure {
        value: curve.quantile(Quantile::P50).map(Decimal::whole),
        interval: Some(Interval::of_days(interval, Method::LogLogBand)),
        ..Figure::nothing(Indicator::Waiting, Measure::BusinessDays, curve.n())
    }
    .held_to(OF_MEDIANS);
    for (name, quantile) in [("p80", Quantile::P80), ("p90", Quantile::P90)] {
        if let Some(day) = curve.quantile(quantile)
            && Minimum::of(quantile).is_met_by(curve.n())
        {
            figure.further.insert(name, Decimal::whole(day));
        }
    }
    figure
}

fn observed(row: &Row) -> (i32, Option<Ending>) {
    let end = row.ended_on().map(|ended| match row.notified_on {
        Some(notified) if notified <= ended => Ending::Notified,
        _ if row.outcome == Some(Outcome::Silent) => Ending::Silence,
        _ => Ending::Left,
    });
    (row.days.net, end)
}

fn first_of_silence(row: &Row, day: i32, end: Option<Ending>) -> (i32, Option<Ending>) {
    match row.silence {
        Some(silence) if silence.days < day || end.is_none() => {
            (silence.days.min(day), Some(Ending::Silence))
        }
        _ => (day, end),
    }
}

fn observation(row: &Row, day: i32, ended: Option<Ending>) -> Observation<Ending> {
    Observation {
        entry: row.watched_from,
        day,
        ended,
    }
}
