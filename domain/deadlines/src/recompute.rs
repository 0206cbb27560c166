//! When the law's calendar moves, a deadline may move with it: by how much, and because of which
//! days. Nothing is recomputed in silence: the difference is what an event then records.

use jiff::civil::Date;
use serde::Serialize;

use crate::calendar::{Calendar, CalendarDay, CalendarVersion};
use crate::compute::{Deadline, compute};
use crate::error::DeadlineError;

/// What a new calendar changes about a deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The due date by the old calendar.
    pub from: Option<Date>,
    /// The due date by the new one.
    pub to: Option<Date>,
    /// The old calendar.
    pub from_version: CalendarVersion,
    /// The new calendar.
    pub to_version: CalendarVersion,
    /// The days that the new calendar does not count and the old one did, between the filing and
    /// the later of the two dates.
    pub no_longer_counted: Vec<CalendarDay>,
    /// The days that the old calendar did not count and the new one does, with the old reason.
    pub counted_again: Vec<CalendarDay>,
}

impl Deadline {
    /// What another calendar would change: `None` when neither the due date nor the silence moves.
    ///
    /// A closed procedure keeps the calendar that was in force; this is for open ones. The answer
    /// becomes an event (`DeadlineRecomputed`), so that a due date never moves without a trace.
    ///
    /// ```
    /// use chasqui_deadlines::{CalendarBook, Input, Trigger, compute};
    /// use jiff::civil::date;
    ///
    /// // COA art. 159 and Decree 172, vectors D20 and D21: a decree issued in mid-term.
    /// let book = CalendarBook::ecuador();
    /// let known = |at: &str| book.resolve(book.default_calendars(), at.parse().unwrap());
    /// let input = Input::new(Trigger::On(date(2025, 9, 29)), "10bd".parse()?);
    /// let before = compute(&input, &known("2025-10-01T12:00:00-05:00")?)?;
    /// let moved = before.moved_by(&known("2025-10-03T12:00:00-05:00")?)?.unwrap();
    /// assert_eq!((moved.from, moved.to), (Some(date(2025, 10, 14)), Some(date(2025, 10, 15))));
    /// assert_eq!(moved.no_longer_counted[0].date, date(2025, 10, 9));
    /// # Ok::<(), chasqui_deadlines::DeadlineError>(())
    /// ```
    ///
    /// # Errors
    /// As [`compute`].
    pub fn moved_by(&self, calendar: &Calendar) -> Result<Option<Moved>, DeadlineError> {
        let new = compute(&self.input, calendar)?;
        let silence = |deadline: &Self| deadline.silence.and_then(|silence| silence.expires_on);
        if new.due_on == self.due_on && silence(&new) == silence(self) {
            return Ok(None);
        }
        let ends = [self.due_on, new.due_on, silence(self), silence(&new)];
        let last = ends
            .into_iter()
            .flatten()
            .max()
            .unwrap_or(self.legal_filing_date);
        let old = self.calendar();
        Ok(Some(Moved {
            from: self.due_on,
            to: new.due_on,
            from_version: old.version().clone(),
            to_version: calendar.version().clone(),
            no_longer_counted: differences(old, calendar, self.legal_filing_date, last),
            counted_again: differences(calendar, old, self.legal_filing_date, last),
        }))
    }
}

/// The days between two dates that `a` counts and `b` does not, with the reason that `b` gives.
fn differences(a: &Calendar, b: &Calendar, first: Date, last: Date) -> Vec<CalendarDay> {
    let days = first
        .series(jiff::Span::new().days(1))
        .take_while(|date| *date <= last);
    let differs = |date: Date| match a.reason(date) {
        Some(_) => None,
        None => b.reason(date).map(|reason| CalendarDay { date, reason }),
    };
    days.filter_map(differs).collect()
}
