//! Reading a source's times: as precisely as they are written, in the source's zone.

use chasqui_procedures::Moment;
use jiff::civil::{Date, Time};
use jiff::fmt::temporal::{DateTimeParser, PiecesOffset};
use jiff::tz::TimeZone;

use super::mapping::Source;

/// How a source writes its times.
pub(super) struct Times {
    zone: TimeZone,
    format: Option<String>,
    midnight_is_date: bool,
}

impl Times {
    /// The zone was checked when the mapping was read.
    pub(super) fn of(source: &Source) -> Self {
        Self {
            zone: TimeZone::get(&source.zone).unwrap_or(TimeZone::UTC),
            format: source.time_format.clone(),
            midnight_is_date: source.midnight_is_date,
        }
    }

    /// The moment that a text states; none if it states none.
    pub(super) fn read(&self, text: &str) -> Option<Moment> {
        let moment = match &self.format {
            Some(format) => self.formatted(format, text)?,
            None => self.iso(text)?,
        };
        let midnight = moment
            .wall_clock()
            .is_some_and(|clock| clock.time() == Time::midnight());
        if midnight && self.midnight_is_date {
            Moment::dated(moment.on()).ok()
        } else {
            Some(moment)
        }
    }

    fn iso(&self, text: &str) -> Option<Moment> {
        let pieces = DateTimeParser::new().parse_pieces(text).ok()?;
        match (pieces.time(), pieces.offset()) {
            (None, _) => Moment::dated(pieces.date()).ok(),
            (Some(time), None) => self.local(pieces.date(), time),
            (Some(time), Some(PiecesOffset::Numeric(numeric))) => {
                let offset = numeric.offset();
                let at = offset.to_timestamp(pieces.date().to_datetime(time)).ok()?;
                Moment::at_offset(at, offset).ok()
            }
            // A Z tells the instant but not the place: the date is that of the source's zone.
            (Some(time), Some(_)) => {
                let at = jiff::tz::Offset::UTC
                    .to_timestamp(pieces.date().to_datetime(time))
                    .ok()?;
                Moment::at_zone(at, &self.zone).ok()
            }
        }
    }

    fn formatted(&self, format: &str, text: &str) -> Option<Moment> {
        let broken = jiff::fmt::strtime::parse(format, text).ok()?;
        let date = broken.to_date().ok()?;
        // Asked for the time, a text without one would answer midnight.
        if broken.hour().is_none() {
            return Moment::dated(date).ok();
        }
        let time = broken.to_time().ok()?;
        match broken.offset() {
            Some(offset) => {
                let at = offset.to_timestamp(date.to_datetime(time)).ok()?;
                Moment::at_offset(at, offset).ok()
            }
            None => self.local(date, time),
        }
    }

    fn local(&self, date: Date, time: Time) -> Option<Moment> {
        let at = self.zone.to_timestamp(date.to_datetime(time)).ok()?;
        Moment::at_zone(at, &self.zone).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(format: Option<&str>, midnight_is_date: bool) -> Times {
        Times {
            zone: TimeZone::get("Europe/Amsterdam").unwrap(),
            format: format.map(str::to_owned),
            midnight_is_date,
        }
    }

    fn read(times: &Times, text: &str) -> Option<String> {
        times.read(text).map(|moment| moment.to_string())
    }

    #[test]
    fn a_time_is_read_as_it_is_written_and_no_more_precisely() {
        let iso = times(None, false);
        let cases = [
            ("2011-10-11", "2011-10-11"),
            (
                "2011-10-11T13:45:40.276+02:00",
                "2011-10-11T13:45:40.276+02:00",
            ),
            (
                "2011-10-11 13:42:22.688000+02:00",
                "2011-10-11T13:42:22.688+02:00",
            ),
            ("2011-12-11T13:45:40", "2011-12-11T13:45:40+01:00"),
            ("2011-10-10T23:30:00Z", "2011-10-11T01:30:00+02:00"),
        ];
        for (text, moment) in cases {
            assert_eq!(read(&iso, text).as_deref(), Some(moment), "{text}");
        }
        for text in [
            "",
            "-",
            "ayer",
            "2011-13-01",
            "1301-01-01",
            "11/10/2011",
            "2011-02-30T10:00",
        ] {
            assert_eq!(read(&iso, text), None, "{text}");
        }
    }

    #[test]
    fn midnight_is_a_date_only_where_the_mapping_says_so() {
        let text = "2014-04-11T00:00:00+02:00";
        assert_eq!(
            read(&times(None, true), text).as_deref(),
            Some("2014-04-11")
        );
        assert_eq!(read(&times(None, false), text).as_deref(), Some(text));
    }

    #[test]
    fn a_format_of_spreadsheets_is_read() {
        let dates = times(Some("%d/%m/%Y"), false);
        assert_eq!(read(&dates, "11/10/2011").as_deref(), Some("2011-10-11"));
        let minutes = times(Some("%d/%m/%Y %H:%M"), false);
        let read = read(&minutes, "11/10/2011 07:05");
        assert_eq!(read.as_deref(), Some("2011-10-11T07:05:00+02:00"));
        let offset = times(Some("%d/%m/%Y %H:%M %z"), false).read("11/10/2011 07:05 -0500");
        assert_eq!(offset.unwrap().to_string(), "2011-10-11T07:05:00-05:00");
    }
}
