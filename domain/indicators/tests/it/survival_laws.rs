//! Laws of survival, against definitions written down over single observations.

use chasqui_indicators::{
    DayCounts, Histogram, Observation, Quantile, aalen_johansen, kaplan_meier,
};
use proptest::collection::vec;
use proptest::prelude::*;

type Watched = Observation<u8>;

fn observations() -> impl Strategy<Value = Vec<Watched>> {
    let one =
        (0..30_i32, 0..12_i32, 0..5_u8, any::<bool>()).prop_map(|(length, entry, cause, late)| {
            Observation {
                entry: late.then_some(entry),
                day: if late { entry + length } else { length },
                ended: (cause > 0).then_some(cause.min(3)),
            }
        });
    vec(one, 1..60)
}

fn counts(observations: &[Watched]) -> DayCounts<u8> {
    let mut counts = DayCounts::new();
    for one in observations {
        counts.count(*one).unwrap();
    }
    counts
}

fn at_risk(observations: &[Watched], day: i32) -> usize {
    let watched = |one: &&Watched| one.entry.is_none_or(|entry| entry < day) && day <= one.day;
    observations.iter().filter(watched).count()
}

fn ending(observations: &[Watched], day: i32, which: impl Fn(u8) -> bool) -> usize {
    let ends =
        |one: &&Watched| one.day == day && one.entry != Some(day) && one.ended.is_some_and(&which);
    observations.iter().filter(ends).count()
}

proptest! {
    #[test]
    fn the_curve_is_the_product_of_the_days(observations in observations()) {
        let curve = counts(&observations).survival_until(|_| true).unwrap();
        let mut survival = 1.0;
        for day in 0..=45 {
            let ended = ending(&observations, day, |_| true);
            if ended > 0 {
                survival *= 1.0 - ended as f64 / at_risk(&observations, day) as f64;
            }
            prop_assert!((curve.survival_at(day).to_f64() - survival).abs() < 1e-9, "day {day}");
        }
    }

    #[test]
    fn the_curve_never_rises_and_lies_in_its_band(observations in observations()) {
        let curve = counts(&observations).survival_until(|_| true).unwrap();
        let mut last = 1.0;
        for (step, bounds) in curve.steps().iter().zip(curve.band()) {
            let survival = step.survival.to_f64();
            prop_assert!(survival <= last && (0.0..=1.0).contains(&survival));
            prop_assert!(bounds.low <= survival && survival <= bounds.high);
            prop_assert!(bounds.low >= 0.0 && bounds.high <= 1.0);
            last = survival;
        }
    }

    #[test]
    fn a_percentile_of_the_curve_lies_in_its_interval(observations in observations()) {
        let curve = counts(&observations).survival_until(|_| true).unwrap();
        for quantile in [Quantile::P25, Quantile::P50, Quantile::P80, Quantile::P90] {
            let (at, interval) = (curve.quantile(quantile), curve.quantile_interval(quantile));
            if let Some(at) = at {
                prop_assert!(interval.low.is_some_and(|low| low <= at), "{interval:?} {at}");
            }
            if let Some(high) = interval.high {
                prop_assert!(at.is_some_and(|at| at <= high), "{interval:?} {at:?}");
            }
        }
    }

    #[test]
    fn without_censoring_the_curve_is_the_empirical_distribution(days in vec(0..40_i32, 1..80)) {
        let ended: Histogram = days.iter().copied().collect();
        let curve = kaplan_meier(&ended, &Histogram::new(), &Histogram::new()).unwrap();
        for day in 0..=40 {
            let later = days.iter().filter(|other| **other > day).count();
            let share = later as f64 / days.len() as f64;
            prop_assert!((curve.survival_at(day).to_f64() - share).abs() < 1e-12);
        }
        for quantile in [Quantile::P25, Quantile::P50, Quantile::P90] {
            prop_assert_eq!(curve.quantile(quantile), ended.quantile(quantile));
        }
    }

    #[test]
    fn the_incidences_and_the_open_share_make_one(observations in observations()) {
        let counts = counts(&observations);
        let incidence = aalen_johansen(&counts).unwrap();
        let curve = counts.survival_until(|_| true).unwrap();
        for step in incidence.steps() {
            let ended: f64 = step.by_cause.iter().map(|share| share.to_f64()).sum();
            prop_assert!((ended + step.open.to_f64() - 1.0).abs() < 1e-9);
            // The open share is the curve until any end.
            prop_assert!((step.open.to_f64() - curve.survival_at(step.day).to_f64()).abs() < 1e-9);
        }
    }

    #[test]
    fn an_incidence_is_the_sum_over_the_days(observations in observations()) {
        let incidence = aalen_johansen(&counts(&observations)).unwrap();
        for cause in 1..=3_u8 {
            let (mut open, mut share) = (1.0, 0.0);
            for day in 0..=45 {
                let n = at_risk(&observations, day) as f64;
                let ended = ending(&observations, day, |_| true) as f64;
                if ended > 0.0 {
                    share += open * ending(&observations, day, |other| other == cause) as f64 / n;
                    open *= 1.0 - ended / n;
                }
                prop_assert!((incidence.by(&cause, day).to_f64() - share).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn cells_that_are_merged_give_the_curve_of_all((a, b) in (observations(), observations())) {
        let mut merged = counts(&a);
        merged.merge(&counts(&b)).unwrap();
        prop_assert_eq!(merged, counts(&[a, b].concat()));
    }
}
