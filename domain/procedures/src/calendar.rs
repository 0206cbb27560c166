//! What happens to the calendars that terms are counted by: decrees, as events of the log.
//!
//! The calendars' own rules are data of `chasqui-deadlines`. A decree that comes later is recorded here,
//! so that it is known from a moment on, and every deadline can be told with what was known then.

use chasqui_deadlines::Decree;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What can happen to a calendar. Its stream is named by the calendar's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum CalendarEvent {
    /// A decree, proclamation or resolution was published.
    Decreed(Box<Decreed>),
}

/// See [`CalendarEvent::Decreed`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Decreed {
    /// The decree. Its `known_at` is empty: it counts from the moment it was recorded.
    pub decree: Decree,
}

impl CalendarEvent {
    /// The event's name, as stored and as published.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Decreed(_) => "Decreed",
        }
    }

    /// The decree as it counts: known from the moment it was recorded, never before. A deadline said
    /// before that moment was right when it was said.
    #[must_use]
    pub fn decree(&self, recorded_at: Timestamp) -> Decree {
        let Self::Decreed(decreed) = self;
        Decree {
            known_at: Some(recorded_at),
            ..decreed.decree.clone()
        }
    }
}
