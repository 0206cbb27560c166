//! On which date something counts as filed. No article on filing out of hours was found (LAW,
//! section 1), so it is a switch, and both the instant and the legal date are kept.

use jiff::civil::{Time, time};
use serde::{Deserialize, Serialize};

use crate::error::DeadlineError;

/// How the instant of filing becomes the legal filing date.
///
/// A question for the lawyers (LAW section 9, number 2): the default is the civil date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "policy", rename_all = "snake_case", from = "Written")]
pub enum FilingPolicy {
    /// The local civil date, whatever the hour: the electronic channel.
    #[default]
    CivilDate,
    /// A desk: after closing time, or on a rest day, it is deemed filed the next business day.
    OfficeHours(OfficeHours),
}

/// The same as it is read: a variant without fields lets unknown ones pass, one with none does not.
#[derive(Deserialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(rename = "FilingPolicy")
)]
#[serde(tag = "policy", rename_all = "snake_case", deny_unknown_fields)]
enum Written {
    /// The local civil date, whatever the hour: the electronic channel.
    CivilDate {},
    /// A desk: after closing time, or on a rest day, it is deemed filed the next business day.
    OfficeHours(OfficeHours),
}

impl From<Written> for FilingPolicy {
    fn from(written: Written) -> Self {
        match written {
            Written::CivilDate {} => Self::CivilDate,
            Written::OfficeHours(hours) => Self::OfficeHours(hours),
        }
    }
}

/// When a desk receives documents.
///
/// Only closing matters to the date: what arrives before opening is of that same day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OfficeHours {
    /// When it opens, local time.
    pub open: Time,
    /// When it closes, local time. A document received at this very second is in time.
    pub close: Time,
}

impl OfficeHours {
    /// 08:00 to 16:30, the hours of the vectors.
    pub const DEFAULT: Self = Self {
        open: time(8, 0, 0, 0),
        close: time(16, 30, 0, 0),
    };

    /// Refuses a desk that closes before it opens.
    pub(crate) fn check(&self) -> Result<(), DeadlineError> {
        match self.open < self.close {
            true => Ok(()),
            false => Err(DeadlineError::InvalidOfficeHours),
        }
    }
}

impl Default for OfficeHours {
    fn default() -> Self {
        Self::DEFAULT
    }
}
