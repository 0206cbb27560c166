//! Laws of the interval of a share, and what it promises, computed in full for small n.

use chasqui_indicators::wilson;
use proptest::prelude::*;

proptest! {
    #[test]
    fn the_interval_lies_in_0_to_1_and_contains_the_share(
        (k, n) in (1..1_000_000_u64).prop_flat_map(|n| (0..=n, Just(n)))
    ) {
        let share = k as f64 / n as f64;
        let interval = wilson(k, n).unwrap();
        prop_assert!(0.0 <= interval.low && interval.low <= share);
        prop_assert!(share <= interval.high && interval.high <= 1.0);
    }

    #[test]
    fn what_is_on_time_and_what_is_late_mirror_each_other(
        (k, n) in (1..10_000_u64).prop_flat_map(|n| (0..=n, Just(n)))
    ) {
        let (on_time, late) = (wilson(k, n).unwrap(), wilson(n - k, n).unwrap());
        prop_assert!((on_time.low - (1.0 - late.high)).abs() < 1e-12);
        prop_assert!((on_time.high - (1.0 - late.low)).abs() < 1e-12);
    }

    #[test]
    fn ten_times_as_many_make_it_narrower((k, n) in (1..10_000_u64).prop_flat_map(|n| (0..=n, Just(n)))) {
        let width = |interval: chasqui_indicators::Bounds| interval.high - interval.low;
        prop_assert!(width(wilson(10 * k, 10 * n).unwrap()) < width(wilson(k, n).unwrap()));
    }
}

/// Newcombe 1998, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17, table I,
/// method 3: the score interval without continuity correction.
#[test]
fn the_published_intervals_are_met() {
    for (k, n, low, high) in [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ] {
        let interval = wilson(k, n).unwrap();
        assert!((interval.low - low).abs() < 6e-5, "{k}/{n}: {interval:?}");
        assert!((interval.high - high).abs() < 6e-5, "{k}/{n}: {interval:?}");
    }
}

/// Mean coverage over all shares, which is what the score interval is chosen for (Brown, Cai and DasGupta 2001).
#[test]
fn on_average_the_interval_holds_the_true_share_nineteen_times_in_twenty() {
    for n in [10, 20, 50_u64] {
        let shares = 1..1000;
        let covered: f64 = shares
            .clone()
            .map(|share| coverage(n, f64::from(share) / 1000.0))
            .sum();
        let mean = covered / shares.len() as f64;
        assert!((0.945..0.965).contains(&mean), "n {n}: {mean}");
    }
}

fn coverage(n: u64, p: f64) -> f64 {
    let mut mass = (1.0 - p).powi(i32::try_from(n).unwrap());
    let mut covered = 0.0;
    for k in 0..=n {
        let interval = wilson(k, n).unwrap();
        if interval.low <= p && p <= interval.high {
            covered += mass;
        }
        mass *= (n - k) as f64 / (k + 1) as f64 * p / (1.0 - p);
    }
    covered
}
