//! What is published of a distribution of days: a handful of numbers, and the histogram they are read off.

use serde::Serialize;

use super::minimum::{Minimum, OF_MEDIANS};
use crate::{Decimal, Histogram, Precision, Quantile};

/// A distribution of whole days as published. A number is `None` where there are too few observations for it
/// ([`Minimum`]); of fewer than five nothing but their number is said.
///
/// ```
/// use chasqui_indicators::{Histogram, Spread};
///
/// let days: Histogram = [2, 3, 3, 5, 8, 8, 10, 12, 15, 40].into_iter().collect();
/// let spread = Spread::of(&days);
/// assert_eq!(spread.median.unwrap().to_string(), "8");
/// assert_eq!((spread.p90, spread.p95), (Some(15), None));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spread {
    /// Observations.
    pub n: u64,
    /// Shortest.
    pub min: Option<i32>,
    /// The middle one, or halfway between the two middle ones.
    pub median: Option<Decimal>,
    /// Arithmetic mean.
    pub mean: Option<Decimal>,
    /// Eight in ten took no longer.
    pub p80: Option<i32>,
    /// Nine in ten took no longer.
    pub p90: Option<i32>,
    /// Nineteen in twenty took no longer.
    pub p95: Option<i32>,
    /// Longest.
    pub max: Option<i32>,
    /// Days and how many: anybody can compute the rest.
    pub histogram: Option<Histogram>,
}

impl Spread {
    /// What may be said of these days.
    #[must_use]
    pub fn of(days: &Histogram) -> Self {
        let n = days.n();
        let enough = OF_MEDIANS.is_met_by(n);
        let at = |quantile| {
            days.quantile(quantile)
                .filter(|_| Minimum::of(quantile).is_met_by(n))
        };
        let said = |exact: Option<crate::Ratio>, precision| {
            exact
                .filter(|_| enough)
                .map(|exact| Decimal::of(exact, precision))
        };
        Self {
            n,
            min: days.min().filter(|_| enough),
            median: said(days.median(), Precision::HalfDays),
            mean: said(days.mean(), Precision::Mean),
            p80: at(Quantile::P80),
            p90: at(Quantile::P90),
            p95: at(Quantile::P95),
            max: days.max().filter(|_| enough),
            histogram: enough.then(|| days.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_fewer_than_five_nothing_but_their_number_is_said() {
        let spread = Spread::of(&[7, 8, 9, 10].into_iter().collect());
        let said = serde_json::to_value(&spread).unwrap();
        for (name, value) in said.as_object().unwrap() {
            assert!(value.is_null() || name == "n", "{name}: {value}");
        }
        assert_eq!(spread.n, 4);
    }
}
