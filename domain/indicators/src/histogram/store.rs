//! How many procedures took how many whole days: storage, adding one, taking one away.
//!
//! A published histogram lets anyone recompute every figure and re-aggregate units and months, which
//! medians never allow (GAO 2007, report GAO-07-441: medians cannot be combined). It knows nothing about
//! calendars, and rounds nothing.

use std::collections::BTreeMap;

use thiserror::Error;

/// Days kept in the contiguous part: eleven calendar years. What lies outside is rare, and kept too.
const DENSE_DAYS: usize = 4096;

/// Most observations that bulk operations let into one histogram. Single additions cannot take it to
/// the end of `u64` from there within the life of a machine.
const MOST: u64 = 1 << 62;

/// Counts per whole day, from which every duration figure is computed.
///
/// * A *day* is any `i32`: business days, calendar days, or another whole unit (rounds, seconds) where the
///   indicator's sheet says so. Negative days are kept, because real records contain them.
/// * Days 0 to 4,095 cost eight bytes each up to the longest one seen; others one tree node each.
/// * Two histograms with the same counts are equal, however they were built.
/// * It cannot hold fractions of a day, and forgets which procedure a count came from.
///
/// ```
/// use chasqui_indicators::{Histogram, Quantile};
///
/// let days: Histogram = [2, 3, 3, 5, 8, 8, 10, 12, 15, 40].into_iter().collect();
/// assert_eq!(days.n(), 10);
/// assert_eq!(days.mean().unwrap().to_f64(), 10.6);
/// assert_eq!(days.quantile(Quantile::P80), Some(12));
/// assert_eq!(days.median().unwrap().to_f64(), 8.0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Histogram {
    /// Counts of days `0..dense.len()`; never ends in a zero, so that equality is by content.
    pub(super) dense: Vec<u64>,
    /// Counts of the other days; never holds a zero.
    pub(super) sparse: BTreeMap<i32, u64>,
    pub(super) n: u64,
    /// Sum of all days. |day| ≤ 2^31 and n < 2^64 keep it far inside `i128`.
    pub(super) sum: i128,
}

/// Why a histogram refused an operation. A refused operation changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum HistogramError {
    /// More was to be taken from a day than the day holds.
    #[error("day {day} holds {held}, cannot take away {taken}")]
    NotThatMany {
        /// The day.
        day: i32,
        /// Observations on it.
        held: u64,
        /// Observations to be taken away.
        taken: u64,
    },
    /// The histogram would hold more than 2^62 observations.
    #[error("more than 2^62 observations")]
    TooMany,
    /// A list of counts names a day twice, is out of order, or holds a zero.
    #[error("counts must list each day once, ascending, without zeros: day {day}")]
    NotCanonical {
        /// The first day that breaks the order.
        day: i32,
    },
}

