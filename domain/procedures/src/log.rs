//! What the log says of itself.

use serde::{Deserialize, Serialize};

use crate::text::Label;

/// An event about the log itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum LogEvent {
    /// The first event of every log.
    Opened(Opened),
}

/// The log was opened: whose it is, and whether its content is real. Always at position 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// The public body whose procedures are recorded.
    pub entity: Label,
    /// The zone of its civil dates, an IANA name.
    pub zone: String,
    /// Whether everything in it is made up: every page says so.
    pub synthetic: bool,
    /// A digest that tells whether the pepper at hand is the one that the codes were made with.
    pub pepper_check: String,
}

impl LogEvent {
    /// The event's name, as stored and as published.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Opened(_) => "Opened",
        }
    }
}
