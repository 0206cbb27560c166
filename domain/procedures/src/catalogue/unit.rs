//! Units (dependencias): who has a procedure.

use serde::{Deserialize, Serialize};

use crate::ids::UnitId;
use crate::text::Label;

/// A unit of the municipality, as the public may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Its id in addresses.
    pub id: UnitId,
    /// Its name.
    pub name: Label,
}

/// What can happen to a unit's record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UnitEvent {
    /// The record was published, for the first time or changed.
    Published(UnitPublished),
}

/// See [`UnitEvent::Published`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
