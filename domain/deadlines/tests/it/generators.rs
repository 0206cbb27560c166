//! Random but sensible filings, ledgers and policies for the laws.

use std::sync::LazyLock;

use chasqui_deadlines::{
    Calendar, CalendarBook, CalendarId, Decree, DecreeEffect, Extension, Input, Ledger, LocalName,
    OfficeHours, PlazoAnchor, Policies, Roll, Suspension, SuspensionCause, Term, TermUnit, Trigger,
};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;
use proptest::test_runner::Config;

pub(crate) const CASES: u32 = 10_000;

/// Ten thousand cases, no files left behind.
pub(crate) fn cases() -> Config {
    Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    }
}

pub(crate) static QUITO: LazyLock<Calendar> = LazyLock::new(|| {
    let book = CalendarBook::ecuador();
    book.resolve(book.default_calendars(), Timestamp::MAX)
        .unwrap()
});

/// A date between 2018 and 2035.
pub(crate) fn any_date() -> impl Strategy<Value = Date> {
    (0..6_570_i64).prop_map(|days| date(2018, 1, 1).checked_add(days.days()).unwrap())
}

pub(crate) fn later(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap()
}

pub(crate) fn any_unit() -> impl Strategy<Value = TermUnit> {
    prop_oneof![
        4 => Just(TermUnit::BusinessDays),
        2 => Just(TermUnit::CalendarDays),
        1 => Just(TermUnit::Weeks),
        2 => Just(TermUnit::Months),
        1 => Just(TermUnit::Years),
    ]
}

/// A term of any unit that fits a few years.
pub(crate) fn any_term() -> impl Strategy<Value = Term> {
    (any_unit(), 1..60_i64).prop_map(|(unit, n)| term(unit, n))
}

pub(crate) fn term(unit: TermUnit, amount: i64) -> Term {
    let amount = match unit {
        TermUnit::Years => amount.min(5),
        TermUnit::Months => amount.min(24),
        TermUnit::Immediate | TermUnit::BusinessDays | TermUnit::CalendarDays | TermUnit::Weeks => {
            amount
        }
    };
    Term::new(unit, amount).unwrap()
}

pub(crate) fn any_policies() -> impl Strategy<Value = Policies> {
    let anchor = prop_oneof![
        Just(PlazoAnchor::NextBusinessDay),
        Just(PlazoAnchor::TriggerDate),
        Just(PlazoAnchor::NextDay),
    ];
    let roll = prop_oneof![Just(Roll::None), Just(Roll::NextBusinessDay)];
    (anchor, roll).prop_map(|(plazo_anchor, roll)| Policies {
        plazo_anchor,
        roll,
        ..Policies::default()
    })
}

pub(crate) fn office_hours() -> Policies {
    let filing = chasqui_deadlines::FilingPolicy::OfficeHours(OfficeHours::DEFAULT);
    Policies {
        filing,
        ..Policies::default()
    }
}

/// A suspension that begins up to four months after a day: closed, granted, capped or open.
pub(crate) fn any_suspension(after: Date) -> impl Strategy<Value = Suspension> {
    let cause = proptest::sample::select(&SuspensionCause::ALL[..5]);
    let end = prop_oneof![
        6 => (0..60_i64).prop_map(Some),
        1 => Just(None),
    ];
    let grant = proptest::option::weighted(0.3, 1..20_u16);
    let cap = proptest::option::weighted(0.2, 1..4_u16);
    (cause, 0..120_i64, end, grant, cap).prop_map(move |(cause, start, end, grant, cap)| {
        let from = later(after, start);
        Suspension {
            to: end.map(|days| later(from, days)),
            grant_business_days: grant,
            cap_months: cap,
            ..Suspension::open(cause, from)
        }
    })
}

pub(crate) fn any_suspensions(after: Date) -> impl Strategy<Value = Vec<Suspension>> {
    proptest::collection::vec(any_suspension(after), 0..5)
}

/// A question about a filing on a known date, with suspensions and without extensions.
pub(crate) fn any_input() -> impl Strategy<Value = Input> {
    (any_date(), any_term(), any_policies()).prop_flat_map(|(day, term, policies)| {
        any_suspensions(day).prop_map(move |suspensions| Input {
            policies,
            ledger: Ledger {
                suspensions,
                extensions: Vec::new(),
            },
            ..Input::new(Trigger::On(day), term)
        })
    })
}

/// The same with extensions that the law allows: granted on the filing date, within the half.
pub(crate) fn any_extended_input() -> impl Strategy<Value = Input> {
    (any_input(), 0..=100_u32, 0..=100_u32).prop_map(|(mut input, first, share)| {
        let cap = input.policies.extension.cap_days(input.term);
        let total = cap * share / 100;
        let parts = [total * first / 100, total - total * first / 100];
        let Trigger::On(day) = input.trigger else {
            unreachable!()
        };
        input.ledger.extensions = (parts.into_iter())
            .filter(|days| *days > 0)
            .map(|days| Extension::new(u16::try_from(days).unwrap(), day))
            .collect();
        input
    })
}

/// The day a question counts from.
pub(crate) fn filed(input: &Input) -> Date {
    match input.trigger {
        Trigger::On(day) => day,
        Trigger::ReceivedAt(_) => unreachable!("the generators give dates"),
    }
}

/// A national decree of one kind over some days, known always.
pub(crate) fn decree(effect: DecreeEffect, from: Date, to: Option<Date>) -> Decree {
    Decree {
        id: "TEST".into(),
        calendar: CalendarId::parse("EC").unwrap(),
        effect,
        from,
        to,
        known_at: None,
        issued_on: None,
        recoverable: false,
        name: LocalName::spanish("Decreto de prueba"),
    }
}

/// Quito's calendar with one more decree.
pub(crate) fn quito_with(decree: Decree) -> Calendar {
    let book = CalendarBook::ecuador().with_decree(decree).unwrap();
    book.resolve(book.default_calendars(), Timestamp::MAX)
        .unwrap()
}
