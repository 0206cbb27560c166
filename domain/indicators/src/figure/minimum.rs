//! From how many observations on a number may be published: the rule, stated once.
//!
//! Too few make a number that says nothing, and one or two make a number that says something about a person. What
//! may be said of *cells* is another rule: `suppression`.

use crate::Quantile;

/// Fewest observations behind a share or a rate. With fewer, numerator and denominator are shown instead.
pub const OF_SHARES: Minimum = Minimum(10);

/// Fewest observations behind a median, and behind a distribution as a whole.
pub const OF_MEDIANS: Minimum = Minimum(5);

/// Fewest answers behind a mean score.
pub const OF_MEANS: Minimum = Minimum(10);

/// How many observations it takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Minimum(u64);

impl Minimum {
    /// For a percentile: until it is not simply the longest day, and never fewer than for a median. 5 for P80, 10 for
    /// P90, 20 for P95.
    ///
    /// ```
    /// use chasqui_indicators::{Minimum, Quantile};
    ///
    /// let needed = [Quantile::P50, Quantile::P80, Quantile::P90, Quantile::P95].map(Minimum::of);
    /// assert_eq!(needed.map(Minimum::count), [5, 5, 10, 20]);
    /// ```
    #[must_use]
    pub fn of(quantile: Quantile) -> Self {
        Self(quantile.fewest_for_an_inner_rank()).max(OF_MEDIANS)
    }

    /// The number itself.
    #[must_use]
    pub const fn count(self) -> u64 {
        self.0
    }

    /// Whether `n` are enough.
    #[must_use]
    pub const fn is_met_by(self, n: u64) -> bool {
        n >= self.0
    }
}
