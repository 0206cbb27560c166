//! Which share of the procedures a percentile speaks of, and the rank that follows from it.
//!
//! Nearest rank only (Hyndman and Fan 1996, definition 1; PostgreSQL's `percentile_disc`): a percentile
//! is a number of days that some procedure really took. Interpolated percentiles are deliberately
//! absent, because they cannot be read off a published histogram by hand. The one exception is the
//! median, which is the middle of the two middle values and lives with the histogram.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A share of the observations in thousandths, from 0.001 to 1.
///
/// It cannot be zero: no observation has rank zero; the smallest one is `Histogram::min`.
///
/// ```
/// use chasqui_indicators::Quantile;
///
/// assert_eq!(Quantile::P90.rank(8), Some(8));
/// assert_eq!(Quantile::P90.rank(10), Some(9));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct Quantile {
    per_mille: u16,
}

/// A share outside 1 to 1,000 thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("quantile of {per_mille} thousandths is outside 1 to 1000")]
pub struct QuantileOutOfRange {
    /// What was asked for.
    pub per_mille: u16,
}

impl Quantile {
    /// First quartile.
    pub const P25: Self = Self { per_mille: 250 };
    /// Half. For the published median of a histogram use `Histogram::median`.
    pub const P50: Self = Self { per_mille: 500 };
    /// Third quartile.
    pub const P75: Self = Self { per_mille: 750 };
    /// Eight in ten: what the procedure's page promises as typical.
    pub const P80: Self = Self { per_mille: 800 };
    /// Nine in ten.
    pub const P90: Self = Self { per_mille: 900 };
    /// Nineteen in twenty.
    pub const P95: Self = Self { per_mille: 950 };

    /// A share in thousandths.
    ///
    /// # Errors
    /// [`QuantileOutOfRange`] outside 1 to 1,000.
    pub const fn per_mille(per_mille: u16) -> Result<Self, QuantileOutOfRange> {
        if per_mille == 0 || per_mille > 1000 {
            return Err(QuantileOutOfRange { per_mille });
        }
        Ok(Self { per_mille })
    }

    /// The share in thousandths.
    #[must_use]
    pub const fn thousandths(self) -> u16 {
        self.per_mille
    }

    /// The share as a float between 0 and 1.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        f64::from(self.per_mille) / 1000.0
    }

    /// The nearest rank among `n` sorted observations, counted from 1: `⌈p·n⌉`. `None` when there
    /// is no observation.
    #[must_use]
    pub fn rank(self, n: u64) -> Option<u64> {
        let rank = (u128::from(n) * u128::from(self.per_mille)).div_ceil(1000);
        u64::try_from(rank).ok().filter(|rank| *rank > 0)
    }

    /// How many observations it takes until this percentile is not simply the largest one:
    /// `⌈1/(1−p)⌉`, and for the median and below the mirror image. 5 for P80, 10 for P90, 20 for P95.
    #[must_use]
    pub const fn fewest_for_an_inner_rank(self) -> u64 {
        let outer = if self.per_mille >= 500 {
            1000 - self.per_mille
        } else {
            self.per_mille
        };
        if outer == 0 {
            u64::MAX
        } else {
            1000_u64.div_ceil(outer as u64)
        }
    }
}

impl TryFrom<u16> for Quantile {
    type Error = QuantileOutOfRange;

    fn try_from(per_mille: u16) -> Result<Self, Self::Error> {
        Self::per_mille(per_mille)
    }
}

impl From<Quantile> for u16 {
    fn from(quantile: Quantile) -> Self {
        quantile.per_mille
    }
}

impl fmt::Display for Quantile {
    /// `P90`, `P97.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P{}", self.per_mille / 10)?;
        match self.per_mille % 10 {
            0 => Ok(()),
            tenth => write!(f, ".{tenth}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rank_is_the_share_rounded_up() {
        assert_eq!(Quantile::P95.rank(10), Some(10));
        assert_eq!(Quantile::P80.rank(10), Some(8));
        assert_eq!(Quantile::P25.rank(1), Some(1));
        assert_eq!(Quantile::P90.rank(0), None);
        assert_eq!(
            Quantile::per_mille(1000).unwrap().rank(u64::MAX),
            Some(u64::MAX)
        );
    }

    #[test]
    fn the_smallest_and_the_impossible_shares_are_refused() {
        assert!(Quantile::per_mille(0).is_err());
        assert!(Quantile::per_mille(1001).is_err());
    }

    #[test]
    fn a_percentile_says_how_many_observations_it_needs() {
        let needed =
            [Quantile::P80, Quantile::P90, Quantile::P95].map(Quantile::fewest_for_an_inner_rank);
        assert_eq!(needed, [5, 10, 20]);
    }

    #[test]
    fn a_percentile_prints_as_people_write_it() {
        assert_eq!(Quantile::P90.to_string(), "P90");
        assert_eq!(Quantile::per_mille(975).unwrap().to_string(), "P97.5");
    }
}
