//! Who was still open, day by day: the table under every survival figure.
//!
//! One pass over three sorted lists of days. Invariant: a procedure is at risk on day *t* if and only if
//! `entry < t ≤ day`; without an entry it is at risk from before day 0. (Andersen, Borgan, Gill and Keiding
//! 1993; the same half-open convention as R's `survival` and as vector I05.)

use thiserror::Error;

use crate::{Histogram, HistogramError};

/// Why counts cannot be the history of any set of procedures.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SurvivalError {
    /// More procedures come under watch late than there are procedures.
    #[error("{entries} late entries for {procedures} procedures")]
    MoreEntriesThanProcedures {
        /// Late entries counted.
        entries: u64,
        /// Procedures that ended or are open.
        procedures: u64,
    },
    /// More procedures end on a day than were open then.
    #[error("{ends} procedures end on day {day}, only {at_risk} were at risk")]
    MoreEndsThanAtRisk {
        /// The day.
        day: i32,
        /// Ends counted on it.
        ends: u64,
        /// Procedures at risk on it.
        at_risk: u64,
    },
    /// A procedure ends before it comes under watch.
    #[error("under watch from day {entry}, but ends on day {day}")]
    EndsBeforeEntry {
        /// Age on coming under watch.
        entry: i32,
        /// Age at the end.
        day: i32,
    },
    /// The counts do not fit a histogram.
    #[error("the counts do not add up")]
    Counts(#[from] HistogramError),
}

/// A day on which something ended, and how many were at risk of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RiskDay {
    pub(super) day: i32,
    pub(super) at_risk: u64,
    pub(super) ends: u64,
}

/// The risk table of the days on which procedures ended. `ends` counts ends, `open` those still open by
/// their age, `entries` late entries by their age on entry. O(days).
pub(super) fn risk_days(
    ends: &Histogram,
    open: &Histogram,
    entries: &Histogram,
) -> Result<Vec<RiskDay>, SurvivalError> {
    let procedures = ends
        .n()
        .checked_add(open.n())
        .ok_or(SurvivalError::Counts(HistogramError::TooMany))?;
    let mut watched =
        procedures
            .checked_sub(entries.n())
            .ok_or(SurvivalError::MoreEntriesThanProcedures {
                entries: entries.n(),
                procedures,
            })?;
    let mut gone = 0;
    let (mut open, mut entries) = (open.pairs().peekable(), entries.pairs().peekable());
    let mut days = Vec::new();
    for (day, ended) in ends.pairs() {
        while let Some((_, count)) = entries.next_if(|(entry, _)| *entry < day) {
            watched += count;
        }
        while let Some((_, count)) = open.next_if(|(age, _)| *age < day) {
            gone += count;
        }
        // Fewer watched than gone means that ends were counted of procedures never under watch.
        let at_risk = u64::saturating_sub(watched, gone);
        if ended > at_risk {
            return Err(SurvivalError::MoreEndsThanAtRisk {
                day,
                ends: ended,
                at_risk,
            });
        }
        days.push(RiskDay {
            day,
            at_risk,
            ends: ended,
        });
        gone += ended;
    }
    Ok(days)
}
