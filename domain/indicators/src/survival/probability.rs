//! A probability that stays an exact fraction for as long as it can.
//!
//! Whether a curve has *reached* one half decides a published median, and `0.5000000000000001` must not.
//! Products of counts telescope into small fractions while nobody is censored, and in the small samples
//! people check by hand; past 2^120 a float takes over. It is no general number type.

use crate::Ratio;

/// A probability between 0 and 1: exact while its fraction fits, a float afterwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probability {
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Form {
    Exact(Ratio),
    Float(f64),
}

/// How close to a bound a float counts as having reached it: above the rounding error of a curve of 4,000
/// steps (about 10^-12), far below any step of a real curve. R's `quantile.survfit` has the same device.
const TOLERANCE: f64 = 1e-9;

impl Probability {
    /// Certain.
    pub const ONE: Self = Self {
        form: Form::Exact(Ratio::ONE),
    };
    /// Impossible.
    pub const ZERO: Self = Self {
        form: Form::Exact(Ratio::ZERO),
    };

    /// The nearest float.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        match self.form {
            Form::Exact(ratio) => ratio.to_f64(),
            Form::Float(value) => value,
        }
    }

    /// The exact fraction, where it still fits.
    #[must_use]
    pub const fn exact(self) -> Option<Ratio> {
        match self.form {
            Form::Exact(ratio) => Some(ratio),
            Form::Float(_) => None,
        }
    }

    /// Whether the probability is at or below `thousandths / 1000`.
    #[must_use]
    pub fn has_fallen_to(self, thousandths: u16) -> bool {
        let bound = i128::from(thousandths);
        match self.form {
            // A ratio's parts are below 2^120, so a factor of 1,000 cannot overflow.
            Form::Exact(ratio) => ratio.numerator() * 1000 <= bound * ratio.denominator(),
            Form::Float(value) => value <= f64::from(thousandths) / 1000.0 + TOLERANCE,
        }
    }

    /// Times `part / whole` of two counts; `whole` must not be zero.
    pub(super) fn times(self, part: u64, whole: u64) -> Self {
        let factor = Ratio::of_counts(part, whole);
        let exact = self
            .exact()
            .zip(factor)
            .and_then(|(own, factor)| own.checked_mul(factor));
        Self {
            form: exact.map_or_else(|| self.float_times(part, whole), Form::Exact),
        }
    }

    pub(super) fn plus(self, other: Self) -> Self {
        let exact = self
            .exact()
            .zip(other.exact())
            .and_then(|(a, b)| a.checked_add(b));
        let float = || Form::Float(self.to_f64() + other.to_f64());
        Self {
            form: exact.map_or_else(float, Form::Exact),
        }
    }

    fn float_times(self, part: u64, whole: u64) -> Form {
        Form::Float(self.to_f64() * (part as f64 / whole as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_half_is_reached_exactly_and_not_a_hair_before() {
        let half = Probability::ONE.times(3, 4).times(2, 3);
        assert_eq!(half.exact(), Ratio::new(1, 2));
        assert!(half.has_fallen_to(500));
        assert!(!half.has_fallen_to(499));
    }

    #[test]
    fn a_fraction_that_no_longer_fits_goes_on_as_a_float() {
        let primes = [
            10_007_u64, 10_009, 10_037, 10_039, 10_061, 10_067, 10_069, 10_079, 10_091, 10_093,
        ];
        let product = primes
            .iter()
            .fold(Probability::ONE, |p, prime| p.times(prime - 3, *prime));
        assert_eq!(product.exact(), None);
        let float: f64 = primes
            .iter()
            .map(|prime| 1.0 - 3.0 / *prime as f64)
            .product();
        assert!((product.to_f64() - float).abs() < 1e-14);
        assert_eq!(product.times(0, 5).to_f64(), 0.0);
    }
}
