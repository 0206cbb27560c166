//! The days a figure speaks of, and when it becomes final.
//!
//! It knows no calendar: which days are business days is handed in.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// How many business days after its period a figure stays provisional.
const PROVISIONAL_FOR: u32 = 15;

/// Legal local dates from the first to the last, both included. It cannot be empty.
///
/// ```
/// use chasqui_indicators::formula::Period;
/// use jiff::civil::date;
///
/// let september = Period::month_of(date(2025, 9, 17));
/// assert_eq!(september.days(), 30);
/// assert!(september.contains(date(2025, 9, 30)));
/// assert!(Period::new(date(2025, 9, 2), date(2025, 9, 1)).is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Ends")]
pub struct Period {
    from: Date,
    to: Date,
}

/// A period whose last day lies before its first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the period begins on {from} and ends on {to}")]
pub struct EndsBeforeItBegins {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Period {
    /// From the first day to the last.
    ///
    /// # Errors
    /// [`EndsBeforeItBegins`] when they are the wrong way round.
    pub fn new(from: Date, to: Date) -> Result<Self, EndsBeforeItBegins> {
        if to < from {
            return Err(EndsBeforeItBegins { from, to });
        }
        Ok(Self { from, to })
    }

    /// The month in which a day lies.
    #[must_use]
    pub fn month_of(day: Date) -> Self {
        Self {
            from: day.first_of_month(),
            to: day.last_of_month(),
        }
    }

    /// First day.
    #[must_use]
    pub const fn from(self) -> Date {
        self.from
    }

    /// Last day.
    #[must_use]
    pub const fn to(self) -> Date {
        self.to
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether a day that may not have come lies in it.
    #[must_use]
    pub fn contains_some(self, day: Option<Date>) -> bool {
        day.is_some_and(|day| self.contains(day))
    }

    /// How many days it has: at least 1.
    #[must_use]
    pub fn days(self) -> u32 {
        let between = self.from.duration_until(self.to).as_hours() / 24;
        u32::try_from(between + 1).expect("invariant: a period ends after it begins")
    }
}

/// The first day on which figures of the period are final: the fifteenth business day after its end. Before that
/// they are provisional, because notifications are still recorded. `None` if the calendar has no such day within
/// the year that follows.
///
/// ```
/// use chasqui_indicators::formula::{Period, final_from};
/// use jiff::civil::{Weekday, date};
///
/// let workday = |day: jiff::civil::Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
/// let june = Period::month_of(date(2025, 6, 1));
/// assert_eq!(final_from(june, workday), Some(date(2025, 7, 21)));
/// ```
#[must_use]
pub fn final_from(period: Period, is_business_day: impl Fn(Date) -> bool) -> Option<Date> {
    let mut left = PROVISIONAL_FOR;
    let mut day = period.to;
    for _ in 0..366 {
        day = day.checked_add(1.day()).ok()?;
        if is_business_day(day) {
            left -= 1;
            if left == 0 {
                return Some(day);
            }
        }
    }
    None
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ends {
    from: Date,
    to: Date,
}

impl TryFrom<Ends> for Period {
    type Error = EndsBeforeItBegins;

    fn try_from(ends: Ends) -> Result<Self, Self::Error> {
        Self::new(ends.from, ends.to)
    }
}
