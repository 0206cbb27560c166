//! The due date and all that goes with it. Everything here follows from the input and the
//! calendar; nothing depends on the day one asks.

use jiff::Timestamp;
use jiff::civil::Date;

use super::clock::Clock;
use super::extensions::extended_days;
use super::input::Input;
use super::spans::{Span, Spans};
use super::start::{Deemed, Start};
use super::suspensions::{EffectiveSuspension, general_spans};
use crate::calendar::{Calendar, CalendarVersion};
use crate::day::Day;
use crate::error::DeadlineError;
use crate::ledger::Ledger;
use crate::policies::{Resume, SilenceClock};
use crate::silence::{SilenceEffect, SilenceRule};
use crate::term::Term;

/// When a procedure is due, as the calendar and the ledger are known.
///
/// It is a value, computed and never stored: events keep what it was computed from. It keeps its
/// calendar (shared, cheap), so that it can say how a procedure stands on a day
/// ([`Deadline::standing`]), account for every day ([`Deadline::receipt`]) and tell what a new
/// calendar would change ([`Deadline::moved_by`]).
#[derive(Debug, Clone)]
pub struct Deadline {
    /// The date it counts as filed.
    pub legal_filing_date: Date,
    /// Why that date.
    pub deemed: Deemed,
    /// For terms counted in days: the first day that counts. `None` for the others, and while a
    /// suspension keeps even the first day away.
    pub day_one: Option<Date>,
    /// For terms that run from date to date: where they begin.
    pub computation_start: Option<Date>,
    /// The due date with suspensions but without extensions: the strict one.
    pub base_due_on: Option<Date>,
    /// The legal due date; `None` while a suspension is open that nothing bounds. While one is
    /// open that is bounded, this is the latest it can be ([`Deadline::is_provisional`]).
    pub due_on: Option<Date>,
    /// 24:00 local of the due date, exclusive.
    pub expires_at: Option<Timestamp>,
    /// The silence clock, if the type has one.
    pub silence: Option<SilenceDue>,
    /// Every suspension with the end the law gives it, in the ledger's order.
    pub suspensions: Vec<EffectiveSuspension>,
    /// The days that extensions add, in all.
    pub extension_days: u32,
    pub(crate) input: Input,
    pub(crate) clock: Clock,
    pub(crate) start: Start,
}

/// When silence accrues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SilenceDue {
    /// What it will mean.
    pub effect: SilenceEffect,
    /// Its term.
    pub term: Term,
    /// The last day on which a notification still prevents it; `None` while a suspension is open.
    pub expires_on: Option<Date>,
}

/// Computes a deadline.
///
/// Counts only days that are worked and not suspended, after the day of filing: "running day *d*
/// is counted if and only if it is a business day, later than the trigger and in no suspension".
/// Takes under two microseconds on a calendar in hand.
///
/// # Errors
/// Each of them is named by [`DeadlineError::name`]: dates out of range, suspensions that
/// contradict themselves, extensions that the law does not allow.
///
/// ```
/// use chasqui_deadlines::{CalendarBook, Input, Term, Trigger, compute};
/// use jiff::{Timestamp, civil::date};
///
/// // COA arts. 158 and 159, vector D01: filed on the Friday evening before a long weekend.
/// let book = CalendarBook::ecuador();
/// let calendar = book.resolve(book.default_calendars(), Timestamp::MAX)?;
/// let filed: Timestamp = "2025-10-31T17:30:00-05:00".parse().unwrap();
/// let deadline = compute(&Input::new(Trigger::ReceivedAt(filed), "10bd".parse()?), &calendar)?;
/// assert_eq!(deadline.day_one, Some(date(2025, 11, 5)));
/// assert_eq!(deadline.due_on, Some(date(2025, 11, 18)));
/// assert_eq!(deadline.expires_at.unwrap().to_string(), "2025-11-19T05:00:00Z");
/// # Ok::<(), chasqui_deadlines::DeadlineError>(())
/// ```
pub fn compute(input: &Input, calendar: &Calendar) -> Result<Deadline, DeadlineError> {
    input.check()?;
    let start = Start::of(input.trigger, input.policies.filing, calendar)?;
    let suspensions = (input.ledger.suspensions.iter())
        .map(|entry| EffectiveSuspension::of(entry, &start, &input.policies, calendar))
        .collect::<Result<Vec<_>, _>>()?;
    let clock = started(input, calendar, &start, &suspensions)?;
    for extension in &input.ledger.extensions {
        let (on, filed_on) = (extension.granted_and_notified_on, start.received_on);
        if on < filed_on {
            return Err(DeadlineError::ExtensionBeforeFiling { on, filed_on });
        }
    }
    let extension_days = extended_days(&clock, input.term, &input.ledger.extensions)?;
    let base = clock.due(input.term, 0)?;
    let due = match extension_days {
        0 => base,
        days => clock.due(input.term, days)?,
    };
    let due_on = due.map(Day::checked_date).transpose()?;
    let day_one = match input.term {
        Term::BusinessDays(_) | Term::CalendarDays(_) | Term::Weeks(_) => {
            clock.first_counted(input.term).and_then(Day::date)
        }
        Term::Immediate | Term::Months(_) | Term::Years(_) => None,
    };
    let computation_start = match input.term.runs_date_to_date() {
        true => Some(clock.computation_start()?.checked_date()?),
        false => None,
    };
    Ok(Deadline {
        legal_filing_date: start.legal.checked_date()?,
        deemed: start.deemed,
        day_one,
        computation_start,
        base_due_on: base.map(Day::checked_date).transpose()?,
        due_on,
        expires_at: due_on.map(|due| calendar.zone().end_of(due)).transpose()?,
        silence: silence_due(input, &clock, extension_days)?,
        suspensions,
        extension_days,
        input: input.clone(),
        clock,
        start,
    })
}

