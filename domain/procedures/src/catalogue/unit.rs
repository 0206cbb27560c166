//! Units (dependencias): who has a procedure.

use chasqui_deadlines::CalendarId;
use serde::{Deserialize, Serialize};

use crate::ids::UnitId;
use crate::text::Label;

/// A unit of the municipality, as the public may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Its id in addresses.
    pub id: UnitId,
    /// Its name.
    pub name: Label,
    /// The calendars of its place, beside those of a procedure's type: its canton's local days.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calendars: Vec<CalendarId>,
    /// When its desk is open, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Label>,
    /// Its telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Label>,
    /// Where it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Label>,
}

impl Unit {
    /// A unit of which nothing is known but its name.
    #[must_use]
    pub fn new(id: UnitId, name: Label) -> Self {
        Self {
            id,
            name,
            calendars: Vec::new(),
            hours: None,
            phone: None,
            address: None,
        }
    }
}

/// What can happen to a unit's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum UnitEvent {
    /// The record was published, for the first time or changed.
    Published(UnitPublished),
}

/// See [`UnitEvent::Published`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UnitPublished {
    /// The whole record, as it holds from now on.
    pub unit: Unit,
}

impl UnitEvent {
    /// The event's name, as stored and as published.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Published(_) => "UnitPublished",
        }
    }
}
