//! Input that nobody should send: it gets a named error or an answer, and never a panic.

use chasqui_deadlines::{BatchCalculator, BatchInput, DeadlineError, EARLIEST, LATEST, Language};
use jiff::civil::Date;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::generators::cases;

/// Mostly what a careful program would send, now and then what it would not.
fn one_of(
    good: &'static [&'static str],
    bad: &'static [&'static str],
) -> impl Strategy<Value = Value> {
    prop_oneof![
        40 => proptest::sample::select(good).prop_map(Value::from),
        1 => proptest::sample::select(bad).prop_map(Value::from),
        1 => Just(Value::Null),
    ]
}

fn day() -> impl Strategy<Value = Value> {
    const GOOD: [&str; 7] = [
        "2025-09-01",
        "2025-09-03",
        "2025-12-31",
        "2026-01-05",
        "2024-02-29",
        "2200-12-01",
        "1900-01-01",
    ];
    const BAD: [&str; 6] = [
        "1899-12-31",
        "2201-01-01",
        "9999-12-31",
        "-009999-01-01",
        "2025-02-30",
        "tomorrow",
    ];
    one_of(&GOOD, &BAD)
}

fn instant() -> impl Strategy<Value = Value> {
    const GOOD: [&str; 4] = [
        "2025-09-01T09:00:00-05:00",
        "2025-09-13T23:59:59-05:00",
        "1900-01-01T05:00:00Z",
        "2200-12-31T23:59:59Z",
    ];
    const BAD: [&str; 4] = [
        "9999-12-30T22:00:00Z",
        "-009999-01-02T01:59:59Z",
        "2201-01-02T04:59:59Z",
        "noon",
    ];
    one_of(&GOOD, &BAD)
}

fn amount() -> impl Strategy<Value = Value> {
    const EDGES: [i64; 9] = [0, -1, 5_000, 5_001, 65_535, 65_536, 240, i64::MAX, i64::MIN];
    prop_oneof![
        12 => (1..60_i64).prop_map(Value::from),
        1 => proptest::sample::select(&EDGES[..]).prop_map(Value::from),
    ]
}

fn term() -> impl Strategy<Value = Value> {
    const GOOD: [&str; 5] = ["business_days", "calendar_days", "weeks", "months", "years"];
    const BAD: [&str; 3] = ["immediate", "hours", "moons"];
    (amount(), one_of(&GOOD, &BAD))
        .prop_map(|(amount, unit)| json!({ "amount": amount, "unit": unit }))
}

fn suspension() -> impl Strategy<Value = Value> {
    const GOOD: [&str; 3] = ["subsanacion", "informe", "fuerza_mayor"];
    const BAD: [&str; 2] = ["incomplete", "siesta"];
    let limit = || proptest::option::of(prop_oneof![9 => 1..30_i64, 1 => 0..70_000_i64]);
    (one_of(&GOOD, &BAD), day(), day(), limit(), limit()).prop_map(
        |(cause, from, to, grant, cap)| {
            json!({ "cause": cause, "from": from, "to": to, "grant_business_days": grant,
                "cap_months": cap })
        },
    )
}

fn extension() -> impl Strategy<Value = Value> {
    (amount(), day())
        .prop_map(|(amount, day)| json!({ "amount": amount, "granted_and_notified_on": day }))
}

