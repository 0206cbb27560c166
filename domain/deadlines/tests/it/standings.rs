//! How a procedure stands on a day: from running to late, suspended, notified, silent.

use chasqui_deadlines::{
    ClockState, Deadline, Input, Language, Ledger, Policies, SilenceClock, SilenceEffect,
    SilenceRule, StandingKind, Suspension, SuspensionCause, Trigger, compute,
};
use chasqui_deadlines::{Extension, Term};
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::generators::{QUITO, any_extended_input, cases, filed, later};

fn on(month: i8, day: i8) -> Date {
    date(2025, month, day)
}

/// Filed on 1 September 2025, due on the 15th; silence after 30 business days.
fn deadline() -> Deadline {
    let silence = SilenceRule::After {
        term: "30bd".parse().unwrap(),
        effect: SilenceEffect::Positive,
    };
    let input = Input {
        silence,
        ..Input::new(Trigger::On(on(9, 1)), "10bd".parse().unwrap())
    };
    compute(&input, &QUITO).unwrap()
}

fn kind(on: Date, notified: Option<Date>) -> StandingKind {
    deadline().standing(on, notified).kind
}

#[test]
fn a_procedure_runs_is_due_soon_is_due_today_is_overdue_and_then_silence_speaks() {
    assert_eq!(
        kind(on(8, 25), None),
        StandingKind::Running,
        "before it was filed"
    );
    assert_eq!(kind(on(9, 9), None), StandingKind::Running);
    assert_eq!(kind(on(9, 10), None), StandingKind::DueSoon);
    assert_eq!(kind(on(9, 15), None), StandingKind::DueToday);
    assert_eq!(kind(on(9, 16), None), StandingKind::Overdue);
    let last = deadline().silence.unwrap().expires_on.unwrap();
    assert_eq!(kind(last, None), StandingKind::Overdue);
    assert_eq!(
        kind(last.tomorrow().unwrap(), None),
        StandingKind::SilenceAccrued
    );
}

#[test]
fn a_notification_settles_it_from_its_day_on() {
    assert_eq!(
        kind(on(9, 12), Some(on(9, 15))),
        StandingKind::DueSoon,
        "not notified yet"
    );
    assert_eq!(
        kind(on(9, 15), Some(on(9, 15))),
        StandingKind::NotifiedOnTime
    );
    assert_eq!(
        kind(on(12, 1), Some(on(9, 15))),
        StandingKind::NotifiedOnTime
    );
    assert_eq!(kind(on(12, 1), Some(on(9, 16))), StandingKind::NotifiedLate);
    let late = deadline().standing(on(12, 1), Some(on(9, 16)));
    assert_eq!(late.timeliness.unwrap().business_days_late, 1);
    assert_eq!(
        late.silence, None,
        "a late answer in time for the silence clock prevents silence"
    );
}

#[test]
fn an_answer_after_silence_does_not_undo_it() {
    let silent = deadline().silence.unwrap().effective_from().unwrap();
    let standing = deadline().standing(on(12, 1), Some(silent));
    assert_eq!(standing.kind, StandingKind::NotifiedLate);
    assert_eq!(standing.silence.unwrap().effective_from, silent);
}

#[test]
fn a_suspended_clock_keeps_its_days() {
    let asked = Suspension::open(SuspensionCause::Rectification, on(9, 4));
    let input = Input {
        ledger: Ledger {
            suspensions: vec![asked],
            extensions: vec![],
        },
        ..deadline().input().clone()
    };
    let suspended = compute(&input, &QUITO).unwrap();
    assert_eq!(
        suspended.standing(on(9, 4), None).kind,
        StandingKind::Running
    );
    for day in [5, 12, 30] {
        let standing = suspended.standing(on(9, day), None);
        assert_eq!(standing.kind, StandingKind::Suspended);
        assert_eq!((standing.elapsed_days, standing.remaining_days), (3, 7));
        assert_eq!(standing.business_days_left, None);
    }
    assert_eq!(
        suspended.standing(date(2035, 1, 1), None).silence,
        None,
        "silence is suspended too"
    );
}

