//! When the municipality itself must publish: the two dates of the law on transparency (LOTAIP)
//! that depend on the calendar. What is published is not known here.

use jiff::civil::Date;

use crate::calendar::Calendar;
use crate::day::Day;
use crate::error::DeadlineError;

/// The last day to register what was generated in a month: the 15th of the following month, or
/// the next business day (LOTAIP 19, as the Defensoría's matrix of July 2024 reads it).
///
/// ```
/// use chasqui_deadlines::{CalendarBook, register_by};
/// use jiff::{Timestamp, civil::date};
///
/// // LOTAIP art. 19, vector P05: 15 February 2026 is a Sunday, and Carnival follows.
/// let book = CalendarBook::ecuador();
/// let calendar = book.resolve(book.default_calendars(), Timestamp::MAX)?;
/// assert_eq!(register_by(2026, 1, &calendar)?, date(2026, 2, 18));
/// # Ok::<(), chasqui_deadlines::DeadlineError>(())
/// ```
///
/// # Errors
/// [`DeadlineError::DateOutOfRange`] for a month that does not exist or is out of range.
pub fn register_by(year: i16, month: i8, calendar: &Calendar) -> Result<Date, DeadlineError> {
    let out = || DeadlineError::DateOutOfRange {
        date: format!("{year}-{month}"),
    };
    Date::new(year, month, 1).map_err(|_| out())?;
    let (year, month) = match month {
        12 => (year.checked_add(1).ok_or_else(out)?, 1),
        month => (year, month + 1),
    };
    let fifteenth = Date::new(year, month, 15).map_err(|_| out())?;
    calendar.business_day_on_or_after(fifteenth)
}

/// The last day for the annual report to the Defensoría: the last business day of January
/// (LOTAIP 11; vectors P20 to P23). The report on a year is due in the January that follows it;
/// `year` is the year of that January.
///
/// ```
/// use chasqui_deadlines::{CalendarBook, annual_report_due};
/// use jiff::{Timestamp, civil::date};
///
/// // LOTAIP art. 11, vector P22: 31 January 2026 is a Saturday.
/// let book = CalendarBook::ecuador();
/// let calendar = book.resolve(book.default_calendars(), Timestamp::MAX)?;
/// assert_eq!(annual_report_due(2026, &calendar)?, date(2026, 1, 30));
/// # Ok::<(), chasqui_deadlines::DeadlineError>(())
/// ```
///
/// # Errors
/// [`DeadlineError::DateOutOfRange`].
pub fn annual_report_due(year: i16, calendar: &Calendar) -> Result<Date, DeadlineError> {
    let out = || DeadlineError::DateOutOfRange {
        date: year.to_string(),
    };
    let last = Date::new(year, 1, 31).map_err(|_| out())?;
    Day::of(last)?;
    calendar.business_day_on_or_before(last)
}