/// A question with a random choice of fields, sensible or not.
fn question() -> impl Strategy<Value = Value> {
    let maybe = |share: f64, s: BoxedStrategy<Value>| proptest::option::weighted(share, s);
    let calendars = proptest::collection::vec(
        one_of(&["EC", "EC-QUITO", "EC-GUAYAQUIL"], &["FR", "ec"]),
        0..4,
    );
    let hours = proptest::collection::vec(5..26_i64, 2..4).prop_map(Value::from);
    let silence = (amount(), one_of(&["positive", "none"], &["loud"]))
        .prop_map(|(amount, sense)| json!({ "amount": amount, "sense": sense }));
    let switch = || {
        one_of(
            &["next_business_day"],
            &["trigger_date", "none", "backwards"],
        )
    };
    let first = (
        maybe(0.5, instant().boxed()),
        maybe(0.95, day().boxed()),
        maybe(0.98, term().boxed()),
        proptest::collection::vec(suspension(), 0..3).prop_map(Value::from),
        proptest::collection::vec(extension(), 0..2).prop_map(Value::from),
        maybe(0.5, day().boxed()),
        maybe(0.5, instant().boxed()),
        maybe(0.5, silence.boxed()),
    );
    let second = (
        maybe(
            0.1,
            one_of(&["ecuador", "france", "united_kingdom"], &["narnia"]).boxed(),
        ),
        maybe(0.2, calendars.prop_map(Value::from).boxed()),
        maybe(
            0.3,
            one_of(&["civil_date", "office_hours"], &["moon"]).boxed(),
        ),
        maybe(0.3, switch().boxed()),
        maybe(0.3, switch().boxed()),
        maybe(0.1, hours.boxed()),
        maybe(0.3, day().boxed()),
        maybe(
            0.02,
            one_of(&["2025-01", "2200-12"], &["0000-00", "2025-13", "99999-01"]).boxed(),
        ),
    );
    (first, second).prop_map(|(first, second)| {
        let (filed_at, trigger, term, suspensions, extensions, as_of, notified, silence) = first;
        let (profile, calendars, filing, anchor, roll, close, known, month) = second;
        let mut fields = serde_json::Map::new();
        let mut set = |name: &str, value: Option<Value>| {
            if let Some(value) = value {
                fields.insert(name.to_owned(), value);
            }
        };
        set("trigger_date", trigger.filter(|_| filed_at.is_none()));
        set("filed_at", filed_at);
        set("term", term);
        set("suspensions", Some(suspensions));
        set("extensions", Some(extensions));
        set("as_of", as_of);
        set("notified_at", notified);
        set("silence", silence);
        set("profile", profile);
        set("calendars", calendars);
        set("filing_policy", filing);
        set("plazo_anchor", anchor);
        set("roll", roll);
        set("office_close", close);
        set("calendar_as_of", known);
        set("reporting_month", month);
        Value::Object(fields)
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn no_question_makes_the_calculator_panic(question in question()) {
        let mut calculator = BatchCalculator::default();
        let answer = calculator.answer_line(&question.to_string());
        let answer: Value = serde_json::from_str(&answer).unwrap();
        let parsed = BatchInput::parse(&question.to_string());
        if let Ok(deadline) = parsed.and_then(|question| calculator.deadline(&question)) {
            let receipt = deadline.receipt();
            prop_assert!(receipt.text(Language::En).len() >= 4);
            prop_assert!(receipt.summary().len() <= receipt.lines.len() + 2);
            for day in [Date::MIN, EARLIEST, deadline.legal_filing_date, LATEST, Date::MAX] {
                prop_assert!(!deadline.standing(day, None).line().text(Language::Es).is_empty());
            }
        }
        if let Some(error) = answer.get("error") {
            prop_assert!(DeadlineError::NAMES.contains(&error.as_str().unwrap()));
        }
    }

    #[test]
    fn no_line_of_text_makes_the_calculator_panic(line in "\\PC{0,60}") {
        let answer = BatchCalculator::default().answer_line(&line);
        prop_assert_eq!(answer, r#"{"error":"InvalidInput"}"#);
    }
}

#[test]
fn a_question_of_absurd_size_is_refused_before_it_is_read() {
    let long = format!("{{{}}}", " ".repeat(300_000));
    assert_eq!(
        BatchCalculator::default().answer_line(&long),
        r#"{"error":"TooMany"}"#
    );
}

#[test]
fn a_ledger_of_absurd_size_is_refused() {
    let entry = r#"{"cause":"informe","from":"2025-09-02","to":"2025-09-03"}"#;
    let ledger = vec![entry; 1_001].join(",");
    let line = format!(
        r#"{{"trigger_date":"2025-09-01","term":{{"amount":5,"unit":"business_days"}},"suspensions":[{ledger}]}}"#
    );
    assert_eq!(
        BatchCalculator::default().answer_line(&line),
        r#"{"error":"TooMany"}"#
    );
}

#[test]
fn the_ends_of_the_range_are_answered_or_named() {
    let mut calculator = BatchCalculator::default();
    let mut due = |day: &str, unit: &str| {
        let line = format!(r#"{{"trigger_date":"{day}","term":{{"amount":1,"unit":"{unit}"}}}}"#);
        calculator.answer_line(&line)
    };
    assert!(due("1900-01-01", "business_days").contains(r#""due_date":"1900-01-02""#));
    assert!(due("2200-12-30", "calendar_days").contains(r#""due_date":"2200-12-31""#));
    for unit in ["business_days", "calendar_days", "weeks", "months", "years"] {
        assert_eq!(
            due("2200-12-31", unit),
            r#"{"error":"DateOutOfRange"}"#,
            "{unit}"
        );
    }
}
