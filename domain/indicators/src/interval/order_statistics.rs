//! The interval that goes with a median or a percentile, whatever the distribution looks like.
//!
//! The ends are observed days, found by rank, so they can be read off the published histogram. There is
//! no bootstrap here: it would need randomness, and would not be the same twice.

use super::Z95;
use crate::{Histogram, Quantile};

/// Up to here the binomial distribution is summed exactly; beyond it the normal approximation is used,
/// whose error in rank is then far below the width of the interval.
const EXACT_UP_TO: u64 = 200;

/// Ends of an interval for a percentile, as observed days. An end is `None` where there are too few
/// observations for any day to bound the percentile at 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankBounds {
    /// Lower end, in days.
    pub low: Option<i32>,
    /// Upper end, in days.
    pub high: Option<i32>,
}

/// Distribution-free 95 % interval for a percentile, from order statistics.
///
/// With B binomial(n, p): the lower end is the observation of the largest rank r with P(B < r) ≤ 0.025, the
/// upper end that of the smallest rank s with P(B ≥ s) ≤ 0.025. For n above 200 the ranks are
/// `⌊np − z·√(np(1−p))⌋` and `⌈np + z·√(np(1−p))⌉ + 1`. Ties can only add coverage. P100 has no interval.
///
/// Source: Conover 1999, "Practical Nonparametric Statistics", third edition, section 3.2; David and Nagaraja
/// 2003, "Order Statistics".
///
/// ```
/// use chasqui_indicators::{Histogram, Quantile, order_statistics};
///
/// let days: Histogram = (1..=100).collect();
/// let median = order_statistics(&days, Quantile::P50);
/// assert_eq!((median.low, median.high), (Some(40), Some(61)));
/// ```
#[must_use]
pub fn order_statistics(days: &Histogram, quantile: Quantile) -> RankBounds {
    let (low, high) = ranks(days.n(), quantile.to_f64());
    RankBounds {
        low: low.and_then(|rank| days.day_at_rank(rank)),
        high: high.and_then(|rank| days.day_at_rank(rank)),
    }
}

fn ranks(n: u64, p: f64) -> (Option<u64>, Option<u64>) {
    if n == 0 || p >= 1.0 {
        return (None, None);
    }
    if n > EXACT_UP_TO {
        let mean = n as f64 * p;
        let spread = Z95 * (mean * (1.0 - p)).sqrt();
        let low = (mean - spread).floor().max(0.0) as u64;
        let high = (mean + spread).ceil() as u64 + 1;
        return (
            Some(low).filter(|rank| *rank > 0),
            Some(high).filter(|rank| *rank <= n),
        );
    }
    // `below` is P(B < rank). Its terms are kept as logarithms: (1 − p)^n is nought to a float for a high percentile.
    let mut below = 0.0;
    let mut log_mass = n as f64 * (1.0 - p).ln();
    let (mut low, mut high) = (None, None);
    for rank in 1..=n {
        below += log_mass.exp();
        log_mass += ((n - rank + 1) as f64 / rank as f64 * p / (1.0 - p)).ln();
        if below <= 0.025 {
            low = Some(rank);
        }
        if high.is_none() && 1.0 - below <= 0.025 {
            high = Some(rank);
        }
    }
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_observations_leave_an_end_open() {
        let days: Histogram = (1..=5).collect();
        let median = order_statistics(&days, Quantile::P50);
        assert_eq!((median.low, median.high), (None, None));
        let days: Histogram = (1..=6).collect();
        let median = order_statistics(&days, Quantile::P50);
        assert_eq!((median.low, median.high), (Some(1), Some(6)));
        let days: Histogram = (1..=20).collect();
        let p90 = order_statistics(&days, Quantile::P90);
        assert_eq!((p90.low, p90.high), (Some(15), None));
    }

    /// P(r ≤ B < s) summed independently, in logarithms.
    fn coverage(n: u64, p: f64, low: Option<u64>, high: Option<u64>) -> f64 {
        let log_factorial = |m: u64| (1..=m).map(|i| (i as f64).ln()).sum::<f64>();
        (low.unwrap_or(0)..high.unwrap_or(n + 1))
            .map(|k| {
                (log_factorial(n) - log_factorial(k) - log_factorial(n - k)
                    + k as f64 * p.ln()
                    + (n - k) as f64 * (1.0 - p).ln())
                .exp()
            })
            .sum()
    }

    #[test]
    fn the_interval_covers_the_percentile_at_least_nineteen_times_in_twenty() {
        for p in [0.001, 0.25, 0.5, 0.8, 0.9, 0.95, 0.975, 0.999] {
            for n in (1..=260).chain([400, 800]) {
                let (low, high) = ranks(n, p);
                let covered = coverage(n, p, low, high);
                assert!(
                    covered >= 0.949,
                    "n {n} p {p}: {low:?} {high:?} covers {covered}"
                );
            }
        }
    }
}
