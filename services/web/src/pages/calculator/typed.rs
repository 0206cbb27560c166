//! Dates as browsers send them and as people type them.

use jiff::civil::Date;

/// `2025-10-31` as browsers send it, `31/10/2025` and `31-10-2025` as people write it.
pub(super) fn date(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['-', '/']).collect();
    let [first, month, last] = parts[..] else {
        return None;
    };
    let number = |text: &str| {
        let written = (1..=4).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        text.parse::<i16>().ok().filter(|_| written)
    };
    let (year, day) = match (first.len(), last.len()) {
        (4, 1..=2) => (first, last),
        (1..=2, 4) => (last, first),
        _ => return None,
    };
    let small = |text: &str| i8::try_from(number(text)?).ok();
    Date::new(number(year)?, small(month)?, small(day)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_as_browsers_send_it_and_as_people_write_it() {
        let october = jiff::civil::date(2025, 10, 3);
        for text in [
            "2025-10-03",
            "03/10/2025",
            "3/10/2025",
            "3-10-2025",
            "2025/10/3",
        ] {
            assert_eq!(date(text), Some(october), "{text}");
        }
        let wrong = [
            "",
            "3/10/25",
            "2025-10",
            "2025-02-30",
            "+3/10/2025",
            "3/10/2025/1",
            "0-0-0",
            "x/y/zzzz",
        ];
        for text in wrong {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
