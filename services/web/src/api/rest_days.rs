//! The rest days of a calendar, as they are published: some years, with the reason of every day. The
//! days are the domain's; here they get words, and stretches of days become events.

use chasqui_deadlines::{
    Calendar, CalendarBook, CalendarDay, CalendarId, DeadlineError, Language, RestReason,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde::Serialize;

use crate::dates;
use crate::icalendar::{Event, ICalendar};

/// The first and the last year that are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Years {
    pub(crate) first: i16,
    pub(crate) last: i16,
}

/// One day, and why it is not worked.
#[derive(Debug, Serialize)]
pub(crate) struct RestDay {
    #[serde(flatten)]
    day: CalendarDay,
    text: String,
}

impl Years {
    /// The most years in one answer.
    pub(crate) const MOST: i16 = 10;

    /// `2026`, `2025-2027`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let year = |text: &str| {
            let written = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
            let year = text.parse().ok().filter(|_| written);
            year.filter(|year| (1900..=2200).contains(year))
        };
        let (first, last) = text.split_once('-').unwrap_or((text, text));
        let years = Self {
            first: year(first)?,
            last: year(last)?,
        };
        (0..Self::MOST)
            .contains(&(years.last - years.first))
            .then_some(years)
    }

    /// The days of a calendar that are not worked in these years.
    fn days(self, calendar: &Calendar) -> Result<Vec<CalendarDay>, DeadlineError> {
        calendar.days_between(date(self.first, 1, 1), date(self.last, 12, 31))
    }
}

/// Every rest day, weekends apart.
pub(crate) fn list(calendar: &Calendar, years: Years) -> Result<Vec<RestDay>, DeadlineError> {
    let days = years.days(calendar)?;
    Ok(days
        .into_iter()
        .map(|day| RestDay {
            text: sentence(&day.reason, day.date),
            day,
        })
        .collect())
}

/// The weekdays on which nobody works, by their English names.
pub(crate) fn weekly_rest(calendar: &Calendar) -> Vec<String> {
    // A week that begins on a Monday; a weekend is a weekend whatever else falls on it.
    (5..12)
        .map(|day| date(2026, 1, day))
        .filter(|day| calendar.reason(*day) == Some(RestReason::Weekend))
        .map(|day| day.strftime("%A").to_string().to_lowercase())
        .collect()
}

/// The same days as a calendar that a telephone can subscribe to.
pub(crate) fn feed(
    book: &CalendarBook,
    calendar: &Calendar,
    years: Years,
    name: &str,
    source: &str,
) -> Result<String, DeadlineError> {
    let about = format!(
        "Días en que no corren los términos, además de sábados y domingos. Calendarios {}; versión {}.",
        ids(calendar.ids()).join(", "),
        calendar.version()
    );
    let mut feed = ICalendar::new(&format!("Días de descanso: {name}"), &about, source);
    for run in runs(&years.days(calendar)?) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            continue;
        };
        feed.event(&Event {
            uid: &uid(&first.reason, first.date),
            stamp: stamp(book, &first.reason),
            first: first.date,
            last: last.date,
            summary: name_of(&first.reason),
            description: &sentence(&first.reason, first.date),
            category: category(&first.reason),
        });
    }
    Ok(feed.finish())
}

pub(crate) fn ids(ids: &[CalendarId]) -> Vec<&str> {
    ids.iter().map(CalendarId::as_str).collect()
}

/// Days that follow each other for one reason, together; days on which two calendars rest, twice.
fn runs(days: &[CalendarDay]) -> Vec<Vec<&CalendarDay>> {
    let mut runs: Vec<Vec<&CalendarDay>> = Vec::new();
    for day in days {
        let continued = runs.iter_mut().rev().find(|run| {
            run.last().is_some_and(|last| {
                last.reason == day.reason && last.date.tomorrow().ok() == Some(day.date)
            })
        });
        match continued {
            Some(run) => run.push(day),
            None => runs.push(vec![day]),
        }
    }
    runs
}

/// A name that stays when the law moves the day, and differs by calendar and year.
fn uid(reason: &RestReason, first: Date) -> String {
    match reason {
        RestReason::Weekend => format!("weekend-{first}@chasqui"),
        RestReason::Holiday {
            id,
            nominal,
            calendar,
            ..
        } => format!("{calendar}-{id}-{nominal}@chasqui"),
        RestReason::Decree { id, calendar, .. }
        | RestReason::TermsSuspended { id, calendar, .. } => {
            format!("{calendar}-{id}-{first}@chasqui")
        }
    }
}

