//! Why a day does not count, and the days of a calendar with their names.

use std::sync::Arc;

use jiff::civil::Date;
use serde::Serialize;

use super::CalendarId;
use crate::language::LocalName;

/// Why a day is not a day on which a term runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RestReason {
    /// A weekend, whatever else it may be besides.
    Weekend,
    /// A holiday by the calendar's own rules.
    Holiday {
        /// The holiday's short name, unique in its calendar.
        id: Arc<str>,
        /// Its name.
        name: LocalName,
        /// The day it commemorates; another day than this one when the law moved it.
        nominal: Date,
        /// The calendar that has it.
        calendar: CalendarId,
    },
    /// A rest day by decree.
    Decree {
        /// The decree's short name.
        id: Arc<str>,
        /// Its name.
        name: LocalName,
        /// The day it was issued, if known.
        issued_on: Option<Date>,
        /// Whether the hours are to be recovered another day.
        recoverable: bool,
        /// The calendar it changed.
        calendar: CalendarId,
    },
    /// Not a rest day, but all terms before the entity were suspended.
    TermsSuspended {
        /// The decree's short name.
        id: Arc<str>,
        /// Its name.
        name: LocalName,
        /// The day it was issued, if known.
        issued_on: Option<Date>,
        /// The calendar it changed.
        calendar: CalendarId,
    },
}

/// One day of a calendar that is not worked, or on which terms do not run, with its reason: an
/// entry of the published calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarDay {
    /// The day.
    pub date: Date,
    /// The reason. Weekends are not listed unless something else falls on them too.
    pub reason: RestReason,
}
