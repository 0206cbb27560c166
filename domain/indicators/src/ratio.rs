//! Exact fractions, for everything that can be counted: means, medians, shares, survival.
//!
//! Deliberately small: it adds, multiplies and prints. It does not compare fractions of any size,
//! parse them, or pretend to be a number tower. Where a fraction would outgrow its limit the
//! operation says so (`None`) and the caller decides whether a float will do.

use std::fmt;

/// Bound on both parts of a fraction. Long division by ten stays inside `i128` below it, so
/// rounding a [`Ratio`] is always exact.
const LIMIT: i128 = 1 << 120;

/// An exact fraction in lowest terms, with a positive denominator.
///
/// It cannot have a zero denominator, cannot be unreduced (`2/4` *is* `1/2`), and cannot hold parts
/// of 2^120 or more.
///
/// ```
/// use chasqui_indicators::Ratio;
///
/// let mean = Ratio::new(106, 10).unwrap();
/// assert_eq!(mean.to_string(), "53/5");
/// assert_eq!(mean.to_f64(), 10.6);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: i128,
    denominator: i128,
}

impl Ratio {
    /// Nought.
    pub const ZERO: Self = Self {
        numerator: 0,
        denominator: 1,
    };
    /// One.
    pub const ONE: Self = Self {
        numerator: 1,
        denominator: 1,
    };

    /// The fraction in lowest terms, or `None` for a zero denominator or parts beyond the limit.
    #[must_use]
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        if denominator == 0 || numerator == i128::MIN || denominator == i128::MIN {
            return None;
        }
        let sign = if denominator < 0 { -1 } else { 1 };
        let divisor = gcd(numerator.unsigned_abs(), denominator.unsigned_abs()).cast_signed();
        Self::bounded(sign * numerator / divisor, sign * denominator / divisor)
    }

    /// A whole number.
    #[must_use]
    pub const fn whole(value: i64) -> Self {
        Self {
            numerator: value as i128,
            denominator: 1,
        }
    }

    /// `part / whole` of two counts, or `None` when there is nothing to divide by.
    #[must_use]
    pub fn of_counts(part: u64, whole: u64) -> Option<Self> {
        Self::new(i128::from(part), i128::from(whole))
    }

    /// The upper part, which carries the sign.
    #[must_use]
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// The lower part, always positive.
    #[must_use]
    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// The nearest float (within one unit in the last place).
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }

    /// The product, or `None` beyond the limit.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        // Reduced crosswise first, so that telescoping products stay small.
        let left = gcd(
            self.numerator.unsigned_abs(),
            other.denominator.unsigned_abs(),
        );
        let right = gcd(
            other.numerator.unsigned_abs(),
            self.denominator.unsigned_abs(),
        );
        let (left, right) = (left.cast_signed(), right.cast_signed());
        Self::bounded(
            (self.numerator / left).checked_mul(other.numerator / right)?,
            (self.denominator / right).checked_mul(other.denominator / left)?,
        )
    }

    /// The sum, or `None` beyond the limit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let common = gcd(
            self.denominator.unsigned_abs(),
            other.denominator.unsigned_abs(),
        );
        let (own, theirs) = (
            other.denominator / common.cast_signed(),
            self.denominator / common.cast_signed(),
        );
        let numerator = self
            .numerator
            .checked_mul(own)?
            .checked_add(other.numerator.checked_mul(theirs)?)?;
        Self::new(numerator, self.denominator.checked_mul(own)?)
    }

    fn bounded(numerator: i128, denominator: i128) -> Option<Self> {
        (numerator.abs() < LIMIT && denominator < LIMIT).then_some(Self {
            numerator,
            denominator,
        })
    }
}

impl fmt::Display for Ratio {
    /// `3/4`, or just `3` for a whole number.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.denominator == 1 {
            write!(f, "{}", self.numerator)
        } else {
            write!(f, "{}/{}", self.numerator, self.denominator)
        }
    }
}

/// Euclid. One round in 128 bits usually brings both below 64, where division is much cheaper.
fn gcd(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        if let (Ok(small_a), Ok(small_b)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(gcd_small(small_a, small_b));
        }
        (a, b) = (b, a % b);
    }
    a.max(1)
}

fn gcd_small(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_is_always_in_lowest_terms_with_its_sign_above() {
        assert_eq!(Ratio::new(2, -4).unwrap().to_string(), "-1/2");
        assert_eq!(Ratio::new(0, -7), Some(Ratio::ZERO));
        assert_eq!(Ratio::new(1, 0), None);
    }

    #[test]
    fn sums_and_products_are_exact() {
        let third = Ratio::new(1, 3).unwrap();
        let sixth = Ratio::new(1, 6).unwrap();
        assert_eq!(third.checked_add(sixth), Ratio::new(1, 2));
        assert_eq!(third.checked_mul(Ratio::whole(3)), Some(Ratio::ONE));
    }

    #[test]
    fn a_fraction_that_would_outgrow_its_limit_is_refused() {
        let big = Ratio::new(1, (1 << 119) + 1).unwrap();
        assert_eq!(big.checked_mul(Ratio::new(1, 3).unwrap()), None);
        assert_eq!(Ratio::new(1 << 120, 3), None);
        assert_eq!(Ratio::new(i128::MIN, -1), None);
    }
}
