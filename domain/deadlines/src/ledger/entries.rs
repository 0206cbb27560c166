//! Suspensions and extensions as they were entered: with the day they take effect and the instant
//! they were recorded. The ledger only keeps them; what they do to a date is computed elsewhere.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::SuspensionCause;
use crate::error::DeadlineError;

/// All that stopped or lengthened the term of one procedure, in the order it was entered.
///
/// Entries are never changed in place, except that the end of a suspension is filled in when it
/// ends; the recorded instants tell what was known when ([`Ledger::known_at`]).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Ledger {
    /// What stopped the clock (COA 162).
    pub suspensions: Vec<Suspension>,
    /// What lengthened the term (COA 161).
    pub extensions: Vec<Extension>,
}

/// One suspension (*suspensión*, COA 162).
///
/// It is half-open: the day of notification `from` still counts, the day of compliance `to` does
/// not. It ends at the earliest of compliance, the end of the granted days and the cap of its
/// cause; with none of the three it is open, and the procedure has no due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// The legal cause.
    pub cause: SuspensionCause,
    /// The effective date: when it was notified.
    pub from: Date,
    /// When the applicant complied, the report arrived, and so on; `None` while it has not.
    #[serde(default)]
    pub to: Option<Date>,
    /// The business days that were granted to comply (COA 140: ten for a rectification).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant_business_days: Option<u16>,
    /// A cap in months for this entry, besides the one of the policies for its cause: the tighter
    /// of the two applies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap_months: Option<u16>,
    /// When the suspension was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<Timestamp>,
    /// When its end was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_recorded_at: Option<Timestamp>,
}

/// One extension (*ampliación*, COA 161): granted **and** notified before the term expired.
///
/// Its amount is in business days for a term in business days, in calendar days for any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// The days it adds.
    pub amount: u16,
    /// The effective date.
    pub granted_and_notified_on: Date,
    /// When it was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<Timestamp>,
}

impl Suspension {
    /// An open suspension that was notified on `from`.
    #[must_use]
    pub const fn open(cause: SuspensionCause, from: Date) -> Self {
        Self {
            cause,
            from,
            to: None,
            grant_business_days: None,
            cap_months: None,
            recorded_at: None,
            end_recorded_at: None,
        }
    }

    /// The same, ended by compliance on `to`.
    #[must_use]
    pub const fn until(self, to: Date) -> Self {
        Self {
            to: Some(to),
            ..self
        }
    }

    /// The same, with business days granted to comply.
    #[must_use]
    pub const fn granting(self, business_days: u16) -> Self {
        Self {
            grant_business_days: Some(business_days),
            ..self
        }
    }
}

impl Extension {
    /// An extension of `amount` days, granted and notified on a day.
    #[must_use]
    pub const fn new(amount: u16, granted_and_notified_on: Date) -> Self {
        Self {
            amount,
            granted_and_notified_on,
            recorded_at: None,
        }
    }
}

impl Ledger {
    /// The most suspensions a procedure can have: a real one has a handful.
    pub const MAX_SUSPENSIONS: usize = 1_000;
    /// The most extensions.
    pub const MAX_EXTENSIONS: usize = 100;

    /// The ledger as it stood in the records at an instant: later entries are absent, and ends
    /// recorded later are open again. Entries without a recorded instant were always known.
    #[must_use]
    pub fn known_at(&self, instant: Timestamp) -> Self {
        let known = |recorded: Option<Timestamp>| recorded.is_none_or(|at| at <= instant);
        let as_known = |s: &Suspension| match known(s.end_recorded_at) {
            true => *s,
            false => Suspension {
                to: None,
                end_recorded_at: None,
                ..*s
            },
        };
        Self {
            suspensions: (self.suspensions.iter())
                .filter(|s| known(s.recorded_at))
                .map(as_known)
                .collect(),
            extensions: self
                .extensions
                .iter()
                .filter(|e| known(e.recorded_at))
                .copied()
                .collect(),
        }
    }

    /// The ledger on the assumption that whatever is still open ends on `date`: what the applicant
    /// asks ("and if I answer today?"), and what French silence assumes of a pending correction.
    #[must_use]
    pub fn ended_on(&self, date: Date) -> Self {
        let ended = |s: &Suspension| match s.to {
            None if s.from <= date => s.until(date),
            Some(_) | None => *s,
        };
        Self {
            suspensions: self.suspensions.iter().map(ended).collect(),
            extensions: self.extensions.clone(),
        }
    }

    /// Refuses a ledger of absurd size.
    pub(crate) fn check_size(&self) -> Result<(), DeadlineError> {
        let check = |count: usize, limit: usize, what| match count <= limit {
            true => Ok(()),
            false => Err(DeadlineError::TooMany { what, limit }),
        };
        check(self.suspensions.len(), Self::MAX_SUSPENSIONS, "suspensions")?;
        check(self.extensions.len(), Self::MAX_EXTENSIONS, "extensions")
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_was_recorded_later_was_not_known() {
        let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
        let suspension = Suspension {
            recorded_at: at("2025-10-20T15:00:00Z"),
            end_recorded_at: at("2025-11-03T15:00:00Z"),
            ..Suspension::open(SuspensionCause::Rectification, date(2025, 10, 20))
                .until(date(2025, 10, 29))
        };
        let extension = Extension {
            recorded_at: at("2025-11-04T15:00:00Z"),
            ..Extension::new(5, date(2025, 11, 4))
        };
        let ledger = Ledger {
            suspensions: vec![suspension],
            extensions: vec![extension],
        };
        let known = |text: &str| ledger.known_at(text.parse().unwrap());

        assert_eq!(known("2025-10-20T14:59:59Z"), Ledger::default());
        assert_eq!(known("2025-11-01T00:00:00Z").suspensions[0].to, None);
        assert_eq!(
            known("2025-11-03T15:00:00Z").suspensions[0].to,
            Some(date(2025, 10, 29))
        );
        assert!(known("2025-11-03T15:00:00Z").extensions.is_empty());
        assert_eq!(known("2025-11-04T15:00:00Z"), ledger);
    }
}
