//! Easter Sunday, from which Carnival and Good Friday are counted.

/// Month and day of Easter Sunday in a Gregorian year: the algorithm of Meeus, Jones and Butcher.
pub(crate) const fn easter(year: i32) -> (i8, i8) {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let in_century = year.rem_euclid(100);
    let skipped_leaps = century / 4;
    let moon_shift = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - skipped_leaps - moon_shift + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (in_century / 4) - epact - in_century % 4) % 7;
    let correction = (golden + 11 * epact + 22 * weekday) / 451;
    let days = epact + weekday - 7 * correction + 114;
    ((days / 31) as i8, (days % 31 + 1) as i8)
}

#[cfg(test)]
mod tests {
    use super::easter;

    #[test]
    fn known_easters_are_found() {
        let known = [
            (1900, 4, 15),
            (1954, 4, 18),
            (1981, 4, 19),
            (2000, 4, 23),
            (2008, 3, 23),
            (2011, 4, 24),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
        ];
        for (year, month, day) in known {
            assert_eq!(easter(year), (month, day), "{year}");
        }
    }

    #[test]
    fn easter_is_a_sunday_between_22_march_and_25_april() {
        for year in 1900..=2200_i16 {
            let (month, day) = easter(year.into());
            let date = jiff::civil::date(year, month, day);
            assert_eq!(date.weekday(), jiff::civil::Weekday::Sunday, "{date}");
            assert!(((3, 22)..=(4, 25)).contains(&(month, day)), "{date}");
        }
    }
}
