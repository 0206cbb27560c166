//! The calendars against published lists: thirteen years of rest days, five years by name, the
//! business days of a year, and what was known when.

use std::collections::BTreeSet;

use chasqui_deadlines::{
    Calendar, CalendarBook, CalendarId, Decree, DecreeEffect, Input, LocalName, RecoverableDays,
    RestReason, Trigger, compute,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::Value;

const CALENDAR: &str = include_str!("../../../../tests/vectors/calendar_ec.json");
const VECTORS: &str = include_str!("../../../../tests/vectors/deadline_vectors.json");

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn day(value: &Value) -> Date {
    value.as_str().unwrap().parse().unwrap()
}

fn id(text: &str) -> CalendarId {
    CalendarId::parse(text).unwrap()
}

fn quito(known_at: &str) -> Calendar {
    let book = CalendarBook::ecuador();
    book.resolve(book.default_calendars(), known_at.parse().unwrap())
        .unwrap()
}

fn all_known() -> Calendar {
    let book = CalendarBook::ecuador();
    book.resolve(book.default_calendars(), Timestamp::MAX)
        .unwrap()
}

/// Before any dated decree: only the rules, and the one decree whose date is not known.
const RULES_ONLY: &str = "2018-01-01T00:00:00Z";

fn extra(day: Date) -> Decree {
    Decree {
        id: format!("TEST-{day}").into(),
        calendar: id("EC"),
        effect: DecreeEffect::Rest,
        from: day,
        to: None,
        known_at: None,
        issued_on: Some(day.yesterday().unwrap()),
        recoverable: false,
        name: LocalName::spanish("Decreto de prueba"),
    }
}

#[test]
fn thirteen_years_of_rest_days_are_the_published_ones() {
    let published = json(CALENDAR);
    for (name, days) in published["rest_days"].as_object().unwrap() {
        let published: BTreeSet<Date> = days.as_array().unwrap().iter().map(day).collect();
        let book = CalendarBook::ecuador();
        let calendar = book.resolve(&[id(name)], Timestamp::MAX).unwrap();
        let ours: BTreeSet<Date> = calendar
            .days_between(date(2018, 1, 1), date(2030, 12, 31))
            .unwrap()
            .into_iter()
            .filter(|day| matches!(day.reason, RestReason::Holiday { .. }))
            .map(|day| day.date)
            .collect();
        assert_eq!(ours, published, "{name}");
    }
}

#[test]
fn every_holiday_of_the_published_table_has_its_name_and_its_day() {
    let book = CalendarBook::ecuador();
    for row in json(CALENDAR)["table"].as_array().unwrap() {
        let calendar = id(row["calendar"].as_str().unwrap());
        let resolved = book
            .resolve(std::slice::from_ref(&calendar), Timestamp::MAX)
            .unwrap();
        let found = resolved
            .days_between(day(&row["rest"]), day(&row["rest"]))
            .unwrap();
        let RestReason::Holiday {
            name,
            nominal,
            calendar: of,
            ..
        } = &found[0].reason
        else {
            panic!("{row}: {found:?}")
        };
        assert_eq!(
            name.in_language(Default::default()),
            row["name"].as_str().unwrap()
        );
        assert_eq!((*nominal, of), (day(&row["nominal"]), &calendar));
        assert_eq!(*nominal != found[0].date, row["moved"].as_bool().unwrap());
    }
}

#[test]
fn the_business_days_of_a_year_are_as_published() {
    let published = json(VECTORS);
    let without = json(VECTORS)["business_days_per_year_quito_without_decrees"].clone();
    let count = |calendar: &Calendar, year: i16| {
        calendar
            .business_days_between(date(year - 1, 12, 31), date(year, 12, 31))
            .unwrap()
    };
    let rules = CalendarBook::ecuador();
    for (year, expected) in published["business_days_per_year_quito"]
        .as_object()
        .unwrap()
    {
        let expected = expected.as_u64().unwrap();
        let year: i16 = year.parse().unwrap();
        assert_eq!(u64::from(count(&all_known(), year)), expected, "{year}");
        let early = rules
            .resolve(rules.default_calendars(), RULES_ONLY.parse().unwrap())
            .unwrap();
        // The decree of January 2025 has no known date, so it counts as always known.
        let undated = if year == 2025 { 2 } else { 0 };
        let ours = u64::from(count(&early, year)) + undated;
        assert_eq!(ours, without[year.to_string()].as_u64().unwrap(), "{year}");
    }
}

#[test]
fn the_days_that_other_calendars_get_wrong_are_right() {
    for row in json(VECTORS)["holidays_lib_differences"]
        .as_array()
        .unwrap()
    {
        for missing in row["missing_in_lib"].as_array().unwrap() {
            assert!(
                !all_known().is_business_day(day(missing)),
                "{missing} is a rest day"
            );
        }
        for moved in row["of_which_moved_away_nominal"].as_array().unwrap() {
            assert!(
                quito(RULES_ONLY).is_business_day(day(moved)),
                "{moved} is worked"
            );
        }
    }
}

#[test]
fn a_decree_exists_from_the_day_it_was_issued() {
    let holiday = date(2025, 10, 9);
    assert!(quito("2025-10-02T04:59:59Z").is_business_day(holiday));
    assert!(!quito("2025-10-02T05:00:00Z").is_business_day(holiday));
}

#[test]
fn a_new_decree_changes_the_version_and_only_the_new_book() {
    let book = CalendarBook::ecuador();
    let known = "2026-11-30T00:00:00Z".parse().unwrap();
    let before = book.resolve(book.default_calendars(), known).unwrap();
    let published = book.clone().with_decree(extra(date(2026, 11, 20))).unwrap();
    let after = published
        .resolve(published.default_calendars(), known)
        .unwrap();
    assert!(before.is_business_day(date(2026, 11, 20)));
    assert!(!after.is_business_day(date(2026, 11, 20)));
    assert_ne!(before.version(), after.version());
    assert_eq!(
        after.version(),
        &published.version(after.ids(), known).unwrap()
    );
    // As known before it was issued, nothing changed, not even the name of the calendar.
    let earlier = "2026-11-18T00:00:00Z".parse().unwrap();
    assert_eq!(
        book.version(book.default_calendars(), earlier),
        published.version(book.default_calendars(), earlier)
    );
}

#[test]
fn a_decree_for_another_canton_leaves_the_version_alone() {
    let book = CalendarBook::ecuador();
    let decree = Decree {
        calendar: id("EC-GUAYAQUIL"),
        ..extra(date(2026, 3, 4))
    };
    let published = book.clone().with_decree(decree).unwrap();
    let version = |book: &CalendarBook| book.version(&[id("EC"), id("EC-QUITO")], Timestamp::MAX);
    assert_eq!(version(&book), version(&published));
}

#[test]
fn the_decree_known_last_prevails_on_its_day() {
    let day = date(2026, 3, 4);
    let rest = Decree {
        issued_on: Some(date(2026, 2, 1)),
        ..extra(day)
    };
    let work = Decree {
        id: "TEST-WORK".into(),
        effect: DecreeEffect::Work,
        issued_on: Some(date(2026, 2, 10)),
        ..extra(day)
    };
    let book = CalendarBook::ecuador()
        .with_decree(work)
        .unwrap()
        .with_decree(rest)
        .unwrap();
    let worked = |at: &str| {
        book.resolve(&[id("EC")], at.parse().unwrap())
            .unwrap()
            .is_business_day(day)
    };
    assert!(worked("2026-01-31T00:00:00Z"));
    assert!(!worked("2026-02-05T00:00:00Z"));
    assert!(worked("2026-02-11T00:00:00Z"));
}

#[test]
fn a_saturday_worked_to_recover_a_bridge_day_is_no_business_day() {
    let saturday = date(2024, 4, 27);
    let decree = Decree {
        effect: DecreeEffect::Work,
        ..extra(saturday)
    };
    let book = CalendarBook::ecuador().with_decree(decree).unwrap();
    let calendar = book.resolve(&[id("EC")], Timestamp::MAX).unwrap();
    assert!(!calendar.is_business_day(saturday));
    assert_eq!(calendar.reason(saturday), Some(RestReason::Weekend));
}

#[test]
fn whether_recoverable_days_count_is_a_switch() {
    let day = date(2024, 4, 18);
    let book = CalendarBook::ecuador();
    let strict = book.clone().with_recoverable_days(RecoverableDays::Worked);
    let resolved = |book: &CalendarBook| book.resolve(&[id("EC")], Timestamp::MAX).unwrap();
    assert!(!resolved(&book).is_business_day(day));
    assert!(resolved(&strict).is_business_day(day));
    assert_ne!(resolved(&book).version(), resolved(&strict).version());
}

#[test]
fn a_procedures_calendar_is_found_from_the_places_of_its_parties() {
    let book = CalendarBook::ecuador();
    let quito = id("EC-QUITO");
    let guayaquil = id("EC-GUAYAQUIL");
    assert_eq!(
        book.jurisdictions(&quito, None),
        Ok(vec![id("EC"), quito.clone()])
    );
    assert_eq!(
        book.jurisdictions(&quito, Some(&guayaquil)),
        Ok(vec![id("EC"), guayaquil, quito.clone()])
    );
    let unknown = book
        .jurisdictions(&quito, Some(&id("EC-MORDOR")))
        .unwrap_err();
    assert_eq!(unknown.name(), "UnknownCalendar");
}

#[test]
fn before_the_law_of_2016_holidays_stay_on_their_own_day() {
    let calendar = all_known();
    assert!(!calendar.is_business_day(date(2012, 10, 9)));
    assert!(calendar.is_business_day(date(2012, 10, 8)));
    assert!(
        !calendar.is_business_day(date(2017, 1, 2)),
        "the first of 2017 was a Sunday"
    );
    assert!(!calendar.was_checked(date(2012, 1, 1), date(2012, 2, 1)));
    assert!(calendar.was_checked(date(2018, 1, 1), date(2025, 12, 31)));
    assert!(!calendar.was_checked(date(2025, 12, 1), date(2026, 1, 5)));
}

#[test]
fn a_bad_decree_is_refused_with_a_reason() {
    let name = |decree: Decree| {
        CalendarBook::ecuador()
            .with_decree(decree)
            .unwrap_err()
            .name()
    };
    let day = date(2026, 3, 4);
    assert_eq!(
        name(Decree {
            calendar: id("XX"),
            ..extra(day)
        }),
        "UnknownCalendar"
    );
    assert_eq!(
        name(Decree {
            to: Some(date(2026, 3, 3)),
            ..extra(day)
        }),
        "InvalidInput"
    );
    assert_eq!(
        name(Decree {
            to: Some(date(2036, 3, 3)),
            ..extra(day)
        }),
        "InvalidInput"
    );
    assert_eq!(
        name(Decree {
            id: "EC-D172".into(),
            ..extra(day)
        }),
        "InvalidInput"
    );
    assert_eq!(
        name(Decree {
            from: date(2300, 1, 1),
            ..extra(day)
        }),
        "DateOutOfRange"
    );
}

#[test]
fn a_profile_without_sense_is_refused_when_it_is_read() {
    let good = include_str!("../../data/ecuador.json");
    let name = |json: &str| CalendarBook::from_json(json).unwrap_err().name();
    assert!(CalendarBook::from_json(good).is_ok());
    assert_eq!(name("{}"), "InvalidInput");
    assert_eq!(
        name(&good.replace("\"tue\": -1", "\"tue\": true")),
        "InvalidInput"
    );
    assert_eq!(
        name(&good.replace("\"shift\": \"feriado\"", "\"shift\": \"x\"")),
        "InvalidInput"
    );
    assert_eq!(
        name(&good.replace("\"month\": 8", "\"month\": 13")),
        "InvalidInput"
    );
    assert_eq!(
        name(&good.replace("\"EC-GUAYAQUIL\"", "\"EC-QUITO\"")),
        "InvalidInput"
    );
    assert_eq!(
        name(&good.replace(r#""default_policies": "coa""#, r#""default_policies": "x""#)),
        "UnknownPolicies"
    );
}

#[test]
fn the_same_calendars_in_any_order_are_the_same_calendar() {
    let book = CalendarBook::ecuador();
    let one = book
        .resolve(&[id("EC"), id("EC-QUITO")], Timestamp::MAX)
        .unwrap();
    let other = book
        .resolve(&[id("EC-QUITO"), id("EC"), id("EC-QUITO")], Timestamp::MAX)
        .unwrap();
    assert_eq!(one.version(), other.version());
    assert_eq!(one.ids(), other.ids());
}

#[test]
fn a_resolved_calendar_can_be_shared_between_threads() {
    fn shared<T: Send + Sync + Clone>(_: &T) {}
    shared(&all_known());
    shared(&CalendarBook::ecuador());
}

#[test]
fn an_entitys_suspension_of_terms_reaches_only_the_procedures_before_it() {
    let emergency = Decree {
        calendar: id("EC-MDMQ"),
        effect: DecreeEffect::TermsSuspended,
        ..extra(date(2026, 3, 4))
    };
    let emergency = Decree {
        to: Some(date(2026, 3, 6)),
        ..emergency
    };
    let book = CalendarBook::ecuador().with_decree(emergency).unwrap();
    let reason = |ids: &[CalendarId]| {
        book.resolve(ids, Timestamp::MAX)
            .unwrap()
            .reason(date(2026, 3, 5))
    };
    let before_the_municipality = book.jurisdictions(&id("EC-MDMQ"), None).unwrap();
    assert_eq!(
        before_the_municipality,
        [id("EC"), id("EC-MDMQ"), id("EC-QUITO")]
    );
    assert!(matches!(
        reason(&before_the_municipality),
        Some(RestReason::TermsSuspended { .. })
    ));
    let quiteno_elsewhere = book
        .jurisdictions(&id("EC-GUAYAQUIL"), Some(&id("EC-QUITO")))
        .unwrap();
    assert_eq!(reason(&quiteno_elsewhere), None);
    let calendar = book
        .resolve(&before_the_municipality, Timestamp::MAX)
        .unwrap();
    assert!(calendar.was_checked(date(2025, 1, 1), date(2025, 12, 31)));
}

#[test]
fn the_same_instant_is_another_date_in_galapagos() {
    let book = CalendarBook::ecuador();
    let quito = all_known();
    let galapagos = quito.in_zone(book.zone_named("Pacific/Galapagos").unwrap());
    let filed = "2025-09-16T05:30:00Z".parse().unwrap();
    let input = Input::new(Trigger::ReceivedAt(filed), "5bd".parse().unwrap());
    let on_land = compute(&input, &quito).unwrap();
    let on_the_islands = compute(&input, &galapagos).unwrap();
    assert_eq!(on_land.legal_filing_date, date(2025, 9, 16));
    assert_eq!(on_the_islands.legal_filing_date, date(2025, 9, 15));
    assert_eq!(
        on_the_islands.expires_at.unwrap().to_string(),
        "2025-09-23T06:00:00Z"
    );
    assert_eq!(
        book.zone_named("Mars/Olympus").unwrap_err().name(),
        "InvalidInput"
    );
}
