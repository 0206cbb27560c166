//! Terms: how long the law gives. A term knows its unit and amount; it does not know when it
//! starts, what suspends it, or which days count.

use std::fmt;
use std::num::NonZeroU16;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::DeadlineError;

/// How long the law gives to answer: a *término* in business days, or a *plazo* in months or years.
///
/// It cannot be in hours (COA 158), zero, negative or absurdly long: it is checked where it is
/// made, so a `Term` in hand is one that can be counted. Calendar days and weeks exist for laws
/// other than the COA (LOPDP, French silence).
///
/// The short form is `15bd`, `15cd`, `8w`, `3m`, `1y`, `0imm`; in JSON it is an object.
///
/// ```
/// use chasqui_deadlines::Term;
///
/// // COA art. 158: a término is counted in days, a plazo in months or years.
/// let term: Term = "15bd".parse()?;
/// assert_eq!(term, Term::business_days(15)?);
/// assert_eq!(serde_json::to_string(&term).unwrap(), r#"{"amount":15,"unit":"business_days"}"#);
/// assert_eq!(term.to_string(), "15bd");
///
/// assert_eq!(Term::months(0).unwrap_err().name(), "NonPositiveTerm");
/// assert_eq!("48h".parse::<Term>().unwrap_err().name(), "HoursForbidden");
/// # Ok::<(), chasqui_deadlines::DeadlineError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawTerm", into = "RawTerm")]
pub enum Term {
    /// Answered over the counter: due the day it is filed, or the next business day.
    Immediate,
    /// Business days (*término*, COA 158 and 159).
    BusinessDays(TermAmount),
    /// Calendar days, for laws that say so (LOPDP 13 and 14).
    CalendarDays(TermAmount),
    /// Weeks of seven calendar days.
    Weeks(TermAmount),
    /// Months, from date to date (*plazo*, COA 160).
    Months(TermAmount),
    /// Years, from date to date (*plazo*, COA 160).
    Years(TermAmount),
}

/// The amount of a term, in the term's own unit: at least one, at most the unit's limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermAmount(NonZeroU16);

/// The unit of a term, as it is written in data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermUnit {
    /// No waiting at all.
    Immediate,
    /// Business days.
    BusinessDays,
    /// Calendar days.
    CalendarDays,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
}

/// A term as it comes from outside: nothing about it has been checked.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawTerm {
    amount: i64,
    unit: String,
}

impl Term {
    /// A term in business days (*término*).
    ///
    /// # Errors
    /// [`DeadlineError::NonPositiveTerm`], [`DeadlineError::TermTooLong`].
    pub fn business_days(amount: i64) -> Result<Self, DeadlineError> {
        Self::new(TermUnit::BusinessDays, amount)
    }

    /// A term in calendar days.
    ///
    /// # Errors
    /// As [`Term::business_days`].
    pub fn calendar_days(amount: i64) -> Result<Self, DeadlineError> {
        Self::new(TermUnit::CalendarDays, amount)
    }

    /// A term in weeks.
    ///
    /// # Errors
    /// As [`Term::business_days`].
    pub fn weeks(amount: i64) -> Result<Self, DeadlineError> {
        Self::new(TermUnit::Weeks, amount)
    }

    /// A term in months (*plazo*).
    ///
    /// # Errors
    /// As [`Term::business_days`].
    pub fn months(amount: i64) -> Result<Self, DeadlineError> {
        Self::new(TermUnit::Months, amount)
    }

    /// A term in years (*plazo*).
    ///
    /// # Errors
    /// As [`Term::business_days`].
    pub fn years(amount: i64) -> Result<Self, DeadlineError> {
        Self::new(TermUnit::Years, amount)
    }

    /// A term of any unit.
    ///
    /// # Errors
    /// [`DeadlineError::NonPositiveTerm`] below one, [`DeadlineError::TermTooLong`] above the
    /// unit's limit, [`DeadlineError::ImmediateTermWithAmount`] for an immediate term that is not 0.
    pub fn new(unit: TermUnit, amount: i64) -> Result<Self, DeadlineError> {
        if unit == TermUnit::Immediate {
            return match amount {
                0 => Ok(Self::Immediate),
                amount => Err(DeadlineError::ImmediateTermWithAmount { amount }),
            };
        }
        let amount = TermAmount::checked(amount, unit)?;
        Ok(match unit {
            TermUnit::Immediate => Self::Immediate,
            TermUnit::BusinessDays => Self::BusinessDays(amount),
            TermUnit::CalendarDays => Self::CalendarDays(amount),
            TermUnit::Weeks => Self::Weeks(amount),
            TermUnit::Months => Self::Months(amount),
            TermUnit::Years => Self::Years(amount),
        })
    }

    /// The unit.
    #[must_use]
    pub const fn unit(self) -> TermUnit {
        match self {
            Self::Immediate => TermUnit::Immediate,
            Self::BusinessDays(_) => TermUnit::BusinessDays,
            Self::CalendarDays(_) => TermUnit::CalendarDays,
            Self::Weeks(_) => TermUnit::Weeks,
            Self::Months(_) => TermUnit::Months,
            Self::Years(_) => TermUnit::Years,
        }
    }

