//! Dates as people in Ecuador write them.

use chasqui_procedures::Moment;
use jiff::civil::{Date, Weekday};

const MONTHS: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];

/// `martes, 1 de diciembre de 2026`.
pub(crate) fn long(date: Date) -> String {
    format!("{}, {}", weekday(date), medium(date))
}

/// `1 de diciembre de 2026`.
pub(crate) fn medium(date: Date) -> String {
    format!("{} de {}", date.day(), month(date))
}

/// `diciembre de 2026`, the month of a date.
pub(crate) fn month(date: Date) -> String {
    let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    format!("{month} de {}", date.year())
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

fn weekday(date: Date) -> &'static str {
    match date.weekday() {
        Weekday::Monday => "lunes",
        Weekday::Tuesday => "martes",
        Weekday::Wednesday => "miércoles",
        Weekday::Thursday => "jueves",
        Weekday::Friday => "viernes",
        Weekday::Saturday => "sábado",
        Weekday::Sunday => "domingo",
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
