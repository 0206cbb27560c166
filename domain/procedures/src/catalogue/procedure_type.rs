//! Procedure types (tipos de trámite), in versions: a procedure keeps the one it was filed under.

use chasqui_deadlines::{CalendarId, Policies, SilenceRule, Term};
use serde::{Deserialize, Serialize};

use crate::ids::{TypeId, UnitId};
use crate::text::Label;

use super::sheet::{Sheet, Step};

/// One version of a procedure type: what the public reads, and the rules that decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TypeVersion {
    /// The type's id in addresses.
    pub id: TypeId,
    /// The version, from 1. A change is a new version.
    #[serde(default = "first")]
    pub version: u32,
    /// Its name.
    pub name: Label,
    /// The units that it can be filed with; none where any unit takes it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
    /// The term to notify an answer in; none if none is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<Term>,
    /// What silence means, and after which term.
    #[serde(default)]
    pub silence: SilenceRule,
    /// How the law is read where it leaves room.
    #[serde(default)]
    pub policies: Policies,
    /// What ends the time.
    #[serde(default)]
    pub clock_stops_at: ClockStop,
    /// The calendars that hold for every procedure of the type, the unit's and applicant's aside.
    #[serde(default)]
    pub calendars: Vec<CalendarId>,
    /// The steps that a procedure of this type usually goes through.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// What a citizen has to know before filing it.
    #[serde(default, skip_serializing_if = "Sheet::is_empty")]
    pub sheet: Sheet,
}

/// The version of a type that says none: publishing gives it the next one.
fn first() -> u32 {
    1
}

/// What ends a procedure's time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClockStop {
    /// The notification of the decision: the law's rule (COA 207).
    #[default]
    Notification,
    /// The decision itself, as other countries count and as sources without notifications must.
    Decision,
    /// The closing of the file, for sources that state only an end.
    Closing,
}

impl ClockStop {
    /// Whether this is the law's rule.
    #[must_use]
    pub fn is_notification(&self) -> bool {
        *self == Self::Notification
    }
}

/// What can happen to a procedure type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum TypeEvent {
    /// A version was published. It governs what is filed from now on.
    Published(Box<TypePublished>),
}

/// See [`TypeEvent::Published`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TypePublished {
    /// The whole version.
    pub version: TypeVersion,
}

impl TypeEvent {
    /// The event's name, as stored and as published.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Published(_) => "TypePublished",
        }
    }
}
