//! What an activity can mean: the words of a mapping.

use std::fmt;

use chasqui_deadlines::SuspensionCause;
use chasqui_procedures::outcome::Outcome;
use serde::{Deserialize, Deserializer};

/// What an activity means. Written `filed`, `decided(granted)`, `suspended(external_report)`, ...
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The filing.
    Filed,
    /// Taken up.
    Admitted,
    /// A step began.
    StepStarted,
    /// A step was completed.
    StepCompleted,
    /// The applicant was asked to complete something.
    RectificationRequested,
    /// The applicant answered.
    RectificationAnswered,
    /// The term stopped for a cause.
    Suspended(SuspensionCause),
    /// It went on.
    Resumed(SuspensionCause),
    /// The term was extended.
    Extended,
    /// Decided.
    Decided(Outcome),
    /// Notified.
    Notified,
    /// Withdrawn.
    Withdrawn,
    /// Closed.
    Archived,
    /// Not an event of the procedure: counted, and left out.
    Ignored,
}

impl Meaning {
    /// The meaning of what a mapping does not list.
    #[must_use]
    pub fn step_completed() -> Self {
        Self::StepCompleted
    }

    fn parse(text: &str) -> Option<Self> {
        let (word, argument) = match text.split_once('(') {
            Some((word, rest)) => (word, Some(rest.strip_suffix(')')?.trim())),
            None => (text, None),
        };
        let cause = || match argument {
            None => Some(SuspensionCause::ExternalReport),
            Some(name) => serde_json::from_value(name.into()).ok(),
        };
        let meaning = match word.trim() {
            "suspended" => Self::Suspended(cause()?),
            "resumed" => Self::Resumed(cause()?),
            "decided" => Self::Decided(argument.map_or(Some(Outcome::Unstated), Outcome::from_id)?),
            _ if argument.is_some() => return None,
            "filed" => Self::Filed,
            "admitted" => Self::Admitted,
            "step_started" => Self::StepStarted,
            "step_completed" => Self::StepCompleted,
            "rectification_requested" => Self::RectificationRequested,
            "rectification_answered" => Self::RectificationAnswered,
            "extended" => Self::Extended,
            "notified" => Self::Notified,
            "withdrawn" => Self::Withdrawn,
            "archived" => Self::Archived,
            "ignored" => Self::Ignored,
            _ => return None,
        };
        Some(meaning)
    }
}

/// What a message offers when a word is unknown.
const KNOWN: &str = "filed, admitted, step_started, step_completed, rectification_requested, \
     rectification_answered, suspended, suspended(<cause>), resumed, resumed(<cause>), extended, \
     decided, decided(<outcome>), notified, withdrawn, archived, ignored";

impl<'de> Deserialize<'de> for Meaning {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(Unknown(text)))
    }
}

struct Unknown(String);

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let outcomes = Outcome::ALL.map(Outcome::id).join(", ");
        write!(
            f,
            "unknown event {:?}; an activity can mean: {KNOWN}; outcomes are: {outcomes}",
            self.0
        )
    }
}
