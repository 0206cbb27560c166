//! What each suspension of a ledger comes to: when it really ended, and by what. Merging and
//! counting are the spans' and the clock's.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::spans::{Counter, Reached, Span, Spans};
use super::start::Start;
use crate::calendar::Calendar;
use crate::day::Day;
use crate::error::DeadlineError;
use crate::ledger::{Suspension, SuspensionCause};
use crate::policies::{Policies, SuspensionStart};
use crate::term::Term;

/// A suspension with the end that the law gives it (COA 162).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct EffectiveSuspension {
    /// The legal cause.
    pub cause: SuspensionCause,
    /// When it was notified; that day still counts.
    pub from: Date,
    /// The last suspended day; `None` while nothing bounds it.
    pub effective_to: Option<Date>,
    /// What ended it, or will at the latest.
    pub ended_by: Option<EndedBy>,
    /// Whether the date is only the latest possible: nobody has complied yet.
    pub awaiting: bool,
}

/// What ended a suspension: the earliest of the three, compliance first on a tie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EndedBy {
    /// The applicant complied, the report arrived.
    Complied,
    /// The granted days ran out (COA 140); complying later does not lengthen it.
    GrantExpired,
    /// The cap of the cause was reached (COA 162.2).
    CapReached,
}

impl EffectiveSuspension {
    /// Finds the end of a suspension.
    pub(super) fn of(
        entry: &Suspension,
        start: &Start,
        policies: &Policies,
        calendar: &Calendar,
    ) -> Result<Self, DeadlineError> {
        check(entry, start, calendar)?;
        let from = Day::of(entry.from)?;
        let complied = entry.to.map(Day::of).transpose()?;
        let granted = match entry.grant_business_days {
            Some(days) => granted_until(from, days, calendar)?,
            None => None,
        };
        // An entry may be capped more tightly than its cause, never more loosely.
        let caps = [
            entry.cap_months,
            policies.suspension_cap_months.of(entry.cause),
        ];
        let cap = caps.into_iter().flatten().min();
        let capped = cap.map(|months| cap_end(entry.from, months)).transpose()?;
        let ends = [
            (complied, EndedBy::Complied),
            (granted, EndedBy::GrantExpired),
            (capped, EndedBy::CapReached),
        ];
        let end = ends
            .into_iter()
            .filter_map(|(day, by)| day.map(|day| (day, by)))
            .min();
        Ok(Self {
            cause: entry.cause,
            from: entry.from,
            effective_to: end.map(|(day, _)| day.checked_date()).transpose()?,
            ended_by: end.map(|(_, by)| by),
            awaiting: entry.to.is_none(),
        })
    }

    /// The stretch of days it stops the clock for.
    pub(crate) fn span(&self, start: SuspensionStart) -> Result<Span, DeadlineError> {
        let after = match start {
            SuspensionStart::DayAfter => Day::of(self.from)?,
            SuspensionStart::SameDay => Day::of(self.from)?.plus(-1),
        };
        let until = self.effective_to.map(Day::of).transpose()?;
        Ok(Span { after, until })
    }
}

fn check(entry: &Suspension, start: &Start, calendar: &Calendar) -> Result<(), DeadlineError> {
    if !calendar.allows(entry.cause) {
        let (cause, profile) = (entry.cause.name(), calendar.profile().to_owned());
        return Err(DeadlineError::CauseNotAllowed { cause, profile });
    }
    if let Some(to) = entry.to.filter(|to| *to < entry.from) {
        return Err(DeadlineError::SuspensionEndsBeforeItBegins {
            from: entry.from,
            to,
        });
    }
    if entry.from < start.received_on {
        let (from, filed_on) = (entry.from, start.received_on);
        return Err(DeadlineError::SuspensionBeforeFiling { from, filed_on });
    }
    Ok(())
}

/// The last of the granted business days. A general suspension of terms stops the applicant's
/// clock too.
fn granted_until(from: Day, days: u16, calendar: &Calendar) -> Result<Option<Day>, DeadlineError> {
    let days = Term::business_days(days.into())?.amount();
    let general = Spans::merge(general_spans(calendar));
    match general.nth_counted(Counter::Business(calendar.business()), from, days.into()) {
        Reached::Day(day) => Ok(Some(day)),
        Reached::Open => Ok(None),
        Reached::Beyond => Err(DeadlineError::beyond()),
    }
}

fn cap_end(from: Date, months: u16) -> Result<Day, DeadlineError> {
    let months = Term::months(months.into())?.amount();
    let end = from.checked_add(i64::from(months).months());
    Day::of(end.map_err(|_| DeadlineError::DateOutOfRange {
        date: from.to_string(),
    })?)
}

/// The general suspensions of terms of a calendar, as spans.
pub(super) fn general_spans(calendar: &Calendar) -> Vec<Span> {
    let span = |terms: &crate::calendar::SuspendedTerms| Span {
        after: terms.first.plus(-1),
        until: terms.last,
    };
    calendar.suspended_terms().iter().map(span).collect()
}
