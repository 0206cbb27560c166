//! Whether a notification came in time, and after how many days. These are facts of one procedure;
//! rates over many are computed elsewhere.

use jiff::civil::Date;
use serde::Serialize;

use crate::compute::{Counter, Deadline, Spans};
use crate::day::Day;
use crate::error::DeadlineError;

/// When a decision was notified, measured against its deadline.
///
/// What counts is the notification, not the decision (COA 207, vector D76).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Timeliness {
    /// The local date of the notification.
    pub notified_on: Date,
    /// Within the legal term, extensions included.
    pub on_time_legal: bool,
    /// Within the term as it was without extensions.
    pub on_time_strict: bool,
    /// Calendar days from the legal filing date.
    pub gross_calendar_days: u32,
    /// Business days after the legal filing date.
    pub gross_business_days: u32,
    /// The same without the suspended ones.
    pub net_business_days: u32,
    /// Business days after the due date; may be 0 for a notification that is late, on a weekend.
    pub business_days_late: u32,
}

impl Deadline {
    /// Measures a notification (vectors D44, D73 to D78).
    ///
    /// While a suspension is open there is no due date to be late for: a notification then is on
    /// time.
    ///
    /// ```
    /// use chasqui_deadlines::{CalendarBook, Extension, Input, Ledger, Trigger, compute};
    /// use jiff::{Timestamp, civil::date};
    ///
    /// // COA art. 161, vector D44: notified within the extension, so late only strictly.
    /// let book = CalendarBook::ecuador();
    /// let calendar = book.resolve(book.default_calendars(), Timestamp::MAX)?;
    /// let input = Input {
    ///     ledger: Ledger {
    ///         extensions: vec![Extension::new(5, date(2025, 9, 15))],
    ///         ..Ledger::default()
    ///     },
    ///     ..Input::new(Trigger::On(date(2025, 9, 1)), "10bd".parse()?)
    /// };
    /// let notified = compute(&input, &calendar)?.timeliness(date(2025, 9, 19))?;
    /// assert!(notified.on_time_legal && !notified.on_time_strict);
    /// assert_eq!(notified.net_business_days, 14);
    /// # Ok::<(), chasqui_deadlines::DeadlineError>(())
    /// ```
    ///
    /// # Errors
    /// [`DeadlineError::DateOutOfRange`].
    pub fn timeliness(&self, notified_on: Date) -> Result<Timeliness, DeadlineError> {
        let notified = Day::of(notified_on)?;
        let filed = self.start.legal;
        let business = Counter::Business(self.clock.calendar.business());
        let in_time = |due: Option<Date>| due.is_none_or(|due| notified_on <= due);
        let late = match self.due_on {
            Some(due) => business.between(Day::of(due)?, notified),
            None => 0,
        };
        Ok(Timeliness {
            notified_on,
            on_time_legal: in_time(self.due_on),
            on_time_strict: in_time(self.base_due_on),
            gross_calendar_days: days(Counter::Calendar.between(filed, notified)),
            gross_business_days: days(business.between(filed, notified)),
            net_business_days: days(self.clock.spans.counted(business, filed, notified)),
            business_days_late: days(late),
        })
    }

    /// The business days on which a suspension of the ledger stopped the clock, each counted once;
    /// `None` while one of them has no end (vectors D30 to D37).
    #[must_use]
    pub fn suspended_business_days(&self) -> Option<u32> {
        let spans = self
            .suspensions
            .iter()
            .map(|suspension| self.span_of(suspension));
        let business = Counter::Business(self.clock.calendar.business());
        let mut total = 0;
        for span in Spans::merge(spans.collect()).iter() {
            total += business.between(span.after.max(self.start.legal), span.until?);
        }
        Some(days(total))
    }
}

/// A count of days; counts are never negative and never exceed the range.
pub(super) fn days(count: i64) -> u32 {
    u32::try_from(count).unwrap_or_default()
}
