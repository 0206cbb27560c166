//! What is read off a histogram: extremes, mean, median, percentiles, tails.
//!
//! Everything here is exact. Rounding belongs to `Decimal`, and whether there are enough observations to
//! publish a number belongs to `figure`.

use super::store::Histogram;
use crate::{Quantile, Ratio};

impl Histogram {
    /// Shortest day observed.
    #[must_use]
    pub fn min(&self) -> Option<i32> {
        self.pairs().next().map(|(day, _)| day)
    }

    /// Longest day observed.
    #[must_use]
    pub fn max(&self) -> Option<i32> {
        let last_dense = self
            .dense
            .len()
            .checked_sub(1)
            .and_then(|last| i32::try_from(last).ok());
        let last_sparse = self.sparse.keys().next_back().copied();
        // A sparse day may lie on either side of the dense ones.
        last_dense.max(last_sparse)
    }

    /// Arithmetic mean as an exact fraction: sum of days / n.
    #[must_use]
    pub fn mean(&self) -> Option<Ratio> {
        Ratio::new(self.sum, i128::from(self.n))
    }

    /// The day at nearest rank: the smallest day with at least `quantile·n` observations at or below it.
    /// `None` without observations. O(days).
    ///
    /// Source: Hyndman and Fan 1996, "Sample quantiles in statistical packages", definition 1.
    #[must_use]
    pub fn quantile(&self, quantile: Quantile) -> Option<i32> {
        self.day_at_rank(quantile.rank(self.n)?)
    }

    /// The median: the middle observation, or halfway between the two middle ones, so it may end in
    /// a half.
    ///
    /// ```
    /// use chasqui_indicators::Histogram;
    ///
    /// let ages: Histogram = [1, 4, 9, 10, 11, 30, 45, 120].into_iter().collect();
    /// assert_eq!(ages.median().unwrap().to_f64(), 10.5);
    /// ```
    #[must_use]
    pub fn median(&self) -> Option<Ratio> {
        let lower = self.day_at_rank(self.n.div_ceil(2))?;
        let upper = self.day_at_rank(self.n / 2 + 1)?;
        Ratio::new(i128::from(lower) + i128::from(upper), 2)
    }

    /// The `rank`-th smallest observation, counted from 1; `None` for rank 0 or beyond `n`.
    #[must_use]
    pub fn day_at_rank(&self, rank: u64) -> Option<i32> {
        if rank == 0 {
            return None;
        }
        let mut seen = 0;
        self.pairs().find_map(|(day, count)| {
            seen += count;
            (seen >= rank).then_some(day)
        })
    }

    /// Observations strictly above a day: ages over the term, for example. Exactly at the term is not above.
    #[must_use]
    pub fn count_above(&self, day: i32) -> u64 {
        self.pairs()
            .filter(|(other, _)| *other > day)
            .map(|(_, count)| count)
            .sum()
    }

    /// The longest `most` observations, longest first: the ten oldest open procedures, for example.
    #[must_use]
    pub fn longest(&self, most: usize) -> Vec<i32> {
        let mut days = Vec::new();
        let pairs: Vec<_> = self.pairs().collect();
        for (day, count) in pairs.into_iter().rev() {
            let room = most - days.len();
            let take = usize::try_from(count).unwrap_or(usize::MAX).min(room);
            days.extend(std::iter::repeat_n(day, take));
        }
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_histogram_has_no_figures() {
        let none = Histogram::new();
        assert_eq!(
            (none.min(), none.max(), none.mean(), none.median()),
            (None, None, None, None)
        );
        assert_eq!(none.quantile(Quantile::P50), None);
        assert_eq!(none.day_at_rank(1), None);
        assert!(none.longest(10).is_empty());
    }

    #[test]
    fn the_longest_are_listed_with_their_ties() {
        let ages: Histogram = [4, 7, 7, 7, 5000, -1].into_iter().collect();
        assert_eq!(ages.longest(4), [5000, 7, 7, 7]);
        assert_eq!(ages.longest(3), [5000, 7, 7]);
        assert_eq!(ages.longest(9), [5000, 7, 7, 7, 4, -1]);
    }

    #[test]
    fn extremes_are_found_when_all_days_lie_outside_the_dense_part() {
        let days: Histogram = [-8, -2].into_iter().collect();
        assert_eq!((days.min(), days.max()), (Some(-8), Some(-2)));
        let days: Histogram = [-8, 3].into_iter().collect();
        assert_eq!((days.min(), days.max()), (Some(-8), Some(3)));
    }

    #[test]
    fn exactly_at_the_term_is_not_above_it() {
        let ages: Histogram = [1, 4, 9, 10, 11, 30, 45, 120].into_iter().collect();
        assert_eq!(ages.count_above(10), 4);
    }
}