/// The clock with every suspension on it, and started anew where a suspension resets it.
fn started(
    input: &Input,
    calendar: &Calendar,
    start: &Start,
    suspensions: &[EffectiveSuspension],
) -> Result<Clock, DeadlineError> {
    let mut spans: Vec<Span> = general_spans(calendar);
    for suspension in suspensions {
        spans.push(suspension.span(input.policies.suspension_start)?);
    }
    let mut clock = Clock {
        calendar: calendar.clone(),
        policies: input.policies,
        counts_from: start.legal,
        spans: Spans::merge(spans),
    };
    let resets = |s: &&EffectiveSuspension| input.policies.resume.of(s.cause) == Resume::Reset;
    let mut resetting: Vec<_> = suspensions.iter().filter(resets).collect();
    resetting.sort_by_key(|suspension| suspension.from);
    for suspension in resetting {
        // What is asked for after the term has run out cannot start it again.
        let from = Day::of(suspension.from)?;
        let expired = clock.due(input.term, 0)?.is_some_and(|due| from > due);
        if let Some(end) = suspension.effective_to.filter(|_| !expired) {
            clock.counts_from = clock.counts_from.max(Day::of(end)?);
        }
    }
    Ok(clock)
}

fn silence_due(
    input: &Input,
    clock: &Clock,
    extension_days: u32,
) -> Result<Option<SilenceDue>, DeadlineError> {
    let SilenceRule::After { term, effect } = input.silence else {
        return Ok(None);
    };
    let extension = match input.policies.silence_clock {
        SilenceClock::WithoutExtensions => 0,
        SilenceClock::WithExtensions => extension_days,
    };
    let expires_on = clock
        .due(term, extension)?
        .map(Day::checked_date)
        .transpose()?;
    Ok(Some(SilenceDue {
        effect,
        term,
        expires_on,
    }))
}

impl SilenceDue {
    /// The first local date on which silence has its effect, unless a notification came before.
    #[must_use]
    pub fn effective_from(&self) -> Option<Date> {
        self.expires_on.and_then(|last| last.tomorrow().ok())
    }

    /// The same, knowing when the decision was notified, if it was (COA 207: what stops the clock
    /// is the notification, not the decision).
    #[must_use]
    pub fn accrued_from(&self, notified_on: Option<Date>) -> Option<Date> {
        let from = self.effective_from()?;
        notified_on
            .is_none_or(|notified| notified >= from)
            .then_some(from)
    }
}

impl Deadline {
    /// What it was computed from.
    #[must_use]
    pub fn input(&self) -> &Input {
        &self.input
    }

    /// The calendar it was computed with.
    #[must_use]
    pub fn calendar(&self) -> &Calendar {
        &self.clock.calendar
    }

    /// The version of that calendar.
    #[must_use]
    pub fn calendar_version(&self) -> &CalendarVersion {
        self.clock.calendar.version()
    }

    /// Whether the due date is only the latest possible one, because a suspension that ends by
    /// itself is still waiting for somebody.
    #[must_use]
    pub fn is_provisional(&self, on: Date) -> bool {
        let waits = |s: &EffectiveSuspension| {
            s.awaiting && s.from <= on && s.effective_to.is_some_and(|end| on < end)
        };
        self.due_on.is_some() && self.suspensions.iter().any(waits)
    }

    /// The suspensions that came too late to stop the clock: notified on the last day of the term
    /// or after it (vector D37).
    pub fn ineffective_suspensions(&self) -> impl Iterator<Item = &EffectiveSuspension> {
        self.suspensions
            .iter()
            .filter(|suspension| self.is_too_late(suspension))
    }

    /// Whether a suspension stops nothing, because no day of the term is left after it begins.
    pub(crate) fn is_too_late(&self, suspension: &EffectiveSuspension) -> bool {
        let due = self.due_on.and_then(|due| Day::of(due).ok());
        due.is_some_and(|due| self.span_of(suspension).after >= due)
    }

    /// The stretch of days a suspension stops the clock for.
    pub(crate) fn span_of(&self, suspension: &EffectiveSuspension) -> Span {
        let span = suspension.span(self.input.policies.suspension_start);
        span.expect("invariant: the dates of a suspension were checked when it was computed")
    }

    /// The deadline if whatever is open ended on `date`: "and if I answer today?".
    ///
    /// # Errors
    /// As [`compute`].
    pub fn if_resumed_on(&self, date: Date) -> Result<Self, DeadlineError> {
        self.with_ledger(self.input.ledger.ended_on(date))
    }

    /// The deadline with another ledger and everything else alike.
    ///
    /// # Errors
    /// As [`compute`].
    pub fn with_ledger(&self, ledger: Ledger) -> Result<Self, DeadlineError> {
        compute(
            &Input {
                ledger,
                ..self.input.clone()
            },
            self.calendar(),
        )
    }
}
