//! Writing iCalendar (RFC 5545): content lines, escaped and folded. It knows the format, not what a
//! calendar of ours contains. Written by hand, because the crates for it bring a second library of
//! dates.

use jiff::Timestamp;
use jiff::civil::Date;

/// What an answer with a calendar is.
pub(crate) const CONTENT_TYPE: &str = "text/calendar; charset=utf-8";

/// The longest line, in bytes, without its end (RFC 5545, section 3.1).
const LONGEST_LINE: usize = 75;

/// A calendar being written. Nothing in it depends on when or where it is written.
#[derive(Debug)]
pub(crate) struct ICalendar(String);

/// An event of whole days.
#[derive(Debug)]
pub(crate) struct Event<'a> {
    /// Its name for ever, also when it is moved.
    pub(crate) uid: &'a str,
    /// When what it says became known.
    pub(crate) stamp: Timestamp,
    /// Its first day.
    pub(crate) first: Date,
    /// Its last day, included.
    pub(crate) last: Date,
    pub(crate) summary: &'a str,
    pub(crate) description: &'a str,
    pub(crate) category: &'a str,
}

impl ICalendar {
    /// Begins a calendar. `source` is the address where it is read again.
    pub(crate) fn new(name: &str, description: &str, source: &str) -> Self {
        let mut calendar = Self(String::new());
        calendar.raw("BEGIN:VCALENDAR");
        calendar.raw("VERSION:2.0");
        calendar.raw("PRODID:-//Chasqui//Calendarios//ES");
        calendar.raw("CALSCALE:GREGORIAN");
        // RFC 7986, and the names that were in use before it.
        calendar.text("NAME", name);
        calendar.text("X-WR-CALNAME", name);
        calendar.text("DESCRIPTION", description);
        calendar.raw("REFRESH-INTERVAL;VALUE=DURATION:P1D");
        calendar.raw("X-PUBLISHED-TTL:P1D");
        calendar.raw(&format!("SOURCE;VALUE=URI:{}", plain(source)));
        calendar
    }

    /// Adds an event. It does not make anybody busy.
    pub(crate) fn event(&mut self, event: &Event<'_>) {
        let day = |date: Date| date.strftime("%Y%m%d").to_string();
        // The end is exclusive; the last day of all has no next one.
        let end = event.last.tomorrow().unwrap_or(event.last);
        self.raw("BEGIN:VEVENT");
        self.text("UID", event.uid);
        let stamp = event.stamp.strftime("%Y%m%dT%H%M%SZ");
        self.raw(&format!("DTSTAMP:{stamp}"));
        self.raw(&format!("DTSTART;VALUE=DATE:{}", day(event.first)));
        self.raw(&format!("DTEND;VALUE=DATE:{}", day(end)));
        self.text("SUMMARY", event.summary);
        self.text("DESCRIPTION", event.description);
        self.text("CATEGORIES", event.category);
        self.raw("TRANSP:TRANSPARENT");
        self.raw("END:VEVENT");
    }

    /// Ends the calendar.
    pub(crate) fn finish(mut self) -> String {
        self.raw("END:VCALENDAR");
        self.0
    }

    fn text(&mut self, name: &str, value: &str) {
        self.raw(&format!("{name}:{}", escaped(value)));
    }

    /// One content line, folded between characters.
    fn raw(&mut self, line: &str) {
        let mut length = 0;
        for character in line.chars() {
            if length + character.len_utf8() > LONGEST_LINE {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(character);
            length += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text value (RFC 5545, section 3.3.11).
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// A value that is no text: nothing in it may end the line.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_control())
        .collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn calendar(summary: &str) -> String {
        let mut calendar = ICalendar::new("Ecuador", "Días de descanso", "https://x.ec/EC.ics");
        calendar.event(&Event {
            uid: "EC-difuntos-2025@chasqui",
            stamp: "2026-11-01T00:00:00Z".parse().unwrap(),
            first: date(2025, 11, 3),
            last: date(2025, 11, 4),
            summary,
            description: "",
            category: "Feriado",
        });
        calendar.finish()
    }

    #[test]
    fn an_event_covers_whole_days_and_its_end_is_exclusive() {
        let text = calendar("Difuntos");
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
        assert!(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
        let event = "DTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:20251103\r\n\
            DTEND;VALUE=DATE:20251105\r\nSUMMARY:Difuntos\r\n";
        assert!(text.contains(event), "{text}");
    }

    #[test]
    fn no_line_is_longer_than_75_bytes_and_none_is_cut_within_a_character() {
        for length in 60..90 {
            let summary = format!("{}{}", "x".repeat(length), "ñ€😀".repeat(40));
            let text = calendar(&summary);
            assert!(
                text.split("\r\n").all(|line| line.len() <= LONGEST_LINE),
                "{text}"
            );
            let unfolded = text.replace("\r\n ", "");
            assert!(
                unfolded.contains(&format!("SUMMARY:{summary}\r\n")),
                "{unfolded}"
            );
        }
    }

    #[test]
    fn what_a_text_contains_does_not_become_structure() {
        let text = calendar("a;b,c\\d\r\nEND:VCALENDAR");
        assert!(
            text.contains("SUMMARY:a\\;b\\,c\\\\d\\nEND:VCALENDAR\r\n"),
            "{text}"
        );
        assert_eq!(text.matches("\r\nEND:VCALENDAR").count(), 1);
    }
}