    /// The amount in the term's own unit; 0 only for an immediate term.
    #[must_use]
    pub const fn amount(self) -> u16 {
        match self {
            Self::Immediate => 0,
            Self::BusinessDays(n)
            | Self::CalendarDays(n)
            | Self::Weeks(n)
            | Self::Months(n)
            | Self::Years(n) => n.get(),
        }
    }

    /// Whether it is counted day by day over business days only (*término*).
    #[must_use]
    pub const fn counts_business_days(self) -> bool {
        matches!(self, Self::Immediate | Self::BusinessDays(_))
    }

    /// Whether it runs from date to date (*plazo*, COA 160).
    #[must_use]
    pub const fn runs_date_to_date(self) -> bool {
        matches!(self, Self::Months(_) | Self::Years(_))
    }
}

impl TermAmount {
    /// The number itself.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0.get()
    }

    fn checked(amount: i64, unit: TermUnit) -> Result<Self, DeadlineError> {
        if amount <= 0 {
            return Err(DeadlineError::NonPositiveTerm { amount });
        }
        let limit = unit.limit();
        let too_long = DeadlineError::TermTooLong {
            amount,
            unit: unit.name(),
            limit,
        };
        let amount = u16::try_from(amount)
            .ok()
            .filter(|n| *n <= limit)
            .ok_or(too_long)?;
        Ok(Self(NonZeroU16::new(amount).expect(
            "invariant: the amount was checked to be positive",
        )))
    }
}

impl TermUnit {
    /// The name in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Immediate => "immediate",
            Self::BusinessDays => "business_days",
            Self::CalendarDays => "calendar_days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }

    /// The suffix of the short form.
    const fn suffix(self) -> &'static str {
        match self {
            Self::Immediate => "imm",
            Self::BusinessDays => "bd",
            Self::CalendarDays => "cd",
            Self::Weeks => "w",
            Self::Months => "m",
            Self::Years => "y",
        }
    }

    /// About twenty years in each unit (fifty in years): more is a typing mistake.
    pub(crate) const fn limit(self) -> u16 {
        match self {
            Self::Immediate => 0,
            Self::BusinessDays => 5_000,
            Self::CalendarDays => 7_300,
            Self::Weeks => 1_040,
            Self::Months => 240,
            Self::Years => 50,
        }
    }

    pub(crate) const ALL: [Self; 6] = [
        Self::Immediate,
        Self::BusinessDays,
        Self::CalendarDays,
        Self::Weeks,
        Self::Months,
        Self::Years,
    ];
}

impl RawTerm {
    pub(crate) fn new(amount: i64, unit: String) -> Self {
        Self { amount, unit }
    }
}

impl TryFrom<RawTerm> for Term {
    type Error = DeadlineError;

    fn try_from(raw: RawTerm) -> Result<Self, Self::Error> {
        if raw.unit == "hours" {
            return Err(DeadlineError::HoursForbidden);
        }
        match TermUnit::ALL
            .into_iter()
            .find(|unit| unit.name() == raw.unit)
        {
            Some(unit) => Self::new(unit, raw.amount),
            None => Err(DeadlineError::UnknownTerm { text: raw.unit }),
        }
    }
}

impl From<Term> for RawTerm {
    fn from(term: Term) -> Self {
        Self {
            amount: term.amount().into(),
            unit: term.unit().name().to_owned(),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.amount(), self.unit().suffix())
    }
}

impl FromStr for Term {
    type Err = DeadlineError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || DeadlineError::UnknownTerm {
            text: text.chars().take(32).collect(),
        };
        let split = text
            .find(|c: char| c.is_ascii_alphabetic())
            .ok_or_else(unknown)?;
        let (amount, suffix) = text.split_at(split);
        let amount: i64 = amount.parse().map_err(|_| unknown())?;
        if matches!(suffix, "h" | "hours") {
            return Err(DeadlineError::HoursForbidden);
        }
        match TermUnit::ALL
            .into_iter()
            .find(|unit| unit.suffix() == suffix)
        {
            Some(unit) => Self::new(unit, amount),
            None => Err(unknown()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_short_form_is_read_and_written_alike() {
        for text in ["0imm", "15bd", "15cd", "8w", "3m", "1y"] {
            assert_eq!(text.parse::<Term>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn nonsense_is_refused_by_name() {
        let name = |text: &str| text.parse::<Term>().unwrap_err().name();
        assert_eq!(name("15"), "UnknownTerm");
        assert_eq!(name("bd"), "UnknownTerm");
        assert_eq!(name("15 bd"), "UnknownTerm");
        assert_eq!(name("15xx"), "UnknownTerm");
        assert_eq!(name("0bd"), "NonPositiveTerm");
        assert_eq!(name("-3m"), "NonPositiveTerm");
        assert_eq!(name("5001bd"), "TermTooLong");
        assert_eq!(name("99999999999bd"), "TermTooLong");
        assert_eq!(name("3imm"), "ImmediateTermWithAmount");
        assert_eq!(name("48h"), "HoursForbidden");
    }

    #[test]
    fn json_in_hours_says_why_it_is_refused() {
        let refused = serde_json::from_str::<Term>(r#"{"amount":48,"unit":"hours"}"#).unwrap_err();
        assert_eq!(refused.to_string(), "terms in hours are forbidden");
    }
}
