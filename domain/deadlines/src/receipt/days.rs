//! Every day between the filing and the due date, with what it was: counted, or left out and why.

use jiff::civil::Date;
use serde::Serialize;

use crate::calendar::RestReason;
use crate::compute::{Deadline, Deemed};
use crate::day::Day;
use crate::ledger::SuspensionCause;
use crate::policies::{PlazoAnchor, Roll};
use crate::term::Term;

/// One day of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceiptDay {
    /// The day.
    pub date: Date,
    /// Which day of the term it is, from 1; `None` for a day that does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted: Option<u32>,
    /// Why it does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excluded: Option<Exclusion>,
}

/// Why a day does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// It is a rest day, or all terms were suspended.
    Rest(RestReason),
    /// The procedure was suspended, whatever day of the week it was.
    Suspended {
        /// The legal cause.
        cause: SuspensionCause,
        /// When it was notified.
        from: Date,
    },
    /// It lies before the day from which the term was started anew.
    BeforeRestart,
}

impl Deadline {
    /// The days that consumed the term, extensions included: up to the due date, or up to an open
    /// suspension. Empty for terms that are not counted in days.
    #[must_use]
    pub fn counted_days(&self) -> Vec<Date> {
        let mut dates = Vec::new();
        self.each_term_day(|day, excluded| {
            if excluded.is_none() {
                dates.push(day.known_date());
            }
        });
        dates
    }

    /// Every day that a receipt accounts for, in order.
    pub(super) fn receipt_days(&self) -> Vec<ReceiptDay> {
        let mut days = Vec::with_capacity(48);
        self.days_before_filing(&mut days);
        let mut counted = 0;
        self.each_term_day(|day, excluded| {
            let date = day.known_date();
            match excluded {
                Some(excluded) => days.push(left_out(date, excluded)),
                None => {
                    counted += 1;
                    days.push(ReceiptDay {
                        date,
                        counted: Some(counted),
                        excluded: None,
                    });
                }
            }
        });
        if self.input.term.runs_date_to_date() || self.input.term == Term::Immediate {
            self.days_that_mattered(&mut days);
        } else {
            self.days_rolled_over(&mut days);
        }
        days
    }

    /// Walks the days of a term that is counted day by day.
    fn each_term_day(&self, mut visit: impl FnMut(Day, Option<Exclusion>)) {
        let counts_rest_days = match self.input.term {
            Term::BusinessDays(_) => false,
            Term::CalendarDays(_) | Term::Weeks(_) => true,
            Term::Immediate | Term::Months(_) | Term::Years(_) => return,
        };
        let first = self.start.legal.plus(1);
        for number in first.0..=self.last_counted().0 {
            let day = Day(number);
            let excluded = self.suspended_on(day).or_else(|| match counts_rest_days {
                true => None,
                false => self.clock.calendar.reason_of(day).map(Exclusion::Rest),
            });
            let restarted = day <= self.clock.counts_from;
            visit(
                day,
                excluded.or(restarted.then_some(Exclusion::BeforeRestart)),
            );
        }
    }

    /// The last day a term could count: its end before any rolling, or the eve of an open
    /// suspension.
    fn last_counted(&self) -> Day {
        let mut clock = self.clock.clone();
        clock.policies.roll = Roll::None;
        let open = self.clock.spans.iter().find(|span| span.until.is_none());
        match clock.due(self.input.term, self.extension_days) {
            Ok(Some(due)) => due,
            Ok(None) | Err(_) => open.map_or(self.start.legal, |span| span.after),
        }
    }

    /// The days between the arrival and the day it is deemed filed.
    fn days_before_filing(&self, days: &mut Vec<ReceiptDay>) {
        match self.deemed {
            Deemed::AsReceived => {}
            Deemed::OnRestDay | Deemed::AfterClosing(_) => {
                if let Ok(received) = Day::of(self.start.received_on) {
                    self.rest_days(received, self.start.legal, days);
                }
            }
        }
    }

    /// For terms that are not counted day by day: the rest days passed over to begin, the
    /// suspended days, the rest days passed over to end.
    fn days_that_mattered(&self, days: &mut Vec<ReceiptDay>) {
        let begin = self.start.legal.plus(1);
        if self.input.term == Term::Immediate {
            let due = self.due_on.and_then(|due| Day::of(due).ok());
            return self.rest_days(self.start.legal, due.unwrap_or(begin), days);
        }
        if self.input.policies.plazo_anchor == PlazoAnchor::NextBusinessDay
            && let Ok(start) = self.clock.computation_start()
        {
            self.rest_days(begin, start, days);
        }
        let listed = days.last().and_then(|day| Day::of(day.date).ok());
        let first = listed.map_or(begin, |day| day.plus(1));
        for number in first.0..=self.last_counted().0 {
            if let Some(excluded) = self.suspended_on(Day(number)) {
                days.push(left_out(Day(number).known_date(), excluded));
            }
        }
        self.days_rolled_over(days);
    }

    /// The rest days between the end of a term and the business day it rolled to. The end itself
    /// is listed unless it was listed as a day that counts.
    fn days_rolled_over(&self, days: &mut Vec<ReceiptDay>) {
        let (end, due) = (
            self.last_counted(),
            self.due_on.and_then(|due| Day::of(due).ok()),
        );
        if let Some(due) = due.filter(|due| *due > end) {
            let listed = days.last().is_some_and(|day| Some(day.date) == end.date());
            self.rest_days(if listed { end.plus(1) } else { end }, due, days);
        }
    }

    fn rest_days(&self, first: Day, until: Day, days: &mut Vec<ReceiptDay>) {
        for number in first.0..until.0 {
            let day = Day(number);
            if let Some(reason) = self.clock.calendar.reason_of(day) {
                days.push(left_out(day.known_date(), Exclusion::Rest(reason)));
            }
        }
    }

    /// What suspends a day: an entry of the ledger first, a general suspension of terms otherwise.
    fn suspended_on(&self, day: Day) -> Option<Exclusion> {
        self.clock.spans.covering(day)?;
        let covers = |suspension: &&crate::compute::EffectiveSuspension| {
            let span = self.span_of(suspension);
            span.after < day && span.until.is_none_or(|until| day <= until)
        };
        match self.suspensions.iter().find(covers) {
            Some(found) => Some(Exclusion::Suspended {
                cause: found.cause,
                from: found.from,
            }),
            None => self
                .clock
                .calendar
                .general_suspension(day)
                .map(Exclusion::Rest),
        }
    }
}

fn left_out(date: Date, excluded: Exclusion) -> ReceiptDay {
    ReceiptDay {
        date,
        counted: None,
        excluded: Some(excluded),
    }
}
