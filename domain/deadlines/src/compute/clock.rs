//! A running clock: from when it counts, where it stands still, and on which day a term of it
//! ends. It is given the suspensions as spans and knows nothing of their causes.

use jiff::ToSpan;
use jiff::civil::Date;

use super::spans::{Counter, Reached, Spans};
use crate::calendar::Calendar;
use crate::day::Day;
use crate::error::DeadlineError;
use crate::policies::{PlazoAnchor, Policies, Roll};
use crate::term::Term;

/// The clock of one procedure.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    pub(crate) calendar: Calendar,
    pub(crate) policies: Policies,
    /// The day after which days are counted.
    pub(crate) counts_from: Day,
    pub(crate) spans: Spans,
}

impl Clock {
    /// The days that a term counts.
    pub(crate) fn counter(&self, term: Term) -> Counter<'_> {
        match term.counts_business_days() {
            true => Counter::Business(self.calendar.business()),
            false => Counter::Calendar,
        }
    }

    /// The last day of a term with some days of extension; `None` while a suspension is open.
    pub(crate) fn due(&self, term: Term, extension: u32) -> Result<Option<Day>, DeadlineError> {
        let days = i64::from(extension);
        let reached = match term {
            Term::Immediate => self.first_day_to_answer(),
            Term::BusinessDays(n) => self.nth(term, i64::from(n.get()) + days),
            Term::CalendarDays(n) => self.nth(term, i64::from(n.get()) + days),
            Term::Weeks(n) => self.nth(term, i64::from(n.get()) * 7 + days),
            // Each suspended calendar day pushes the last day one day on (vector D39).
            Term::Months(_) | Term::Years(_) => self.nth(term, self.length(term)? + days),
        };
        match reached {
            Reached::Day(day) => self.rolled(term, day).map(Some),
            Reached::Open => Ok(None),
            Reached::Beyond => Err(DeadlineError::beyond()),
        }
    }

    /// How many days of its own unit a term has when nothing suspends it: business days for a
    /// término, calendar days for the rest.
    pub(crate) fn length(&self, term: Term) -> Result<i64, DeadlineError> {
        Ok(match term {
            Term::Immediate => 0,
            Term::BusinessDays(n) | Term::CalendarDays(n) => n.get().into(),
            Term::Weeks(n) => i64::from(n.get()) * 7,
            Term::Months(_) | Term::Years(_) => {
                let end = self.equivalent(self.computation_start()?, term)?;
                i64::from(end.0 - self.counts_from.0)
            }
        })
    }

    /// The day a *plazo* begins (COA 158 and 160; vectors D50 to D58).
    pub(crate) fn computation_start(&self) -> Result<Day, DeadlineError> {
        match self.policies.plazo_anchor {
            PlazoAnchor::TriggerDate => Ok(self.counts_from),
            PlazoAnchor::NextDay => Ok(self.counts_from.plus(1)),
            PlazoAnchor::NextBusinessDay => {
                let next = self
                    .calendar
                    .business()
                    .on_or_after(self.counts_from.plus(1));
                next.ok_or_else(DeadlineError::beyond)
            }
        }
    }

    /// The last day of a *plazo* that begins on a day and is never suspended: the equivalent date,
    /// or the last day of a month that has none (COA 160).
    pub(crate) fn equivalent(&self, start: Day, term: Term) -> Result<Day, DeadlineError> {
        let amount = i64::from(term.amount());
        let span = match term {
            Term::Years(_) => amount.years(),
            Term::Months(_) => amount.months(),
            Term::Weeks(_) => amount.weeks(),
            Term::CalendarDays(_) | Term::BusinessDays(_) | Term::Immediate => amount.days(),
        };
        let end: Date = start
            .checked_date()?
            .checked_add(span)
            .map_err(|_| DeadlineError::beyond())?;
        Ok(match self.policies.plazo_anchor {
            PlazoAnchor::NextDay => Day::of(end)?.plus(-1),
            PlazoAnchor::NextBusinessDay | PlazoAnchor::TriggerDate => Day::of(end)?,
        })
    }

    /// The first day that consumes the term; `None` while a suspension stands before it.
    pub(crate) fn first_counted(&self, term: Term) -> Option<Day> {
        match self.nth(term, 1) {
            Reached::Day(day) => Some(day),
            Reached::Open | Reached::Beyond => None,
        }
    }

    fn nth(&self, term: Term, n: i64) -> Reached {
        self.spans
            .nth_counted(self.counter(term), self.counts_from, n)
    }

    /// Over the counter: the same day if it is worked and not suspended, or else the next.
    fn first_day_to_answer(&self) -> Reached {
        let today = self.counts_from;
        let open = self.calendar.business().contains(today) && self.spans.covering(today).is_none();
        match open {
            true => Reached::Day(today),
            false => self.nth(Term::Immediate, 1),
        }
    }

    /// A term that counts rest days may end on one; what then is a switch (vectors D51, D61).
    fn rolled(&self, term: Term, day: Day) -> Result<Day, DeadlineError> {
        match self.policies.roll {
            Roll::NextBusinessDay if !term.counts_business_days() => self
                .calendar
                .business()
                .on_or_after(day)
                .ok_or_else(DeadlineError::beyond),
            Roll::NextBusinessDay | Roll::None => Ok(day),
        }
    }
}
