//! The seventeen indicators by name. What each of them means stands on its sheet.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// One of the indicators TI-01 to TI-17. Its order is that of the numbers.
///
/// ```
/// use chasqui_indicators::Indicator;
///
/// assert_eq!(Indicator::OnTime.to_string(), "TI-01");
/// assert_eq!("TI-17".parse(), Ok(Indicator::Satisfaction));
/// assert!("TI-18".parse::<Indicator>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Indicator {
    /// TI-01: notified in time, of what fell due.
    OnTime,
    /// TI-02: the same without extensions.
    OnTimeStrict,
    /// TI-03: how much of what fell due was extended.
    Extended,
    /// TI-04: notified in time, of what was notified.
    OnTimeClosed,
    /// TI-05: days to notification.
    DaysToNotification,
    /// TI-06: days to notification, counting those that wait.
    Waiting,
    /// TI-07: what is open.
    OpenStock,
    /// TI-08: what came in and what went out.
    Flow,
    /// TI-09: how late.
    Lateness,
    /// TI-10: administrative silence.
    Silence,
    /// TI-11: rectification.
    Rectification,
    /// TI-12: time in each step.
    StepTime,
    /// TI-13: days to the first response.
    FirstResponse,
    /// TI-14: the unit's own promise.
    ServiceStandard,
    /// TI-15: punctual publication.
    Publication,
    /// TI-16: how fresh the views are.
    Freshness,
    /// TI-17: satisfaction.
    Satisfaction,
}

/// A text that names no indicator.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{text:?} is none of TI-01 to TI-17")]
pub struct UnknownIndicator {
    /// The text.
    pub text: String,
}

impl Indicator {
    /// All of them, ascending.
    pub const ALL: [Self; 17] = [
        Self::OnTime,
        Self::OnTimeStrict,
        Self::Extended,
        Self::OnTimeClosed,
        Self::DaysToNotification,
        Self::Waiting,
        Self::OpenStock,
        Self::Flow,
        Self::Lateness,
        Self::Silence,
        Self::Rectification,
        Self::StepTime,
        Self::FirstResponse,
        Self::ServiceStandard,
        Self::Publication,
        Self::Freshness,
        Self::Satisfaction,
    ];
}

impl fmt::Display for Indicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TI-{:02}", *self as u8 + 1)
    }
}

impl FromStr for Indicator {
    type Err = UnknownIndicator;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = |one: &Self| one.to_string() == text;
        Self::ALL
            .into_iter()
            .find(named)
            .ok_or_else(|| UnknownIndicator {
                text: text.to_owned(),
            })
    }
}

impl Serialize for Indicator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Indicator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_indicator_is_found_by_its_name() {
        for (index, indicator) in Indicator::ALL.into_iter().enumerate() {
            let name = format!("TI-{:02}", index + 1);
            assert_eq!(indicator.to_string(), name);
            assert_eq!(name.parse(), Ok(indicator));
        }
        assert_eq!(
            "ti-01".parse::<Indicator>().unwrap_err().to_string(),
            "\"ti-01\" is none of TI-01 to TI-17"
        );
    }
}
