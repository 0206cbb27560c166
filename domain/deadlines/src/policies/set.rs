//! One set of switches, as it is stored in the version of a procedure type. It is data: nothing
//! in here computes.

use serde::{Deserialize, Deserializer, Serialize};

use super::{
    ExtensionPolicy, FilingPolicy, OpenSuspension, PlazoAnchor, Resume, Roll, SilenceClock,
    SuspensionStart,
};
use crate::error::DeadlineError;
use crate::ledger::PerCause;

/// The rules that lawyers must settle, each a switch with a default (LAW section 9).
///
/// The defaults are those of the Ecuadorian profile; other profiles bring their own sets as data.
/// A set belongs to the *version* of a procedure type: changing a switch is a new version, and
/// what was filed under the old one keeps it. In JSON, switches that are not mentioned keep their
/// default and unknown ones are refused; so a default, once published, never changes.
///
/// ```
/// use chasqui_deadlines::{Policies, Roll};
///
/// // COA art. 160 is silent on a plazo that ends on a rest day: the switch is `roll`.
/// let rolled: Policies = serde_json::from_str(r#"{"roll":"next_business_day"}"#).unwrap();
/// assert_eq!(rolled, Policies { roll: Roll::NextBusinessDay, ..Policies::default() });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Policies {
    /// How the instant of filing becomes a date.
    pub filing: FilingPolicy,
    /// Where a *plazo* begins.
    pub plazo_anchor: PlazoAnchor,
    /// What happens at the end of a term that counts rest days.
    pub roll: Roll,
    /// How far a term may be lengthened.
    pub extension: ExtensionPolicy,
    /// The most months a suspension may last, by cause; an entry may carry a tighter one.
    #[serde(deserialize_with = "read_caps")]
    pub suspension_cap_months: PerCause<Option<u16>>,
    /// Whether the day of notification of a suspension counts.
    pub suspension_start: SuspensionStart,
    /// What the clock does afterwards, by cause.
    #[serde(deserialize_with = "read_resume")]
    pub resume: PerCause<Resume>,
    /// What is answered while a suspension is open.
    pub open_suspension: OpenSuspension,
    /// What moves the silence clock.
    pub silence_clock: SilenceClock,
    /// The business days an applicant gets to rectify, unless the officer grants another number
    /// (COA 140, from memory, to be confirmed). Used when a rectification is requested, never
    /// when a date is computed: the grant then stands in the ledger.
    pub rectification_business_days: u16,
    /// From how many business days left a procedure is "due soon".
    pub due_soon_business_days: u16,
}

impl Default for Policies {
    fn default() -> Self {
        Self {
            filing: FilingPolicy::CivilDate,
            plazo_anchor: PlazoAnchor::NextBusinessDay,
            roll: Roll::None,
            extension: ExtensionPolicy::default(),
            suspension_cap_months: PerCause {
                external_report: Some(3),
                ..PerCause::default()
            },
            suspension_start: SuspensionStart::DayAfter,
            resume: PerCause {
                incompleteness: Resume::Reset,
                ..PerCause::default()
            },
            open_suspension: OpenSuspension::NoDueDate,
            silence_clock: SilenceClock::WithoutExtensions,
            rectification_business_days: 10,
            due_soon_business_days: 3,
        }
    }
}

impl Policies {
    /// Refuses switches that contradict themselves.
    pub(crate) fn check(&self) -> Result<(), DeadlineError> {
        match &self.filing {
            FilingPolicy::CivilDate => Ok(()),
            FilingPolicy::OfficeHours(hours) => hours.check(),
        }
    }
}

fn read_caps<'de, D: Deserializer<'de>>(data: D) -> Result<PerCause<Option<u16>>, D::Error> {
    PerCause::read_over(data, Policies::default().suspension_cap_months)
}

fn read_resume<'de, D: Deserializer<'de>>(data: D) -> Result<PerCause<Resume>, D::Error> {
    PerCause::read_over(data, Policies::default().resume)
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;
    use crate::policies::OfficeHours;

    #[test]
    fn a_set_survives_its_json() {
        let policies = Policies {
            filing: FilingPolicy::OfficeHours(OfficeHours {
                open: time(7, 30, 0, 0),
                close: time(15, 0, 0, 0),
            }),
            ..Policies::default()
        };
        let json = serde_json::to_string(&policies).unwrap();
        assert_eq!(serde_json::from_str::<Policies>(&json).unwrap(), policies);
    }

    #[test]
    fn naming_one_cause_keeps_the_cap_of_another() {
        let read: Policies =
            serde_json::from_str(r#"{"suspension_cap_months":{"force_majeure":2}}"#).unwrap();
        assert_eq!(read.suspension_cap_months.external_report, Some(3));
        assert_eq!(read.suspension_cap_months.force_majeure, Some(2));
    }

    #[test]
    fn an_unknown_switch_is_refused() {
        assert!(serde_json::from_str::<Policies>(r#"{"rol":"none"}"#).is_err());
        for filing in [
            r#"{"policy":"moon"}"#,
            r#"{"policy":"civil_date","open":"08:00:00"}"#,
        ] {
            let json = format!(r#"{{"filing":{filing}}}"#);
            assert!(serde_json::from_str::<Policies>(&json).is_err(), "{json}");
        }
    }
}
