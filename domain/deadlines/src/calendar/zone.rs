//! The time zone of a profile, as a rule that travels with the data: the system's time zone
//! database is never read, so that two machines cannot disagree about a date.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::error::DeadlineError;

/// A time zone: its IANA name for people, and its POSIX rule for computing (`<-05>5`).
///
/// A POSIX rule knows today's offsets and daylight saving, not history: the Ecuadorian summer time
/// of 1992 is not modelled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawZone", into = "RawZone")]
pub struct Zone {
    name: String,
    rule: String,
    zone: TimeZone,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawZone {
    name: String,
    rule: String,
}

impl Zone {
    /// Builds a zone from its name and its POSIX rule.
    ///
    /// # Errors
    /// [`DeadlineError::InvalidInput`] when the rule cannot be read.
    pub fn new(name: &str, rule: &str) -> Result<Self, DeadlineError> {
        let zone = TimeZone::posix(rule).map_err(|_| DeadlineError::InvalidInput {
            detail: format!("zone {name} has no POSIX rule"),
        })?;
        Ok(Self {
            name: name.to_owned(),
            rule: rule.to_owned(),
            zone,
        })
    }

    /// The IANA name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the clock on the wall shows at an instant.
    #[must_use]
    pub fn local(&self, instant: Timestamp) -> DateTime {
        self.zone.to_datetime(instant)
    }

    /// The instant at which the clock on the wall shows a time. Of an hour that a change to winter
    /// time repeats it is the first; an hour that summer time skips is moved on by what is skipped.
    ///
    /// # Errors
    /// As [`Zone::start_of`].
    pub fn instant(&self, local: DateTime) -> Result<Timestamp, DeadlineError> {
        let out = |_| DeadlineError::DateOutOfRange {
            date: local.date().to_string(),
        };
        self.zone.to_timestamp(local).map_err(out)
    }

    /// The instant at which a date begins.
    ///
    /// # Errors
    /// [`DeadlineError::DateOutOfRange`] at the very end of time.
    pub fn start_of(&self, date: Date) -> Result<Timestamp, DeadlineError> {
        let out = |_| DeadlineError::DateOutOfRange {
            date: date.to_string(),
        };
        self.zone.to_timestamp(date.at(0, 0, 0, 0)).map_err(out)
    }

    /// The instant at which a date has ended: 24:00 local, exclusive.
    ///
    /// # Errors
    /// As [`Zone::start_of`].
    pub fn end_of(&self, date: Date) -> Result<Timestamp, DeadlineError> {
        let next = date.tomorrow();
        self.start_of(next.map_err(|_| DeadlineError::DateOutOfRange {
            date: date.to_string(),
        })?)
    }
}

impl TryFrom<RawZone> for Zone {
    type Error = DeadlineError;

    fn try_from(raw: RawZone) -> Result<Self, Self::Error> {
        Self::new(&raw.name, &raw.rule)
    }
}

impl From<Zone> for RawZone {
    fn from(zone: Zone) -> Self {
        Self {
            name: zone.name,
            rule: zone.rule,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn guayaquil_is_five_hours_behind_and_galapagos_six() {
        let guayaquil = Zone::new("America/Guayaquil", "<-05>5").unwrap();
        let galapagos = Zone::new("Pacific/Galapagos", "<-06>6").unwrap();
        let instant: Timestamp = "2026-01-01T04:30:00Z".parse().unwrap();
        assert_eq!(
            guayaquil.local(instant),
            date(2025, 12, 31).at(23, 30, 0, 0)
        );
        assert_eq!(
            galapagos.local(instant),
            date(2025, 12, 31).at(22, 30, 0, 0)
        );
        assert_eq!(
            guayaquil.end_of(date(2025, 11, 18)).unwrap().to_string(),
            "2025-11-19T05:00:00Z"
        );
    }

    #[test]
    fn london_has_summer_time() {
        let london = Zone::new("Europe/London", "GMT0BST,M3.5.0/1,M10.5.0").unwrap();
        let instant: Timestamp = "2026-06-30T23:30:00Z".parse().unwrap();
        assert_eq!(london.local(instant).date(), date(2026, 7, 1));
        assert_eq!(london.instant(london.local(instant)), Ok(instant));
        let skipped = london.instant(date(2026, 3, 29).at(1, 30, 0, 0)).unwrap();
        assert_eq!(
            london.local(skipped),
            date(2026, 3, 29).at(2, 30, 0, 0),
            "an hour that does not exist is moved on"
        );
    }

    #[test]
    fn a_zone_without_a_rule_is_refused() {
        assert_eq!(
            Zone::new("Nowhere", "x").unwrap_err().name(),
            "InvalidInput"
        );
    }
}
