//! How far a term may be lengthened. The cap is computed from the term as it was set, never from
//! one already extended.

use serde::{Deserialize, Serialize};

use crate::term::Term;

/// The rules for extensions (*ampliación*, COA 161).
///
/// That the cap is half and that it needs a decision before expiry is from memory of the article
/// (high confidence), to be confirmed. Whether several grants may share the half, and what half of
/// a *plazo* is, are open questions (LAW section 9, number 5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ExtensionPolicy {
    /// The most that all extensions together may add.
    pub cap: ExtensionCap,
    /// The most grants; `None` is any number within the cap.
    pub max_grants: Option<u8>,
    /// How many days a month has when a share of a *plazo* is taken.
    pub days_per_month: u8,
}

/// A share of the term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ExtensionCap {
    /// Half of the term, rounded down.
    #[default]
    Half,
    /// As much again as the term.
    WholeTerm,
    /// No extension at all.
    NoExtension,
}

impl Default for ExtensionPolicy {
    fn default() -> Self {
        Self {
            cap: ExtensionCap::Half,
            max_grants: None,
            days_per_month: 30,
        }
    }
}

impl ExtensionPolicy {
    /// The most days that all extensions of a term together may add: business days for a term in
    /// business days, calendar days for any other.
    ///
    /// ```
    /// use chasqui_deadlines::{ExtensionPolicy, Term};
    ///
    /// // COA art. 161 (to be confirmed): at most half of the term, rounded down.
    /// let policy = ExtensionPolicy::default();
    /// assert_eq!(policy.cap_days(Term::business_days(15)?), 7);
    /// assert_eq!(policy.cap_days(Term::business_days(1)?), 0);
    /// assert_eq!(policy.cap_days(Term::months(3)?), 45);
    /// # Ok::<(), chasqui_deadlines::DeadlineError>(())
    /// ```
    #[must_use]
    pub const fn cap_days(&self, term: Term) -> u32 {
        let amount = term.amount() as u32;
        let month = self.days_per_month as u32;
        let days = match term {
            Term::Immediate => 0,
            Term::BusinessDays(_) | Term::CalendarDays(_) => amount,
            Term::Weeks(_) => amount * 7,
            Term::Months(_) => amount * month,
            Term::Years(_) => amount * 12 * month,
        };
        match self.cap {
            ExtensionCap::Half => days / 2,
            ExtensionCap::WholeTerm => days,
            ExtensionCap::NoExtension => 0,
        }
    }
}
