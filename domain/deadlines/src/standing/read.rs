//! Reading a deadline on a day: what runs, what is left, what is late.

use jiff::civil::Date;
use serde::Serialize;

use super::kind::{ClockState, StandingKind};
use super::timeliness::{Timeliness, days};
use crate::compute::{Counter, Deadline};
use crate::day::{Day, EARLIEST, LATEST};
use crate::silence::SilenceEffect;

/// How a procedure stands on a day.
///
/// It is computed when somebody looks, by the same function for the page, the API, the office and
/// the figures, and never stored: it would be wrong by the next morning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Standing {
    /// The day it speaks of.
    pub on: Date,
    /// The word for it.
    pub kind: StandingKind,
    /// What the clock does, apart from notifications and silence.
    pub clock: ClockState,
    /// Days of the term that have run, in the days the term counts.
    pub elapsed_days: i64,
    /// Days left, in the days the term counts: 0 on the due day, negative afterwards, frozen while
    /// suspended. Never above what the term and its extensions give.
    pub remaining_days: i64,
    /// Business days after `on`, up to and including the due date; `None` without a due date.
    pub business_days_left: Option<u32>,
    /// Business days after the due date, up to and including `on`. May be 0 while overdue: on the
    /// weekend after a due Friday (vector D72).
    pub business_days_overdue: u32,
    /// Silence, from the day it accrued.
    pub silence: Option<SilenceAccrued>,
    /// The notification, from the day it was made.
    pub timeliness: Option<Timeliness>,
}

/// Silence that has accrued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct SilenceAccrued {
    /// What it means.
    pub effect: SilenceEffect,
    /// The first day on which it existed.
    pub effective_from: Date,
}

impl Deadline {
    /// How the procedure stands on a day, given the day a decision was notified, if it was.
    ///
    /// A notification after `on` has not happened yet on that day. A day outside 1900 to 2200 is
    /// taken as the nearest day inside.
    ///
    /// ```
    /// use chasqui_deadlines::{CalendarBook, Input, StandingKind, Trigger, compute};
    /// use jiff::{Timestamp, civil::date};
    ///
    /// // COA art. 158, vectors D70 to D72: the last day is not late; the weekend after it is, by
    /// // no business day yet.
    /// let book = CalendarBook::ecuador();
    /// let calendar = book.resolve(book.default_calendars(), Timestamp::MAX)?;
    /// let input = Input::new(Trigger::On(date(2025, 9, 5)), "10bd".parse()?);
    /// let deadline = compute(&input, &calendar)?;
    /// assert_eq!(deadline.standing(date(2025, 9, 19), None).kind, StandingKind::DueToday);
    /// let saturday = deadline.standing(date(2025, 9, 20), None);
    /// assert_eq!((saturday.kind, saturday.business_days_overdue), (StandingKind::Overdue, 0));
    /// # Ok::<(), chasqui_deadlines::DeadlineError>(())
    /// ```
    #[must_use]
    pub fn standing(&self, on: Date, notified_on: Option<Date>) -> Standing {
        let on = on.clamp(EARLIEST, LATEST);
        let day = Day::of(on).expect("invariant: the date was clamped into the range");
        let notified = notified_on.filter(|notified| *notified <= on);
        let timeliness = notified.and_then(|notified| self.timeliness(notified).ok());
        let silence = self.silence.and_then(|silence| {
            let effective_from = silence.accrued_from(notified)?;
            let accrued = SilenceAccrued {
                effect: silence.effect,
                effective_from,
            };
            (effective_from <= on).then_some(accrued)
        });
        let due = self.due_day();
        let business = Counter::Business(self.clock.calendar.business());
        let clock = self.clock_state(day);
        let business_days_left = due.map(|due| days(business.between(day, due)));
        Standing {
            on,
            kind: self.kind(clock, business_days_left, silence, timeliness),
            clock,
            elapsed_days: self.elapsed(day),
            remaining_days: self.remaining(day),
            business_days_left,
            business_days_overdue: due.map_or(0, |due| days(business.between(due, day))),
            silence,
            timeliness,
        }
    }

    fn due_day(&self) -> Option<Day> {
        self.due_on.and_then(|due| Day::of(due).ok())
    }

    fn clock_state(&self, on: Day) -> ClockState {
        match self.due_day() {
            Some(due) if on > due => ClockState::Overdue,
            Some(due) if on == due => ClockState::DueToday,
            Some(_) | None => match self.clock.spans.covering(on) {
                Some(_) => ClockState::Suspended,
                None => ClockState::Running,
            },
        }
    }

    /// A notification says it all; silence outweighs lateness; few days left is worth a word.
    fn kind(
        &self,
        clock: ClockState,
        business_days_left: Option<u32>,
        silence: Option<SilenceAccrued>,
        timeliness: Option<Timeliness>,
    ) -> StandingKind {
        match timeliness {
            Some(notified) if notified.on_time_legal => return StandingKind::NotifiedOnTime,
            Some(_) => return StandingKind::NotifiedLate,
            None => {}
        }
        if silence.is_some() {
            return StandingKind::SilenceAccrued;
        }
        let few = u32::from(self.input.policies.due_soon_business_days);
        match clock {
            ClockState::Suspended => StandingKind::Suspended,
            ClockState::DueToday => StandingKind::DueToday,
            ClockState::Overdue => StandingKind::Overdue,
            ClockState::Running if business_days_left.is_some_and(|left| left <= few) => {
                StandingKind::DueSoon
            }
            ClockState::Running => StandingKind::Running,
        }
    }

    fn elapsed(&self, on: Day) -> i64 {
        let counter = self.clock.counter(self.input.term);
        self.clock
            .spans
            .counted(counter, self.clock.counts_from, on)
    }

    /// With a due date, the days up to it; without one, what the term gives less what has run.
    fn remaining(&self, on: Day) -> i64 {
        let counter = self.clock.counter(self.input.term);
        match self.due_day() {
            Some(due) if on <= due => {
                let from = on.max(self.clock.counts_from);
                self.clock.spans.counted(counter, from, due)
            }
            Some(due) => -self.clock.spans.counted(counter, due, on),
            None => {
                let length = self.clock.length(self.input.term).unwrap_or_default();
                length + i64::from(self.extension_days) - self.elapsed(on)
            }
        }
    }
}
