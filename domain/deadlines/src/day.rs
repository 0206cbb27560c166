//! Days as numbers: the arithmetic under every calendar and every term, and the one place that
//! knows the range of dates this crate computes in. It knows nothing of rest days or of law.

use jiff::civil::{Date, Weekday};

use crate::error::DeadlineError;

/// The first date that anything here can be computed for.
///
/// Earlier municipal files exist, but the Gregorian rules and the laws modelled here say nothing
/// useful about them, and a bound keeps every table finite.
pub const EARLIEST: Date = jiff::civil::date(1900, 1, 1);

/// The last date that anything here can be computed for.
pub const LATEST: Date = jiff::civil::date(2200, 12, 31);

/// Days since 0000-03-01 of [`EARLIEST`], in the proleptic Gregorian calendar.
const ORIGIN: i32 = days_from_civil(1900, 1, 1);

/// A civil day, counted from [`EARLIEST`], which is 0.
///
/// It cannot be built from a date outside the range, except that arithmetic may step one day
/// before the first or after the last: those are answered as "nothing there", never a panic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Day(pub(crate) i32);

/// How many days the range holds.
pub(crate) const DAYS: usize = (days_from_civil(2200, 12, 31) - ORIGIN + 1) as usize;

impl Day {
    /// The last day of the range.
    pub(crate) const LAST: Self = Self(DAYS as i32 - 1);

    /// The number of a date.
    ///
    /// # Errors
    /// [`DeadlineError::DateOutOfRange`] outside [`EARLIEST`] to [`LATEST`].
    pub(crate) fn of(date: Date) -> Result<Self, DeadlineError> {
        if date < EARLIEST || date > LATEST {
            return Err(DeadlineError::DateOutOfRange {
                date: date.to_string(),
            });
        }
        Ok(Self(
            days_from_civil(date.year() as i32, date.month() as i32, date.day() as i32) - ORIGIN,
        ))
    }

    /// The date of a number, if it is inside the range.
    pub(crate) fn date(self) -> Option<Date> {
        if self < Self(0) || self > Self::LAST {
            return None;
        }
        let (year, month, day) = civil_from_days(self.0 + ORIGIN);
        Date::new(year, month, day).ok()
    }

    /// The date of a number that is known to be inside the range.
    pub(crate) fn known_date(self) -> Date {
        self.date()
            .expect("invariant: a day taken from a calendar or a checked date is in range")
    }

    /// The date of a number that came out of arithmetic and may have left the range.
    ///
    /// # Errors
    /// [`DeadlineError::DateOutOfRange`] when it has.
    pub(crate) fn checked_date(self) -> Result<Date, DeadlineError> {
        self.date().ok_or_else(DeadlineError::beyond)
    }

    /// The day `n` days later (or earlier, when negative).
    pub(crate) fn plus(self, n: i32) -> Self {
        Self(self.0.saturating_add(n))
    }

    /// The day of the week. 1900-01-01 was a Monday.
    pub(crate) fn weekday(self) -> Weekday {
        Weekday::Monday.wrapping_add(self.0.rem_euclid(7))
    }
}

/// Howard Hinnant's `days_from_civil`, with years that start in March so that the leap day is last.
const fn days_from_civil(year: i32, month: i32, day: i32) -> i32 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era
}

/// The inverse of [`days_from_civil`].
const fn civil_from_days(days: i32) -> (i16, i8, i8) {
    let era = days.div_euclid(146_097);
    let day_of_era = days - era * 146_097;
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year as i16, month as i8, day as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_three_centuries_goes_to_its_date_and_back() {
        let mut date = EARLIEST;
        for number in 0..DAYS as i32 {
            let day = Day(number);
            assert_eq!(day.known_date(), date);
            assert_eq!(Day::of(date), Ok(day));
            assert_eq!(day.weekday(), date.weekday());
            date = date.tomorrow().unwrap();
        }
        assert_eq!(date.yesterday().unwrap(), LATEST);
    }

    #[test]
    fn a_date_outside_the_range_is_named_not_wrapped() {
        assert!(Day::of(EARLIEST.yesterday().unwrap()).is_err());
        assert!(Day::of(LATEST.tomorrow().unwrap()).is_err());
        assert_eq!(Day(-1).date(), None);
        assert!(Day::LAST.plus(1).checked_date().is_err());
    }
}
