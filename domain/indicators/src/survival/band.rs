//! How sure a survival curve is: a pointwise 95 % band, and the interval it gives a median.
//!
//! On the log(−log) scale, so that the band stays within 0..1 and behaves for small numbers.

use super::kaplan_meier::{SurvivalCurve, SurvivalStep};
use crate::{Bounds, Quantile, RankBounds, Z95};

impl SurvivalCurve {
    /// Pointwise 95 % bounds of S after each step, in step order.
    ///
    /// With V Greenwood's sum and θ = z·√V / ln S: `S^exp(±θ)`. Where S has reached 0 the lower bound is 0 and
    /// the upper one stays where it was, because the formula is silent there.
    ///
    /// Source: Kalbfleisch and Prentice 1980, "The Statistical Analysis of Failure Time Data"; Greenwood 1926.
    #[must_use]
    pub fn band(&self) -> Vec<Bounds> {
        let mut last_high = 1.0;
        let bounds = |step: &SurvivalStep| {
            let bounds = pointwise(step, last_high);
            last_high = bounds.high;
            bounds
        };
        self.steps.iter().map(bounds).collect()
    }

    /// The 95 % interval of a percentile: the days on which the lower and the upper edge of the band fall to
    /// `1 − quantile`. An edge that never does leaves its end open.
    ///
    /// Source: Brookmeyer and Crowley 1982, "A confidence interval for the median survival time", Biometrics 38
    /// (there with the linear scale; the log(−log) scale as in Klein and Moeschberger 2003, section 4.5).
    #[must_use]
    pub fn quantile_interval(&self, quantile: Quantile) -> RankBounds {
        let waiting = 1.0 - quantile.to_f64();
        let band = self.band();
        let first = |edge: fn(&Bounds) -> f64| {
            let step = band.iter().position(|bounds| edge(bounds) <= waiting)?;
            Some(self.steps[step].day)
        };
        RankBounds {
            low: first(|bounds| bounds.low),
            high: first(|bounds| bounds.high),
        }
    }
}

fn pointwise(step: &SurvivalStep, last_high: f64) -> Bounds {
    let survival = step.survival.to_f64();
    if step.at_risk == step.events || survival <= 0.0 {
        return Bounds {
            low: 0.0,
            high: last_high,
        };
    }
    let log = survival.ln();
    // Negative, because log is: the positive exponent belongs to the lower bound.
    let theta = Z95 * step.greenwood.sqrt() / log;
    Bounds {
        low: survival.powf((-theta).exp()),
        high: survival.powf(theta.exp()),
    }
}
