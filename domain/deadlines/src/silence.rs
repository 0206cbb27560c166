//! The second clock of a procedure: what happens when nothing was notified in time. It says what
//! silence means for a type of procedure; when it accrued is computed with the deadline.

use serde::{Deserialize, Serialize};

use crate::error::DeadlineError;
use crate::term::{RawTerm, Term};

/// What silence (*silencio administrativo*) does to a procedure, and after which term.
///
/// It is a clock of its own: a type may be due in 10 days by ordinance and be granted by silence
/// after 30 (COA 207). Whether an ordinance's term replaces the 30 days is a question for the
/// lawyers (LAW section 9, number 8); here both terms are data of the type's version.
///
/// In JSON `{"amount":30,"sense":"positive"}`; the unit is business days unless it is given.
///
/// ```
/// use chasqui_deadlines::{SilenceEffect, SilenceRule, Term};
///
/// // COA art. 207: petitions not answered in 30 business days are deemed granted.
/// let rule: SilenceRule = serde_json::from_str(r#"{"amount":30,"sense":"positive"}"#).unwrap();
/// assert_eq!(rule, SilenceRule::After { term: Term::business_days(30)?, effect: SilenceEffect::Positive });
/// # Ok::<(), chasqui_deadlines::DeadlineError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "RawSilence", into = "RawSilence")]
pub enum SilenceRule {
    /// Silence changes nothing.
    #[default]
    None,
    /// Silence has an effect from the day after this term has expired.
    After {
        /// The term of the silence clock.
        term: Term,
        /// What it then means.
        effect: SilenceEffect,
    },
}

/// What silence means once it has accrued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SilenceEffect {
    /// What was asked is deemed granted (*silencio positivo*, COA 207).
    Positive,
    /// What was asked is deemed denied (*silencio negativo*, COA 208 and following, to be confirmed).
    Negative,
    /// The procedure lapses (*caducidad*, COA 213, to be confirmed).
    Caducity,
}

impl SilenceEffect {
    /// The name in data and in message keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Caducity => "caducity",
        }
    }
}

/// The rule as it stands in catalogues and vectors.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawSilence {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    amount: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    sense: RawSense,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawSense {
    Positive,
    Negative,
    Caducity,
    None,
}

impl TryFrom<RawSilence> for SilenceRule {
    type Error = DeadlineError;

    fn try_from(raw: RawSilence) -> Result<Self, Self::Error> {
        let effect = match raw.sense {
            RawSense::None => return Ok(Self::None),
            RawSense::Positive => SilenceEffect::Positive,
            RawSense::Negative => SilenceEffect::Negative,
            RawSense::Caducity => SilenceEffect::Caducity,
        };
        let amount = raw.amount.ok_or_else(|| DeadlineError::InvalidInput {
            detail: "silence with an effect needs an amount".to_owned(),
        })?;
        let unit = raw.unit.unwrap_or_else(|| "business_days".to_owned());
        Ok(Self::After {
            term: Term::try_from(RawTerm::new(amount, unit))?,
            effect,
        })
    }
}

impl From<SilenceRule> for RawSilence {
    fn from(rule: SilenceRule) -> Self {
        match rule {
            SilenceRule::None => Self {
                amount: None,
                unit: None,
                sense: RawSense::None,
            },
            SilenceRule::After { term, effect } => Self {
                amount: Some(term.amount().into()),
                unit: Some(term.unit().name().to_owned()),
                sense: match effect {
                    SilenceEffect::Positive => RawSense::Positive,
                    SilenceEffect::Negative => RawSense::Negative,
                    SilenceEffect::Caducity => RawSense::Caducity,
                },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogues_forms_are_read() {
        let read = |json: &str| serde_json::from_str::<SilenceRule>(json).unwrap();
        assert_eq!(read(r#"{"sense":"none"}"#), SilenceRule::None);
        assert_eq!(
            read(r#"{"amount":2,"unit":"months","sense":"caducity"}"#),
            SilenceRule::After {
                term: Term::months(2).unwrap(),
                effect: SilenceEffect::Caducity
            }
        );
    }

    #[test]
    fn an_effect_without_a_term_is_refused() {
        assert!(serde_json::from_str::<SilenceRule>(r#"{"sense":"positive"}"#).is_err());
        assert!(serde_json::from_str::<SilenceRule>(r#"{"amount":0,"sense":"positive"}"#).is_err());
    }
}
