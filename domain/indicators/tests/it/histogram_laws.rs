//! Laws of histograms and percentiles, against plain sorted lists.

use chasqui_indicators::{Histogram, Quantile, order_statistics};
use proptest::collection::vec;
use proptest::prelude::*;

fn days() -> impl Strategy<Value = Vec<i32>> {
    vec(
        prop_oneof![8 => -3..60_i32, 1 => 4090..4100_i32, 1 => any::<i32>()],
        0..60,
    )
}

fn of(days: &[i32]) -> Histogram {
    days.iter().copied().collect()
}

fn quantile() -> impl Strategy<Value = Quantile> {
    (1..=1000_u16).prop_map(|thousandths| Quantile::per_mille(thousandths).unwrap())
}

proptest! {
    #[test]
    fn merging_has_no_order((a, b, c) in (days(), days(), days())) {
        let (a, b, c) = (of(&a), of(&b), of(&c));
        let ab = Histogram::merged([&a, &b]).unwrap();
        prop_assert_eq!(&ab, &Histogram::merged([&b, &a]).unwrap());
        let bc = Histogram::merged([&b, &c]).unwrap();
        prop_assert_eq!(
            Histogram::merged([&ab, &c]).unwrap(),
            Histogram::merged([&a, &bc]).unwrap(),
        );
    }

    #[test]
    fn merging_is_putting_the_lists_together((a, b) in (days(), days())) {
        let merged = Histogram::merged([&of(&a), &of(&b)]).unwrap();
        prop_assert_eq!(merged, of(&[a, b].concat()));
    }

    #[test]
    fn taking_away_undoes_adding((days, day) in (days(), any::<i32>())) {
        let before = of(&days);
        let mut after = before.clone();
        after.add(day);
        prop_assert_eq!(after.count(day), before.count(day) + 1);
        after.subtract(day).unwrap();
        prop_assert_eq!(after, before);
    }

    #[test]
    fn separating_undoes_merging((a, b) in (days(), days())) {
        let (a, b) = (of(&a), of(&b));
        let mut both = Histogram::merged([&a, &b]).unwrap();
        both.separate(&b).unwrap();
        prop_assert_eq!(both, a);
    }

    #[test]
    fn percentiles_are_days_of_the_sorted_list((days, quantile) in (days(), quantile())) {
        let histogram = of(&days);
        let mut sorted = days;
        sorted.sort_unstable();
        let rank = (sorted.len() * usize::from(quantile.thousandths())).div_ceil(1000);
        let expected = rank.checked_sub(1).map(|index| sorted[index]);
        prop_assert_eq!(histogram.quantile(quantile), expected);
    }

    #[test]
    fn percentiles_never_fall((days, a, b) in (days(), quantile(), quantile())) {
        let histogram = of(&days);
        let (lower, upper) = (a.min(b), a.max(b));
        prop_assert!(histogram.quantile(lower) <= histogram.quantile(upper));
    }

    #[test]
    fn a_histogram_survives_json(days in days()) {
        let text = serde_json::to_string(&of(&days)).unwrap();
        prop_assert_eq!(serde_json::from_str::<Histogram>(&text).unwrap(), of(&days));
    }

    #[test]
    fn the_interval_of_a_percentile_contains_it((days, quantile) in (days(), quantile())) {
        let histogram = of(&days);
        let interval = order_statistics(&histogram, quantile);
        let at = histogram.quantile(quantile);
        prop_assert!(interval.low.is_none_or(|low| Some(low) <= at), "{interval:?} {at:?}");
        prop_assert!(interval.high.is_none_or(|high| Some(high) >= at), "{interval:?} {at:?}");
    }
}