/// When it became known: a decree with the decree, a rule with the edition of the rules.
fn stamp(book: &CalendarBook, reason: &RestReason) -> Timestamp {
    let decree = match reason {
        RestReason::Weekend | RestReason::Holiday { .. } => None,
        RestReason::Decree { id, .. } | RestReason::TermsSuspended { id, .. } => {
            book.decrees().find(|decree| decree.id == *id)
        }
    };
    let edition = || {
        let month = book.edition().get(..7).unwrap_or_default();
        format!("{month}-01T00:00:00Z").parse().ok()
    };
    decree
        .and_then(|decree| book.known_from(decree))
        .or_else(edition)
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

fn name_of(reason: &RestReason) -> &str {
    match reason {
        RestReason::Weekend => "Fin de semana",
        RestReason::Holiday { name, .. }
        | RestReason::Decree { name, .. }
        | RestReason::TermsSuspended { name, .. } => name.in_language(Language::Es),
    }
}

const fn category(reason: &RestReason) -> &'static str {
    match reason {
        RestReason::Weekend => "Fin de semana",
        RestReason::Holiday { .. } => "Feriado",
        RestReason::Decree { .. } => "Decreto",
        RestReason::TermsSuspended { .. } => "Términos suspendidos",
    }
}

/// Why a day is not worked, in a sentence.
fn sentence(reason: &RestReason, date: Date) -> String {
    let name = name_of(reason);
    match reason {
        RestReason::Weekend => format!("{name}."),
        RestReason::Holiday { nominal, .. } if *nominal != date => {
            format!("{name}, trasladado del {}.", dates::long(*nominal))
        }
        RestReason::Holiday { .. } => format!("{name}."),
        RestReason::Decree { issued_on, .. } => match issued_on {
            Some(issued) => format!("{name}, emitido el {}.", dates::medium(*issued)),
            None => format!("{name}."),
        },
        RestReason::TermsSuspended { .. } => format!("Términos suspendidos: {name}."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quito() -> Calendar {
        let book = CalendarBook::ecuador();
        let ids = book.default_calendars();
        book.resolve(ids, Timestamp::MAX).unwrap()
    }

    #[test]
    fn years_are_one_or_a_few() {
        let years = |first, last| Some(Years { first, last });
        assert_eq!(Years::parse("2026"), years(2026, 2026));
        assert_eq!(Years::parse("2025-2027"), years(2025, 2027));
        assert_eq!(Years::parse("1900-1909"), years(1900, 1909));
        for wrong in [
            "",
            "26",
            "1899",
            "2201",
            "2027-2025",
            "2000-2010",
            "+026",
            "2026-",
            "x",
        ] {
            assert_eq!(Years::parse(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn every_rest_day_has_its_reason_in_words() {
        let years = Years::parse("2025").unwrap();
        let days = list(&quito(), years).unwrap();
        let text = |day: Date| {
            days.iter()
                .find(|one| one.day.date == day)
                .map(|one| &*one.text)
        };
        let moved = "Día de los Difuntos, trasladado del domingo, 2 de noviembre de 2025.";
        assert_eq!(text(date(2025, 11, 4)), Some(moved));
        let decreed = text(date(2025, 10, 9)).unwrap();
        assert!(
            decreed.ends_with("emitido el 2 de octubre de 2025."),
            "{decreed}"
        );
        assert_eq!(text(date(2025, 11, 5)), None);
        assert_eq!(weekly_rest(&quito()), ["saturday", "sunday"]);
    }

    #[test]
    fn the_feed_is_the_same_whenever_it_is_written_and_every_event_has_its_own_name() {
        let (book, calendar) = (CalendarBook::ecuador(), quito());
        let years = Years::parse("2024-2026").unwrap();
        let write = || feed(&book, &calendar, years, "Quito", "https://x.ec/q.ics").unwrap();
        let text = write();
        assert_eq!(text, write());
        let mut uids: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("UID:"))
            .collect();
        let events = uids.len();
        uids.sort_unstable();
        uids.dedup();
        assert_eq!(uids.len(), events);
        assert!(events > 30, "{events}");
        // Two days off by one decree are one event, known since the decree.
        let decree = "UID:EC-EC-D226-2024-04-18@chasqui\r\nDTSTAMP:20240417T050000Z\r\n\
            DTSTART;VALUE=DATE:20240418\r\nDTEND;VALUE=DATE:20240420\r\n";
        assert!(text.contains(decree), "{text}");
    }
}
