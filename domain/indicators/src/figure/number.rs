//! The figure itself, and the few shapes it comes in.
//!
//! The minimum number of observations is applied where a figure is made, so that no door can forget it. A figure does
//! not know its filters, its title or where its rows came from: whoever publishes it says so.

use std::collections::BTreeMap;

use serde::Serialize;

use super::id::Indicator;
use super::interval::{Interval, Method};
use super::measure::Measure;
use super::minimum::{Minimum, OF_MEDIANS, OF_SHARES};
use super::spread::Spread;
use crate::{Decimal, Histogram, Precision, Quantile, Ratio, order_statistics, wilson};

/// A number about many procedures, with what belongs to it.
///
/// `suppressed` says that there is a value which is withheld because too few observations are behind it; a value that
/// is `None` without that does not exist (nothing fell due; a median that is not reached).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Which indicator it is.
    pub id: Indicator,
    /// What its value counts.
    pub unit: Measure,
    /// The number, rounded once.
    pub value: Option<Decimal>,
    /// What is counted of the denominator, for a share or rate. Shown even if the value is withheld.
    pub numerator: Option<u64>,
    /// What is counted against.
    pub denominator: Option<u64>,
    /// Observations behind the value.
    pub n: u64,
    /// How sure it is.
    pub interval: Option<Interval>,
    /// Whether the value is withheld.
    pub suppressed: bool,
    /// The distribution behind it.
    pub spread: Option<Spread>,
    /// Counts that belong to it, by name.
    pub parts: BTreeMap<&'static str, u64>,
    /// What was left out of it, by reason.
    pub excluded: BTreeMap<&'static str, u64>,
    /// Further numbers of the same indicator, by name.
    pub further: BTreeMap<&'static str, Decimal>,
}

impl Figure {
    /// `part` of `whole`, between 0 and 1, with Wilson's interval. Withheld for fewer than ten.
    ///
    /// ```
    /// use chasqui_indicators::{Figure, Indicator};
    ///
    /// let figure = Figure::share(Indicator::OnTime, 18, 20);
    /// assert_eq!(figure.value.unwrap().to_string(), "0.9");
    /// assert_eq!(figure.interval.unwrap().low.unwrap().to_string(), "0.699");
    ///
    /// let few = Figure::share(Indicator::OnTime, 3, 4);
    /// assert_eq!((few.value, few.numerator, few.denominator), (None, Some(3), Some(4)));
    /// assert!(few.suppressed);
    /// ```
    #[must_use]
    pub fn share(id: Indicator, part: u64, whole: u64) -> Self {
        let value = Ratio::of_counts(part, whole).map(|exact| Decimal::of(exact, Precision::Share));
        let interval = wilson(part, whole).map(Interval::of_share);
        Self {
            value,
            numerator: Some(part),
            denominator: Some(whole),
            interval,
            ..Self::nothing(id, Measure::Share, whole)
        }
        .held_to(OF_SHARES)
    }

    /// `scale` times `part` for each of `whole`, where the one is no part of the other: no interval of a share fits.
    /// Withheld for a denominator below ten.
    #[must_use]
    pub fn rate(id: Indicator, unit: Measure, scale: u32, part: u64, whole: u64) -> Self {
        let exact = Ratio::new(i128::from(part) * i128::from(scale), i128::from(whole));
        Self {
            value: exact.map(|exact| Decimal::of(exact, Precision::Tenths)),
            numerator: Some(part),
            denominator: Some(whole),
            ..Self::nothing(id, unit, whole)
        }
        .held_to(OF_SHARES)
    }

    /// The median of a distribution, with its interval from order statistics. Withheld for fewer than five.
    #[must_use]
    pub fn median(id: Indicator, unit: Measure, days: &Histogram) -> Self {
        let interval = order_statistics(days, Quantile::P50);
        Self {
            value: days
                .median()
                .map(|exact| Decimal::of(exact, Precision::HalfDays)),
            interval: Some(Interval::of_days(interval, Method::OrderStatistics)),
            spread: Some(Spread::of(days)),
            ..Self::nothing(id, unit, days.n())
        }
        .held_to(OF_MEDIANS)
    }

    /// A count, which is never withheld: totals of units and types are not personal data.
    #[must_use]
    pub fn count(id: Indicator, unit: Measure, count: u64) -> Self {
        Self {
            value: Some(Decimal::whole(count)),
            ..Self::nothing(id, unit, count)
        }
    }

    /// A figure without a value.
    #[must_use]
    pub const fn nothing(id: Indicator, unit: Measure, n: u64) -> Self {
        Self {
            id,
            unit,
            value: None,
            numerator: None,
            denominator: None,
            n,
            interval: None,
            suppressed: false,
            spread: None,
            parts: BTreeMap::new(),
            excluded: BTreeMap::new(),
            further: BTreeMap::new(),
        }
    }

    /// Withholds value and interval when there are fewer than `minimum` observations.
    #[must_use]
    pub fn held_to(mut self, minimum: Minimum) -> Self {
        if !minimum.is_met_by(self.n) {
            self.suppressed = self.value.take().is_some();
            self.interval = None;
        }
        self
    }

    /// Adds a share of two counts as a further number, if there are ten.
    pub(crate) fn with_share(mut self, name: &'static str, part: u64, whole: u64) -> Self {
        if OF_SHARES.is_met_by(whole)
            && let Some(exact) = Ratio::of_counts(part, whole)
        {
            self.further
                .insert(name, Decimal::of(exact, Precision::Share));
        }
        self
    }

    pub(crate) fn with_parts<const N: usize>(mut self, parts: [(&'static str, u64); N]) -> Self {
        self.parts.extend(parts);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_nothing_does_not_exist_and_is_not_withheld() {
        let figure = Figure::share(Indicator::OnTime, 0, 0);
        assert_eq!((figure.value, figure.suppressed), (None, false));
    }

    #[test]
    fn ten_are_enough_for_a_share_and_nine_are_not() {
        assert!(Figure::share(Indicator::OnTime, 9, 9).suppressed);
        let ten = Figure::share(Indicator::OnTime, 9, 10);
        assert!(ten.value.is_some() && !ten.suppressed);
    }

    #[test]
    fn a_median_of_four_is_withheld_with_everything_that_gives_it_away() {
        let days: Histogram = [3, 3, 4, 9].into_iter().collect();
        let figure = Figure::median(Indicator::DaysToNotification, Measure::BusinessDays, &days);
        assert!(figure.suppressed);
        let spread = figure.spread.unwrap();
        assert_eq!((figure.interval, spread.histogram), (None, None));
        assert_eq!(spread.n, 4);
    }

    #[test]
    fn a_figure_is_told_as_the_api_tells_it() {
        let text = serde_json::to_value(Figure::share(Indicator::OnTime, 18, 20)).unwrap();
        assert_eq!(text["id"], "TI-01");
        assert_eq!(text["unit"], "share");
        assert_eq!(text["interval"]["method"], "wilson");
        assert_eq!(text["interval"]["high"], 0.9721);
    }
}
