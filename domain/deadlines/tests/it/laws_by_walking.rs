//! The same answers, found by walking day after day with a published list of rest days in hand:
//! slow, obvious, and sharing no code with the crate.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use chasqui_deadlines::{
    Exclusion, Input, Ledger, Suspension, SuspensionCause, Term, Trigger, compute,
};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use proptest::prelude::*;
use serde_json::Value;

use crate::generators::{QUITO, any_extended_input, cases, filed, later};

static PUBLISHED: LazyLock<BTreeSet<Date>> = LazyLock::new(|| {
    let text = include_str!("../../../../tests/vectors/calendar_ec.json");
    let file: Value = serde_json::from_str(text).unwrap();
    let day = |value: &Value| value.as_str().unwrap().parse::<Date>().unwrap();
    let list = |name: &str| file["rest_days"][name].as_array().unwrap().clone();
    let decrees = file["meta"]["decrees"].as_array().unwrap().clone();
    let rest = list("EC")
        .into_iter()
        .chain(list("EC-QUITO"))
        .map(|d| day(&d));
    rest.chain(decrees.iter().map(|decree| day(&decree["date"])))
        .collect()
});

fn is_worked(day: Date) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    !weekend && !PUBLISHED.contains(&day)
}

/// "Running day d is counted iff business(d), trigger < d, and d is in no suspension (a, b]."
fn walk(trigger: Date, n: i64, suspensions: &[Suspension]) -> Date {
    let mut day = trigger;
    let mut counted = 0;
    while counted < n {
        day = day.tomorrow().unwrap();
        let suspended = suspensions
            .iter()
            .any(|s| s.from < day && day <= s.to.unwrap());
        if is_worked(day) && !suspended {
            counted += 1;
        }
    }
    day
}

fn published_date() -> impl Strategy<Value = Date> {
    (0..4_000_i64).prop_map(|days| date(2018, 1, 1).checked_add(days.days()).unwrap())
}

fn closed_suspensions(after: Date) -> impl Strategy<Value = Vec<Suspension>> {
    let one = (0..90_i64, 0..40_i64).prop_map(move |(start, days)| {
        let from = later(after, start);
        Suspension::open(SuspensionCause::Rectification, from).until(later(from, days))
    });
    proptest::collection::vec(one, 0..5)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_term_is_due_where_walking_leads(
        (day, suspensions) in published_date().prop_flat_map(|day| {
            (Just(day), closed_suspensions(day))
        }),
        n in 1..80_i64,
    ) {
        let input = Input {
            ledger: Ledger { suspensions: suspensions.clone(), extensions: Vec::new() },
            ..Input::new(Trigger::On(day), Term::business_days(n).unwrap())
        };
        let deadline = compute(&input, &QUITO).unwrap();
        prop_assert_eq!(deadline.due_on, Some(walk(day, n, &suspensions)));
        prop_assert_eq!(deadline.day_one, Some(walk(day, 1, &suspensions)));
    }

    #[test]
    fn the_receipt_accounts_for_every_day_once(input in any_extended_input()) {
        let deadline = compute(&input, &QUITO).unwrap();
        let (Some(due), Term::BusinessDays(n)) = (deadline.due_on, input.term) else { return Ok(()) };
        let days = deadline.receipt().days;
        let mut next = filed(&input).tomorrow().unwrap();
        let mut counted = 0;
        for day in &days {
            prop_assert_eq!(day.date, next);
            next = next.tomorrow().unwrap();
            let suspended = deadline.suspensions.iter().any(|s| {
                s.from < day.date && s.effective_to.is_none_or(|end| day.date <= end)
            });
            match (&day.excluded, day.counted) {
                (None, Some(ordinal)) => {
                    counted += 1;
                    prop_assert_eq!(ordinal, counted);
                    prop_assert!(QUITO.is_business_day(day.date) && !suspended);
                }
                (Some(Exclusion::Suspended { .. }), None) => prop_assert!(suspended),
                (Some(Exclusion::Rest(reason)), None) => {
                    let expected = QUITO.reason(day.date);
                    prop_assert_eq!(Some(reason), expected.as_ref());
                }
                other => prop_assert!(false, "{other:?}"),
            }
        }
        prop_assert_eq!(days.last().unwrap().date, due);
        prop_assert_eq!(counted, u32::from(n.get()) + deadline.extension_days);
    }
}
