//! What was notified in a period: TI-04 and TI-05.
//!
//! Comparable with what most countries publish, and too good by those who still wait: TI-01 and TI-06 stand beside it.

use super::period::Period;
use super::row::Row;
use super::snapshot::Snapshot;
use crate::Histogram;
use crate::figure::{Figure, Indicator, Measure};

/// On which clock days to notification are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Business days without suspensions: what the law counts.
    Net,
    /// Calendar days: what the applicant waits.
    Gross,
}

/// TI-04: notified on the due date or before, of what was notified in the period. Never the headline.
///
/// `|{c : notified(c) ∈ P, notified(c) ≤ due(c)}| / |{c : notified(c) ∈ P, due(c) known}|`. Vector I03, where it says
/// 66.7 % and the truth is 50 %.
#[must_use]
pub fn on_time_of_closed(snapshot: &Snapshot<'_>, period: Period) -> Figure {
    let (mut on_time, mut all, mut without_term) = (0, 0, 0);
    for row in notified(snapshot, period) {
        match row.due {
            None => without_term += 1,
            Some(due) => {
                all += 1;
                on_time += u64::from(row.notified_on <= Some(due.on));
            }
        }
    }
    let mut figure = Figure::share(Indicator::OnTimeClosed, on_time, all)
        .with_parts([("on_time", on_time), ("late", all - on_time)]);
    figure.excluded.insert("without_term", without_term);
    figure
}

/// TI-05: days from filing to notification, of what was notified in the period. The value is the median; minimum,
/// mean, P80, P90, P95, maximum and the histogram stand in the spread.
#[must_use]
pub fn days_to_notification(snapshot: &Snapshot<'_>, period: Period, clock: Clock) -> Figure {
    let (unit, days): (_, fn(&Row) -> i32) = match clock {
        Clock::Net => (Measure::BusinessDays, |row| row.days.net),
        Clock::Gross => (Measure::CalendarDays, |row| row.days.gross),
    };
    let days: Histogram = notified(snapshot, period).map(days).collect();
    Figure::median(Indicator::DaysToNotification, unit, &days)
}

fn notified<'a>(snapshot: &Snapshot<'a>, period: Period) -> impl Iterator<Item = &'a Row> {
    snapshot
        .rows()
        .filter(move |row| period.contains_some(row.notified_on))
}
