//! Another country is data: the French rule of silence and the British freedom of information,
//! with the dates their own systems expect.

use chasqui_deadlines::{BatchCalculator, BatchInput, CalendarBook, CalendarId, RestReason};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::Value;

const FR: &str = include_str!("../../../../tests/vectors/deadlines_fr.json");
const UK: &str = include_str!("../../../../tests/vectors/deadlines_uk.json");

fn check(file: &str, field: &str, count: usize, found: impl Fn(&BatchInput) -> Option<Date>) {
    let file: Value = serde_json::from_str(file).unwrap();
    let vectors = file["vectors"].as_array().unwrap();
    for vector in vectors {
        let question = BatchInput::parse(&vector["input"].to_string()).unwrap();
        let expected: Date = vector["expected"][field].as_str().unwrap().parse().unwrap();
        assert_eq!(
            found(&question),
            Some(expected),
            "{} {}",
            vector["id"],
            vector["title"]
        );
    }
    assert_eq!(vectors.len(), count);
}

#[test]
fn every_french_decision_date_is_found() {
    check(FR, "decision_date", 19, |question| {
        let deadline = BatchCalculator::default().deadline(question).unwrap();
        let silence = deadline.silence.unwrap();
        assert_eq!(silence.expires_on, deadline.due_on);
        silence.effective_from()
    });
}

#[test]
fn every_british_date_is_found() {
    check(UK, "due_date", 11, |question| {
        BatchCalculator::default()
            .deadline(question)
            .unwrap()
            .due_on
    });
}

#[test]
fn a_pending_correction_has_no_date_until_somebody_asks_on_a_day() {
    let question = |as_of: &str| {
        BatchInput::parse(&format!(
            r#"{{"profile":"france","trigger_date":"2023-05-15",
            "term":{{"amount":2,"unit":"months"}}{as_of},
            "suspensions":[{{"cause":"incorrect","from":"2023-05-30","to":null}}]}}"#
        ))
        .unwrap()
    };
    let due = |as_of| {
        BatchCalculator::default()
            .deadline(&question(as_of))
            .unwrap()
            .due_on
    };
    assert_eq!(due(""), None);
    assert_eq!(due(r#","as_of":"2023-06-05""#), Some(date(2023, 7, 22)));
}

#[test]
fn a_british_request_is_not_suspended_and_an_ecuadorian_cause_is_not_french() {
    let answer = |line: &str| BatchCalculator::default().answer_line(line);
    for profile in ["united_kingdom", "france"] {
        let line = format!(
            r#"{{"profile":"{profile}","trigger_date":"2023-05-15",
            "term":{{"amount":20,"unit":"business_days"}},
            "suspensions":[{{"cause":"subsanacion","from":"2023-05-30","to":null}}]}}"#
        );
        assert_eq!(answer(&line), r#"{"error":"CauseNotAllowed"}"#);
    }
}

#[test]
fn british_holidays_move_to_the_next_free_weekday() {
    let book = CalendarBook::united_kingdom();
    let all = book
        .resolve(book.default_calendars(), Timestamp::MAX)
        .unwrap();
    let england = book
        .resolve(&[CalendarId::parse("GB-ENG").unwrap()], Timestamp::MAX)
        .unwrap();
    // Christmas 2021 fell on a Saturday, New Year 2022 too.
    for day in [date(2021, 12, 27), date(2021, 12, 28), date(2022, 1, 3)] {
        assert!(!england.is_business_day(day), "{day}");
    }
    // The bank holiday of May 2020 was moved from the Monday to the Friday.
    assert!(england.is_business_day(date(2020, 5, 4)));
    assert!(!england.is_business_day(date(2020, 5, 8)));
    assert_eq!(
        england.days_between(date(2020, 5, 4), date(2020, 5, 4)),
        Ok(vec![])
    );
    // Scotland's second of January and Northern Ireland's twelfth of July are in the union only.
    for day in [date(2024, 1, 2), date(2024, 7, 12)] {
        assert!(
            england.is_business_day(day) && !all.is_business_day(day),
            "{day}"
        );
    }
}

#[test]
fn french_feasts_follow_easter() {
    let book = CalendarBook::france();
    let france = book
        .resolve(book.default_calendars(), Timestamp::MAX)
        .unwrap();
    for (day, name) in [
        (date(2023, 4, 10), "lundi_paques"),
        (date(2023, 5, 18), "ascension"),
        (date(2023, 5, 29), "lundi_pentecote"),
    ] {
        match france.reason(day) {
            Some(RestReason::Holiday { id, .. }) => assert_eq!(&*id, name),
            other => panic!("{day}: {other:?}"),
        }
    }
}

/// The French due date with corrections given as `cause, from, to`.
fn french(term: &str, as_of: &str, corrections: &[(&str, &str, &str)]) -> Option<Date> {
    let entry = |(cause, from, to): &(&str, &str, &str)| {
        let to = if to.is_empty() {
            "null".to_owned()
        } else {
            format!(r#""2023-{to}""#)
        };
        format!(r#"{{"cause":"{cause}","from":"2023-{from}","to":{to}}}"#)
    };
    let entries: Vec<String> = corrections.iter().map(entry).collect();
    let line = format!(
        r#"{{"profile":"france","trigger_date":"2023-05-15","term":{term}{as_of},"suspensions":[{}]}}"#,
        entries.join(",")
    );
    let question = BatchInput::parse(&line).unwrap();
    BatchCalculator::default()
        .deadline(&question)
        .unwrap()
        .due_on
}

#[test]
fn of_several_completions_the_last_to_arrive_starts_the_period_anew() {
    let months = r#"{"amount":2,"unit":"months"}"#;
    let both = [
        ("incomplete", "05-16", "06-30"),
        ("incomplete", "05-20", "05-25"),
    ];
    assert_eq!(french(months, "", &both), Some(date(2023, 8, 31)));
}

#[test]
fn what_is_asked_after_the_period_ran_out_does_not_start_it_again() {
    let days = r#"{"amount":30,"unit":"calendar_days"}"#;
    let late = [("incomplete", "06-20", "06-25")];
    assert_eq!(french(days, "", &late), Some(date(2023, 6, 14)));
}

#[test]
fn a_correction_asked_today_is_assumed_solved_today_and_costs_a_day() {
    let months = r#"{"amount":2,"unit":"months"}"#;
    let today = [("incorrect", "06-05", "")];
    let as_of = r#","as_of":"2023-06-05""#;
    assert_eq!(french(months, as_of, &today), Some(date(2023, 7, 16)));
}