#[test]
fn a_term_in_months_counts_the_days_of_the_calendar() {
    let input = Input::new(Trigger::On(on(3, 10)), "3m".parse().unwrap());
    let deadline = compute(&input, &QUITO).unwrap();
    let standing = deadline.standing(on(6, 1), None);
    assert_eq!((standing.elapsed_days, standing.remaining_days), (83, 10));
    assert_eq!(standing.business_days_left, Some(8));
}

#[test]
fn whether_an_extension_moves_the_silence_is_a_switch() {
    let extended = |silence_clock| {
        let base = deadline().input().clone();
        let input = Input {
            policies: Policies {
                silence_clock,
                ..Policies::default()
            },
            ledger: Ledger {
                suspensions: vec![],
                extensions: vec![Extension::new(5, on(9, 10))],
            },
            ..base
        };
        compute(&input, &QUITO).unwrap().silence.unwrap().expires_on
    };
    let plain = deadline().silence.unwrap().expires_on;
    assert_eq!(extended(SilenceClock::WithoutExtensions), plain);
    assert!(extended(SilenceClock::WithExtensions) > plain);
}

#[test]
fn every_kind_has_a_label_in_every_language() {
    for kind in StandingKind::ALL {
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.id());
        assert_ne!(kind.label(Language::Es), kind.label(Language::En));
        assert_eq!(kind.label(Language::Qu), kind.label(Language::Es));
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_standing_never_contradicts_itself(input in any_extended_input(), days in 0..400_i64) {
        let deadline = compute(&input, &QUITO).unwrap();
        let day = later(filed(&input), days);
        let standing = deadline.standing(day, None);
        match (deadline.due_on, standing.clock) {
            (Some(due), ClockState::Overdue) => prop_assert!(day > due),
            (Some(due), ClockState::DueToday) => prop_assert!(day == due),
            (Some(due), ClockState::Running | ClockState::Suspended) => prop_assert!(day < due),
            (None, clock) => {
                prop_assert!(matches!(clock, ClockState::Running | ClockState::Suspended));
            }
        }
        prop_assert_eq!(standing.business_days_left.is_some(), deadline.due_on.is_some());
        if standing.business_days_overdue > 0 {
            prop_assert_eq!(standing.clock, ClockState::Overdue);
            prop_assert_eq!(standing.business_days_left, Some(0));
        }
        if standing.clock == ClockState::Overdue {
            prop_assert!(standing.remaining_days <= 0);
        } else {
            prop_assert!(standing.remaining_days >= 0);
        }
        // Tomorrow at most one day less is left, and never one more.
        let tomorrow = deadline.standing(day.tomorrow().unwrap(), None);
        let step = standing.remaining_days - tomorrow.remaining_days;
        prop_assert!((0..=1).contains(&step), "{step}");
    }

    #[test]
    fn net_days_are_gross_days_less_the_suspended_ones(
        input in any_extended_input(),
        days in 0..200_i64,
    ) {
        let deadline = compute(&input, &QUITO).unwrap();
        let notified = deadline.timeliness(later(filed(&input), days)).unwrap();
        prop_assert!(notified.net_business_days <= notified.gross_business_days);
        prop_assert!(notified.gross_business_days <= notified.gross_calendar_days);
        prop_assert!(!notified.on_time_strict || notified.on_time_legal);
        if let (Some(due), Term::BusinessDays(n)) = (deadline.due_on, input.term) {
            let whole = u32::from(n.get()) + deadline.extension_days;
            // In time is within the term, net of suspensions: the two definitions agree on
            // business days.
            if QUITO.is_business_day(notified.notified_on) && notified.notified_on <= due {
                prop_assert!(notified.net_business_days <= whole);
            }
            prop_assert_eq!(notified.on_time_legal, notified.notified_on <= due);
        }
    }
}
