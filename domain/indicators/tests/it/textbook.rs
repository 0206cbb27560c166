//! Curves that others published, digit by digit as far as they print them.

use chasqui_indicators::{
    DayCounts, Histogram, Observation, Quantile, aalen_johansen, kaplan_meier,
};

/// Weeks in remission of the 21 patients on 6-MP: Freireich et al. 1963, Blood 21; printed in Klein and
/// Moeschberger 2003, "Survival Analysis", second edition, section 1.2, and in most other textbooks.
const ENDED: [i32; 9] = [6, 6, 6, 7, 10, 13, 16, 22, 23];
const CENSORED: [i32; 12] = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];

/// Day, at risk, S, Greenwood's standard error: Klein and Moeschberger 2003, table 4.1B. Then the bounds on the
/// log(−log) scale, which programs print (R `survfit(conf.type = "log-log")`, Stata `sts list`).
const PRINTED: [(i32, u64, f64, f64, f64, f64); 7] = [
    (6, 21, 0.8571, 0.0764, 0.6197, 0.9516),
    (7, 17, 0.8067, 0.0869, 0.5631, 0.9228),
    (10, 15, 0.7529, 0.0963, 0.5032, 0.8894),
    (13, 12, 0.6902, 0.1068, 0.4316, 0.8491),
    (16, 11, 0.6275, 0.1141, 0.3675, 0.8049),
    (22, 7, 0.5378, 0.1282, 0.2678, 0.7468),
    (23, 6, 0.4482, 0.1346, 0.1881, 0.6801),
];

fn close(got: f64, printed: f64, what: &str) {
    assert!(
        (got - printed).abs() < 6e-5,
        "{what}: {got} is printed as {printed}"
    );
}

#[test]
fn the_curve_of_the_patients_on_six_mp_is_that_of_the_textbooks() {
    let (ended, censored): (Histogram, Histogram) =
        (ENDED.into_iter().collect(), CENSORED.into_iter().collect());
    let curve = kaplan_meier(&ended, &censored, &Histogram::new()).unwrap();
    let band = curve.band();
    assert_eq!(curve.steps().len(), PRINTED.len());
    for ((step, bounds), printed) in curve.steps().iter().zip(&band).zip(PRINTED) {
        let (day, at_risk, survival, error, low, high) = printed;
        assert_eq!((step.day, step.at_risk), (day, at_risk));
        close(step.survival.to_f64(), survival, "S");
        close(
            step.survival.to_f64() * step.greenwood.sqrt(),
            error,
            "standard error",
        );
        close(bounds.low, low, "lower bound");
        close(bounds.high, high, "upper bound");
    }
    assert_eq!(curve.quantile(Quantile::P50), Some(23));
    let interval = curve.quantile_interval(Quantile::P50);
    assert_eq!((interval.low, interval.high), (Some(13), None));
}

/// The placebo arm of the same trial, where nobody is censored: Klein and Moeschberger 2003, section 1.2. Its
/// median is 8 weeks, and the curve is one minus the empirical distribution.
#[test]
fn the_curve_of_the_placebo_arm_is_the_empirical_distribution() {
    let weeks = [
        1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23,
    ];
    let ended: Histogram = weeks.into_iter().collect();
    let curve = kaplan_meier(&ended, &Histogram::new(), &Histogram::new()).unwrap();
    assert_eq!(curve.quantile(Quantile::P50), Some(8));
    assert_eq!(curve.survival_at(8).exact().unwrap().to_string(), "8/21");
    assert_eq!(curve.survival_at(23).to_f64(), 0.0);
}

/// Without censoring every cumulative incidence is a plain share: Putter, Fiocco and Geskus 2007, "Tutorial in
/// biostatistics: competing risks and multi-state models", Statistics in Medicine 26, section 3. One minus the
/// cause-specific curve is more, which is their warning.
#[test]
fn one_minus_the_cause_specific_curve_promises_too_much() {
    let mut counts = DayCounts::new();
    for (day, ended) in [
        (1, "resolved"),
        (2, "withdrawn"),
        (3, "resolved"),
        (4, "withdrawn"),
    ] {
        counts
            .count(Observation {
                entry: None,
                day,
                ended: Some(ended),
            })
            .unwrap();
    }
    let incidence = aalen_johansen(&counts).unwrap();
    assert_eq!(incidence.by(&"resolved", 4).to_f64(), 0.5);
    let alone = counts.survival_until(|cause| *cause == "resolved").unwrap();
    assert_eq!(alone.survival_at(4).exact().unwrap().to_string(), "3/8");
}
