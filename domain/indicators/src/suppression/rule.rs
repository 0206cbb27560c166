//! From which number on a cell may be shown, and whether zeros speak.
//!
//! The rule is for counts of people: crosses with an attribute of the applicant, or a parish. Totals of units
//! and procedure types are not personal data and are never put through it, else small units could hide.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The suppression rule of a table.
///
/// The default is a threshold of 5 with true zeros shown (the project's rule; statistics offices use 3 to 10).
/// A threshold below 3 cannot exist: with 2, every small cell would be known to be 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RuleParts")]
pub struct Rule {
    threshold: u64,
    zeros: Zeros,
}

/// Whether "nobody" may be said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zeros {
    /// A true zero is shown.
    #[default]
    Shown,
    /// The attribute is sensitive, so that even "none of them" is a disclosure: a zero is a small cell.
    Sensitive,
}

/// Why a rule was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum RuleError {
    /// The threshold protects nobody.
    #[error("threshold {threshold} is below 3: small cells would be known exactly")]
    ThresholdTooLow {
        /// What was asked for.
        threshold: u64,
    },
}

impl Rule {
    /// The smallest count that is not small: 5.
    pub const DEFAULT_THRESHOLD: u64 = 5;

    /// A rule with another threshold or with sensitive zeros.
    ///
    /// # Errors
    /// [`RuleError::ThresholdTooLow`] below 3.
    pub const fn new(threshold: u64, zeros: Zeros) -> Result<Self, RuleError> {
        if threshold < 3 {
            return Err(RuleError::ThresholdTooLow { threshold });
        }
        Ok(Self { threshold, zeros })
    }

    /// The smallest count that is not small.
    #[must_use]
    pub const fn threshold(self) -> u64 {
        self.threshold
    }

    /// Whether true zeros are shown.
    #[must_use]
    pub const fn zeros(self) -> Zeros {
        self.zeros
    }

    /// Whether a count is small: shown to nobody (primary suppression).
    ///
    /// ```
    /// use chasqui_indicators::Rule;
    ///
    /// let small: Vec<u64> = (0..8).filter(|count| Rule::default().is_small(*count)).collect();
    /// assert_eq!(small, [1, 2, 3, 4]);
    /// ```
    #[must_use]
    pub const fn is_small(self, count: u64) -> bool {
        match self.zeros {
            Zeros::Shown => count > 0 && count < self.threshold,
            Zeros::Sensitive => count < self.threshold,
        }
    }

    /// The least a hidden cell can be, as far as a reader knows who knows this rule.
    pub(super) const fn least_hidden(self, count: u64) -> u64 {
        match self.zeros {
            Zeros::Shown if count > 0 => 1,
            Zeros::Shown | Zeros::Sensitive => 0,
        }
    }
}

impl Default for Rule {
    fn default() -> Self {
        Self {
            threshold: Self::DEFAULT_THRESHOLD,
            zeros: Zeros::Shown,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleParts {
    threshold: u64,
    zeros: Zeros,
}

impl TryFrom<RuleParts> for Rule {
    type Error = RuleError;

    fn try_from(parts: RuleParts) -> Result<Self, RuleError> {
        Self::new(parts.threshold, parts.zeros)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_threshold_that_protects_nobody_is_refused() {
        assert_eq!(
            Rule::new(2, Zeros::Shown),
            Err(RuleError::ThresholdTooLow { threshold: 2 }),
        );
        assert!(serde_json::from_str::<Rule>(r#"{"threshold":2,"zeros":"shown"}"#).is_err());
    }

    #[test]
    fn a_sensitive_zero_is_small() {
        let rule = Rule::new(5, Zeros::Sensitive).unwrap();
        assert!(rule.is_small(0));
        assert!(!Rule::default().is_small(0));
    }
}
