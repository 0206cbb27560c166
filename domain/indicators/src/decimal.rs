//! Published numbers, and the one place that says how they are rounded.
//!
//! A figure that two people compute must print the same digits, so a published number is a decimal,
//! not a float: it is rounded once, half away from zero, from the exact fraction where there is one.
//! This file does not decide *whether* a number is published; that is `figure`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::Ratio;

/// How many decimals each kind of number keeps: the rounding rules, stated once.
///
/// Rounding is half away from zero and happens once, at publication; nothing is computed from a
/// rounded number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// Counts, whole days, seconds: none.
    Whole,
    /// A median of whole days, which may end in a half: one.
    HalfDays,
    /// A percentage over 100 points, a rate per 1,000, a disposition time in days: one.
    Tenths,
    /// A mean (days, rounds, score): two.
    Mean,
    /// A share between 0 and 1, and the bounds of its interval: four.
    Share,
    /// A probability on a survival or incidence curve: six.
    Probability,
}

impl Precision {
    /// Decimals kept.
    #[must_use]
    pub const fn decimals(self) -> u8 {
        match self {
            Self::Whole => 0,
            Self::HalfDays | Self::Tenths => 1,
            Self::Mean => 2,
            Self::Share => 4,
            Self::Probability => 6,
        }
    }
}

/// A rounded decimal number, as published.
///
/// Equal values are equal (`10.60` *is* `10.6`), and a number survives JSON unchanged. It cannot be
/// infinite or not-a-number, and has at most six decimals.
///
/// ```
/// use chasqui_indicators::{Decimal, Precision, Ratio};
///
/// let share = Decimal::of(Ratio::of_counts(4, 6).unwrap(), Precision::Share);
/// assert_eq!(share.to_string(), "0.6667");
/// assert_eq!(serde_json::to_string(&share).unwrap(), "0.6667");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Decimal {
    units: i64,
    decimals: u8,
}

impl Decimal {
    /// An exact fraction rounded half away from zero. Values beyond ±9·10^12 are held at that
    /// bound, which no count of days or procedures reaches.
    #[must_use]
    pub fn of(ratio: Ratio, precision: Precision) -> Self {
        let (n, d) = (
            ratio.numerator().unsigned_abs(),
            ratio.denominator().unsigned_abs(),
        );
        let mut units = n / d;
        let mut rest = n % d;
        // Long division digit by digit: `rest * 10` cannot overflow below the limit of a ratio.
        for _ in 0..precision.decimals() {
            units = units.saturating_mul(10).saturating_add(rest * 10 / d);
            rest = rest * 10 % d;
        }
        if rest * 2 >= d {
            units = units.saturating_add(1);
        }
        let bounded = i64::try_from(units).unwrap_or(BOUND).min(BOUND);
        let signed = if ratio.numerator() < 0 {
            -bounded
        } else {
            bounded
        };
        Self::reduced(signed, precision.decimals())
    }

    /// A float rounded half away from zero, or `None` when it is not finite.
    #[must_use]
    pub fn of_f64(value: f64, precision: Precision) -> Option<Self> {
        let scaled = value * 10f64.powi(i32::from(precision.decimals()));
        scaled.is_finite().then(|| {
            let held = scaled.round().clamp(-(BOUND as f64), BOUND as f64);
            Self::reduced(held as i64, precision.decimals())
        })
    }

    /// A whole number, held at ±9·10^18.
    #[must_use]
    pub fn whole(value: impl TryInto<i64>) -> Self {
        Self {
            units: value.try_into().unwrap_or(BOUND).clamp(-BOUND, BOUND),
            decimals: 0,
        }
    }

    /// The nearest float.
    #[must_use]
    pub fn to_f64(self) -> f64 {
        self.units as f64 / 10f64.powi(i32::from(self.decimals))
    }

    fn reduced(mut units: i64, mut decimals: u8) -> Self {
        while decimals > 0 && units % 10 == 0 {
            units /= 10;
            decimals -= 1;
        }
        Self { units, decimals }
    }
}

const BOUND: i64 = 9_000_000_000_000_000_000;

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let (size, scale) = (
            self.units.unsigned_abs(),
            10u64.pow(u32::from(self.decimals)),
        );
        if self.decimals == 0 {
            return write!(f, "{sign}{size}");
        }
        let width = usize::from(self.decimals);
        write!(f, "{sign}{}.{:0width$}", size / scale, size % scale)
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.decimals == 0 {
            serializer.serialize_i64(self.units)
        } else {
            serializer.serialize_f64(self.to_f64())
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

struct NumberVisitor;

impl de::Visitor<'_> for NumberVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number with at most six decimals")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Decimal, E> {
        Ok(Decimal::whole(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Decimal, E> {
        Ok(Decimal::whole(value))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Decimal, E> {
        // Six decimals hold every published precision, and trailing zeros are dropped again.
        Decimal::of_f64(value, Precision::Probability)
            .ok_or_else(|| E::custom("number is not finite"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rounded(numerator: i128, denominator: i128, precision: Precision) -> String {
        Decimal::of(Ratio::new(numerator, denominator).unwrap(), precision).to_string()
    }

    #[test]
    fn halves_are_rounded_away_from_zero() {
        assert_eq!(rounded(1, 20, Precision::Tenths), "0.1");
        assert_eq!(rounded(-1, 20, Precision::Tenths), "-0.1");
        assert_eq!(rounded(1, 21, Precision::Tenths), "0");
        assert_eq!(rounded(5, 2, Precision::Whole), "3");
    }

    #[test]
    fn equal_values_are_equal_whatever_their_precision() {
        assert_eq!(rounded(106, 10, Precision::Mean), "10.6");
        assert_eq!(
            Decimal::of(Ratio::whole(90), Precision::Tenths),
            Decimal::whole(90_u64),
        );
    }

    #[test]
    fn a_published_number_survives_json() {
        for ratio in [
            Ratio::new(-7, 9),
            Ratio::new(202_777, 1000),
            Ratio::new(3, 1),
        ] {
            let number = Decimal::of(ratio.unwrap(), Precision::Share);
            let text = serde_json::to_string(&number).unwrap();
            assert_eq!(
                serde_json::from_str::<Decimal>(&text).unwrap(),
                number,
                "{text}"
            );
            assert_eq!(text, number.to_string());
        }
    }

    #[test]
    fn what_is_not_finite_is_not_a_number() {
        assert_eq!(Decimal::of_f64(f64::NAN, Precision::Share), None);
        assert_eq!(Decimal::of_f64(f64::INFINITY, Precision::Share), None);
    }
}
