//! What a number counts.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The unit of measure of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// A share between 0 and 1.
    Share,
    /// Hundredths of something that is no part of a whole, and may be above 100.
    Percent,
    /// Thousandths of something that is no part of a whole.
    PerThousand,
    /// Business days on the legal clock: rest days and suspensions taken off.
    BusinessDays,
    /// Calendar days.
    CalendarDays,
    /// Procedures.
    Procedures,
    /// Seconds.
    Seconds,
    /// Points on a scale from 1 to 5.
    Points,
}

impl fmt::Display for Measure {
    /// As in JSON: `business_days`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Share => "share",
            Self::Percent => "percent",
            Self::PerThousand => "per_thousand",
            Self::BusinessDays => "business_days",
            Self::CalendarDays => "calendar_days",
            Self::Procedures => "procedures",
            Self::Seconds => "seconds",
            Self::Points => "points",
        })
    }
}
