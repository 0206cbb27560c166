//! The interval that goes with every share.
//!
//! Wilson's score interval, because it never leaves 0..1, is never empty of meaning at 0 or n, and keeps
//! its promise for small n where the textbook interval does not (Brown, Cai and DasGupta 2001).

/// The 97.5th percentile of the standard normal distribution: two-sided 95 %.
pub const Z95: f64 = 1.959_963_984_540_054;

/// Lower and upper end of an interval, `0 ≤ low ≤ high ≤ 1` for shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// Wilson 95 % score interval for `successes` out of `n`. `None` when n is zero or smaller than
/// `successes`.
///
/// With p = k/n and z = [`Z95`]:
/// `(p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n)`.
/// It always contains p; it is exactly 0 below at k = 0 and exactly 1 above at k = n.
///
/// Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference",
/// J. Am. Stat. Assoc. 22; Brown, Cai and DasGupta 2001, "Interval estimation for a binomial proportion",
/// Statistical Science 16. Vector I09.
///
/// ```
/// use chasqui_indicators::wilson;
///
/// let interval = wilson(18, 20).unwrap();
/// assert_eq!(format!("{:.4} {:.4}", interval.low, interval.high), "0.6990 0.9721");
/// assert_eq!(wilson(0, 0), None);
/// ```
#[must_use]
pub fn wilson(successes: u64, n: u64) -> Option<Bounds> {
    if n == 0 || successes > n {
        return None;
    }
    let (k, n_f) = (successes as f64, n as f64);
    let p = k / n_f;
    let z2 = Z95 * Z95;
    let centre = p + z2 / (2.0 * n_f);
    let spread = Z95 * (p * (1.0 - p) / n_f + z2 / (4.0 * n_f * n_f)).sqrt();
    let scale = 1.0 + z2 / n_f;
    // The ends are exact where the formula is exact, and never pass p through rounding.
    let low = if successes == 0 {
        0.0
    } else {
        ((centre - spread) / scale).clamp(0.0, p)
    };
    let high = if successes == n {
        1.0
    } else {
        ((centre + spread) / scale).clamp(p, 1.0)
    };
    Some(Bounds { low, high })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_or_nothing_still_leaves_room_for_doubt() {
        let none = wilson(0, 10).unwrap();
        assert_eq!(none.low, 0.0);
        assert!((none.high - 0.2775).abs() < 5e-5, "{none:?}");
        let all = wilson(10, 10).unwrap();
        assert_eq!(all.high, 1.0);
        assert!((all.low - 0.7225).abs() < 5e-5, "{all:?}");
    }

    #[test]
    fn more_successes_than_trials_have_no_interval() {
        assert_eq!(wilson(3, 2), None);
    }
}