impl Histogram {
    /// A histogram without observations.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            dense: Vec::new(),
            sparse: BTreeMap::new(),
            n: 0,
            sum: 0,
        }
    }

    /// Counts one observation.
    pub fn add(&mut self, day: i32) {
        *self.slot(day) += 1;
        self.n += 1;
        self.sum += i128::from(day);
    }

    /// Counts `count` observations of the same day.
    ///
    /// # Errors
    /// [`HistogramError::TooMany`] beyond 2^62 observations.
    pub fn add_many(&mut self, day: i32, count: u64) -> Result<(), HistogramError> {
        let n = self.checked_total(count)?;
        if count > 0 {
            *self.slot(day) += count;
            self.n = n;
            self.sum += i128::from(day) * i128::from(count);
        }
        Ok(())
    }

    /// Takes one observation away, as when a procedure moves from one cell to another.
    ///
    /// # Errors
    /// [`HistogramError::NotThatMany`] when no observation of that day is held.
    pub fn subtract(&mut self, day: i32) -> Result<(), HistogramError> {
        self.subtract_many(day, 1)
    }

    /// Takes `count` observations of a day away.
    ///
    /// # Errors
    /// [`HistogramError::NotThatMany`] when fewer are held.
    pub fn subtract_many(&mut self, day: i32, count: u64) -> Result<(), HistogramError> {
        let held = self.count(day);
        if held < count {
            return Err(HistogramError::NotThatMany {
                day,
                held,
                taken: count,
            });
        }
        if count > 0 {
            *self.slot(day) -= count;
            self.n -= count;
            self.sum -= i128::from(day) * i128::from(count);
            if held == count {
                self.drop_zero(day);
            }
        }
        Ok(())
    }

    /// Observations of one day.
    #[must_use]
    pub fn count(&self, day: i32) -> u64 {
        match dense_index(day) {
            Some(index) => self.dense.get(index).copied().unwrap_or(0),
            None => self.sparse.get(&day).copied().unwrap_or(0),
        }
    }

    /// Observations in all.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Whether there is no observation.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.n == 0
    }

    /// Sum of all days.
    #[must_use]
    pub const fn sum(&self) -> i128 {
        self.sum
    }

    pub(super) fn checked_total(&self, more: u64) -> Result<u64, HistogramError> {
        self.n
            .checked_add(more)
            .filter(|n| *n <= MOST)
            .ok_or(HistogramError::TooMany)
    }

    fn slot(&mut self, day: i32) -> &mut u64 {
        match dense_index(day) {
            Some(index) => {
                if index >= self.dense.len() {
                    self.dense.resize(index + 1, 0);
                }
                &mut self.dense[index]
            }
            None => self.sparse.entry(day).or_default(),
        }
    }

    fn drop_zero(&mut self, day: i32) {
        if dense_index(day).is_some() {
            self.trim();
        } else {
            self.sparse.remove(&day);
        }
    }

    pub(super) fn trim(&mut self) {
        while self.dense.last() == Some(&0) {
            self.dense.pop();
        }
    }
}

fn dense_index(day: i32) -> Option<usize> {
    usize::try_from(day)
        .ok()
        .filter(|index| *index < DENSE_DAYS)
}

impl FromIterator<i32> for Histogram {
    fn from_iter<I: IntoIterator<Item = i32>>(days: I) -> Self {
        let mut histogram = Self::new();
        histogram.extend(days);
        histogram
    }
}

impl Extend<i32> for Histogram {
    fn extend<I: IntoIterator<Item = i32>>(&mut self, days: I) {
        for day in days {
            self.add(day);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn taking_away_what_is_not_there_is_refused_and_changes_nothing() {
        let mut days: Histogram = [3, 3].into_iter().collect();
        let before = days.clone();
        assert_eq!(
            days.subtract_many(3, 3),
            Err(HistogramError::NotThatMany {
                day: 3,
                held: 2,
                taken: 3
            }),
        );
        assert_eq!(
            days.subtract(-1).unwrap_err().to_string(),
            "day -1 holds 0, cannot take away 1"
        );
        assert_eq!(days, before);
    }

    #[test]
    fn negative_days_and_the_far_tail_are_kept() {
        let mut days: Histogram = [i32::MIN, -1, 0, 4095, 4096, i32::MAX]
            .into_iter()
            .collect();
        assert_eq!((days.n(), days.count(-1), days.count(4096)), (6, 1, 1));
        assert_eq!(days.sum(), i128::from(4095 + 4096 - 1) - 1);
        days.subtract(i32::MIN).unwrap();
        assert_eq!(days.min(), Some(-1));
    }

    #[test]
    fn a_histogram_that_was_emptied_equals_a_new_one() {
        let mut days = Histogram::new();
        days.add(700);
        days.add(9000);
        days.subtract(700).unwrap();
        days.subtract(9000).unwrap();
        assert_eq!(days, Histogram::new());
    }

    #[test]
    fn a_bulk_beyond_the_limit_is_refused() {
        let mut days = Histogram::new();
        days.add_many(1, MOST).unwrap();
        assert_eq!(days.add_many(1, 1), Err(HistogramError::TooMany));
        assert_eq!(days.n(), MOST);
    }
}
