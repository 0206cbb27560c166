//! The laws of a deadline (law notes, section 8): each holds for ten thousand random filings.

use std::collections::BTreeMap;

use chasqui_deadlines::{
    Calendar, CalendarBook, CalendarId, DecreeEffect, Input, Ledger, Term, Trigger, compute,
};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::generators::{
    QUITO, any_date, any_extended_input, any_input, any_policies, any_suspension, any_suspensions,
    any_term, any_unit, cases, decree, filed, later, office_hours, quito_with, term,
};

/// A due date, where none stands for later than any date.
fn due(input: &Input, calendar: &Calendar) -> Date {
    compute(input, calendar)
        .unwrap()
        .due_on
        .unwrap_or(Date::MAX)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_longer_term_is_never_due_sooner(
        mut input in any_input(),
        unit in any_unit(),
        (n, more) in (1..60_i64, 0..10_i64),
    ) {
        input.term = term(unit, n);
        let shorter = due(&input, &QUITO);
        input.term = term(unit, n + more);
        prop_assert!(shorter <= due(&input, &QUITO));
    }

    #[test]
    fn a_later_filing_is_never_due_sooner(
        (day, wait, suspensions) in (any_date(), 0..15_i64).prop_flat_map(|(day, wait)| {
            (Just(day), Just(wait), any_suspensions(later(day, wait)))
        }),
        term in any_term(),
        policies in any_policies(),
    ) {
        let ledger = Ledger { suspensions, extensions: Vec::new() };
        let filed_on = |day| Input {
            policies,
            ledger: ledger.clone(),
            ..Input::new(Trigger::On(day), term)
        };
        prop_assert!(due(&filed_on(day), &QUITO) <= due(&filed_on(later(day, wait)), &QUITO));
    }

    #[test]
    fn a_later_hour_is_never_due_sooner_whatever_the_desk(
        (second, wait) in (0..600_000_000_i64, 0..400_000_i64),
        term in any_term(),
        desk in any::<bool>(),
    ) {
        let start: Timestamp = "2018-01-01T00:00:00Z".parse().unwrap();
        let filed_at = |seconds| Input {
            policies: if desk { office_hours() } else { Default::default() },
            ..Input::new(Trigger::ReceivedAt(start + SignedDuration::from_secs(seconds)), term)
        };
        prop_assert!(due(&filed_at(second), &QUITO) <= due(&filed_at(second + wait), &QUITO));
    }

    #[test]
    fn a_suspension_never_brings_a_due_date_forward(
        (mut input, more) in any_input().prop_flat_map(|input| {
            let day = filed(&input);
            (Just(input), any_suspension(day))
        }),
    ) {
        let before = due(&input, &QUITO);
        input.ledger.suspensions.push(more);
        prop_assert!(before <= due(&input, &QUITO));
    }

    #[test]
    fn a_rest_day_never_brings_a_due_date_forward(
        input in any_input(),
        (offset, length) in (0..100_i64, 0..4_i64),
    ) {
        let first = later(filed(&input), offset);
        let more = decree(DecreeEffect::Rest, first, Some(later(first, length)));
        prop_assert!(due(&input, &QUITO) <= due(&input, &quito_with(more)));
    }

    #[test]
    fn a_general_suspension_of_terms_never_brings_a_due_date_forward(
        input in any_input(),
        (offset, length) in (0..100_i64, proptest::option::weighted(0.9, 0..40_i64)),
    ) {
        let first = later(filed(&input), offset);
        let last = length.map(|length| later(first, length));
        let more = decree(DecreeEffect::TermsSuspended, first, last);
        prop_assert!(due(&input, &QUITO) <= due(&input, &quito_with(more)));
    }

    #[test]
    fn the_order_of_the_ledger_does_not_matter(
        input in any_extended_input(),
        seed in any::<proptest::sample::Index>(),
    ) {
        let mut shuffled = input.clone();
        let suspensions = &mut shuffled.ledger.suspensions;
        if !suspensions.is_empty() {
            let middle = seed.index(suspensions.len());
            suspensions.rotate_left(middle);
            suspensions.reverse();
        }
        shuffled.ledger.extensions.reverse();
        let (one, other) = (compute(&input, &QUITO).unwrap(), compute(&shuffled, &QUITO).unwrap());
        prop_assert_eq!(one.due_on, other.due_on);
        prop_assert_eq!(one.base_due_on, other.base_due_on);
        prop_assert_eq!(one.suspended_business_days(), other.suspended_business_days());
    }

    #[test]
    fn on_the_due_day_the_whole_term_has_run(input in any_extended_input()) {
        let deadline = compute(&input, &QUITO).unwrap();
        let Some(due) = deadline.due_on else { return Ok(()) };
        let standing = deadline.standing(due, None);
        prop_assert_eq!(standing.remaining_days, 0);
        if let Term::BusinessDays(n) = input.term {
            let whole = i64::from(n.get()) + i64::from(deadline.extension_days);
            prop_assert_eq!(standing.elapsed_days, whole);
            prop_assert_eq!(i64::try_from(deadline.counted_days().len()).unwrap(), whole);
        }
    }

    #[test]
    fn a_term_in_business_days_ends_on_a_business_day(input in any_extended_input()) {
        let deadline = compute(&input, &QUITO).unwrap();
        if let (Some(due), true) = (deadline.due_on, input.term.counts_business_days()) {
            prop_assert!(QUITO.is_business_day(due));
            prop_assert!(due > filed(&input));
        }
    }

    #[test]
    fn strict_is_never_later_than_legal_and_expiry_is_the_end_of_the_day(
        input in any_extended_input(),
    ) {
        let deadline = compute(&input, &QUITO).unwrap();
        prop_assert!(deadline.base_due_on.unwrap_or(Date::MAX) <= deadline.due_on.unwrap_or(Date::MAX));
        if let (Some(due), Some(expires)) = (deadline.due_on, deadline.expires_at) {
            prop_assert_eq!(QUITO.zone().local(expires), due.tomorrow().unwrap().at(0, 0, 0, 0));
        }
    }

    #[test]
    fn one_version_of_the_calendar_gives_one_due_date(
        input in any_input(),
        (a, b) in (0..2_000_i64, 0..2_000_i64),
        (mask_a, mask_b) in (1..8_usize, 1..8_usize),
    ) {
        let book = CalendarBook::ecuador();
        let start: Timestamp = "2023-01-01T00:00:00Z".parse().unwrap();
        let resolve = |days: i64, mask: usize| {
            let names = ["EC", "EC-QUITO", "EC-GUAYAQUIL"].into_iter().enumerate();
            let chosen = names.filter(|(i, _)| mask & (1 << i) != 0);
            let ids: Vec<_> = chosen.map(|(_, id)| CalendarId::parse(id).unwrap()).collect();
            book.resolve(&ids, start + SignedDuration::from_hours(days * 24)).unwrap()
        };
        let mut by_version = BTreeMap::new();
        for (days, mask) in [(a, mask_a), (b, mask_b), (a, mask_b), (b, mask_a)] {
            let calendar = resolve(days, mask);
            let found = due(&input, &calendar);
            let first = *by_version.entry(calendar.version().clone()).or_insert(found);
            prop_assert_eq!(first, found);
        }
    }
}
