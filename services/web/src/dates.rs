//! Dates as the reader's language writes them.

use chasqui_procedures::Moment;
use jiff::Zoned;
use jiff::civil::Date;

use crate::messages::{self, Arg};
use crate::words;

/// `martes, 1 de diciembre de 2026`.
pub(crate) fn long(date: Date) -> String {
    let weekday = date.weekday().to_monday_one_offset();
    let weekday = words::of("weekday", &weekday.to_string());
    in_words("date-long", date, &[("weekday", weekday.into())])
}

/// `1 de diciembre de 2026`.
pub(crate) fn medium(date: Date) -> String {
    in_words("date-medium", date, &[])
}

/// `diciembre de 2026`, the month of a date.
pub(crate) fn month(date: Date) -> String {
    in_words("date-month", date, &[])
}

fn in_words(key: &str, date: Date, more: &[(&'static str, Arg<'_>)]) -> String {
    let (day, year) = (date.day().to_string(), date.year().to_string());
    let month = words::of("month", &date.month().to_string());
    let mut args = vec![
        ("day", Arg::Text(&day)),
        ("month", Arg::Text(month)),
        ("year", Arg::Text(&year)),
    ];
    args.extend_from_slice(more);
    messages::plain_with(key, &args)
}

/// A date with its time of day: `1 de diciembre de 2026, 09:40`.
pub(crate) fn clock(at: &Zoned) -> String {
    format!("{}, {:02}:{:02}", medium(at.date()), at.hour(), at.minute())
}

/// The date, and the time of day if it is known: an invented one is never shown.
pub(crate) fn moment(moment: Moment) -> String {
    match moment.wall_clock() {
        None => medium(moment.on()),
        Some(clock) => format!(
            "{}, {:02}:{:02}",
            medium(moment.on()),
            clock.hour(),
            clock.minute()
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_read_as_in_a_letter() {
        assert_eq!(
            long(jiff::civil::date(2026, 12, 1)),
            "martes, 1 de diciembre de 2026"
        );
        let moment = |text: &str| super::moment(text.parse().unwrap());
        assert_eq!(
            moment("2011-10-11T13:45:40+02:00"),
            "11 de octubre de 2011, 13:45"
        );
        assert_eq!(moment("2011-10-11"), "11 de octubre de 2011");
    }
}
