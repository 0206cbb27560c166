//! When something happened, as precisely as is known and no more.
//!
//! Legal dates are civil dates of the place where they count, and a source may know only the date.
//! A [`Moment`] therefore keeps the date as it was written there, and the instant only where it was
//! stated: an invented 00:00 never appears. This file does no calendar arithmetic.

use std::fmt;
use std::str::FromStr;

use chasqui_deadlines::Zone;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Unit};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A civil date, with the time of day and its offset from UTC where they are known.
///
/// It is written `2011-10-11` or `2011-10-11T13:45:40.276+02:00`. It is ordered by date first, so a
/// bare date stands before every instant of the same day.
///
/// ```
/// use chasqui_procedures::Moment;
/// let filed: Moment = "2011-10-11T13:45:40.276+02:00".parse()?;
/// assert_eq!(filed.on().to_string(), "2011-10-11");
/// let dated: Moment = "2011-10-11".parse()?;
/// assert_eq!(dated.at(), None);
/// # Ok::<(), chasqui_procedures::moment::MomentError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    on: Date,
    at: Option<(Timestamp, Offset)>,
}

/// How much of a moment is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// The date only.
    Date,
    /// The instant.
    Instant,
}

/// The text is neither a date nor a date with time and offset, or lies outside 1900 to 2200.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date (2026-11-23) nor an instant with its offset (2026-11-23T10:04:00-05:00)")]
pub struct MomentError;

/// The years in which anything here can have happened.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

impl Moment {
    /// A moment of which only the date is known. Fails outside 1900 to 2200.
    pub fn dated(on: Date) -> Result<Self, MomentError> {
        if YEARS.contains(&on.year()) {
            Ok(Self { on, at: None })
        } else {
            Err(MomentError)
        }
    }

    /// An instant as the clocks of a zone showed it. Fails outside 1900 to 2200.
    pub fn at_zone(at: Timestamp, zone: &TimeZone) -> Result<Self, MomentError> {
        Self::at_offset(at, zone.to_offset(at))
    }

    /// An instant with the offset under which it was written. Fails outside 1900 to 2200.
    ///
    /// The offset is kept in whole minutes, as it is written: one with seconds (local mean time) would
    /// not read back as the same instant.
    pub fn at_offset(at: Timestamp, offset: Offset) -> Result<Self, MomentError> {
        let offset = offset.round(Unit::Minute).map_err(|_| MomentError)?;
        let on = offset.to_datetime(at).date();
        Self::dated(on).map(|dated| Self {
            at: Some((at, offset)),
            ..dated
        })
    }

    /// The same moment as the clocks of a calendar's zone showed it: legal dates are civil dates
    /// there, also for an instant that is written in another offset. A bare date is one already.
    #[must_use]
    pub fn seen_from(self, zone: &Zone) -> Self {
        let Some(at) = self.at() else { return self };
        let shift = zone
            .local(at)
            .duration_since(Offset::UTC.to_datetime(at))
            .as_secs();
        let offset = i32::try_from(shift)
            .ok()
            .and_then(|shift| Offset::from_seconds(shift).ok());
        offset
            .and_then(|offset| Self::at_offset(at, offset).ok())
            .unwrap_or(self)
    }

    /// The civil date, as written where it happened.
    #[must_use]
    pub fn on(&self) -> Date {
        self.on
    }

    /// The instant, if it is known.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        self.at.map(|(at, _)| at)
    }

    /// The wall-clock time where it happened, if it is known.
    #[must_use]
    pub fn wall_clock(&self) -> Option<DateTime> {
        self.at.map(|(at, offset)| offset.to_datetime(at))
    }

    /// How much is known.
    #[must_use]
    pub fn precision(&self) -> Precision {
        if self.at.is_some() {
            Precision::Instant
        } else {
            Precision::Date
        }
    }

    /// Whether this lies surely before the other: by instant where both have one, else by date.
    #[must_use]
    pub fn is_before(&self, other: &Self) -> bool {
        match (self.at(), other.at()) {
            (Some(a), Some(b)) => a < b,
            _ => self.on < other.on,
        }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            None => self.on.fmt(f),
            Some((at, offset)) => at.display_with_offset(offset).fmt(f),
        }
    }
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        if text.len() == 10 {
            return text.parse().map_err(|_| MomentError).and_then(Self::dated);
        }
        let pieces = jiff::fmt::temporal::DateTimeParser::new()
            .parse_pieces(text)
            .map_err(|_| MomentError)?;
        let stated = pieces.offset().ok_or(MomentError)?;
        let offset = if let jiff::fmt::temporal::PiecesOffset::Numeric(numeric) = stated {
            numeric.offset()
        } else {
            Offset::UTC
        };
        let time = pieces.time().ok_or(MomentError)?;
        let at = offset
            .to_timestamp(pieces.date().to_datetime(time))
            .map_err(|_| MomentError)?;
        Self::at_offset(at, offset)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_reads_back_as_it_was_written() {
        for text in [
            "2011-10-11",
            "2011-10-11T13:45:40.276+02:00",
            "2026-01-01T00:00:00-05:00",
        ] {
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn the_civil_date_is_the_one_of_the_place_not_of_greenwich() {
        let moment: Moment = "2026-01-01T23:30:00-05:00".parse().unwrap();
        assert_eq!(moment.on().to_string(), "2026-01-01");
        assert_eq!(moment.at().unwrap().to_string(), "2026-01-02T04:30:00Z");
    }

    #[test]
    fn what_cannot_be_placed_in_time_is_refused() {
        for text in [
            "",
            "1301-01-01",
            "2026-02-30",
            "2026-11-23T10:04:00",
            "hoy",
            "3101-01-01",
        ] {
            assert_eq!(text.parse::<Moment>(), Err(MomentError), "{text}");
        }
    }

    #[test]
    fn a_bare_date_is_never_surely_before_an_instant_of_the_same_day() {
        let dated: Moment = "2011-10-11".parse().unwrap();
        let instant: Moment = "2011-10-11T13:45:40+02:00".parse().unwrap();
        assert!(!dated.is_before(&instant) && !instant.is_before(&dated));
        assert!(dated < instant);
    }
}
