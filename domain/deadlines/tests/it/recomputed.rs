//! When a decree moves a deadline: what is told, and when nothing is.

use chasqui_deadlines::{Deadline, DecreeEffect, Input, RestReason, Trigger, compute};
use jiff::civil::{Date, date};

use crate::generators::{QUITO, decree, quito_with};

fn on(month: i8, day: i8) -> Date {
    date(2026, month, day)
}

/// Filed on Monday 2 March 2026, with a silence of 30 business days.
fn filed(term: &str) -> Deadline {
    let silence = serde_json::from_str(r#"{"amount":30,"sense":"positive"}"#).unwrap();
    let input = Input {
        silence,
        ..Input::new(Trigger::On(on(3, 2)), term.parse().unwrap())
    };
    compute(&input, &QUITO).unwrap()
}

#[test]
fn a_decree_inside_the_term_moves_it_and_is_named() {
    let moved = filed("5bd").moved_by(&quito_with(decree(DecreeEffect::Rest, on(3, 4), None)));
    let moved = moved.unwrap().unwrap();
    assert_eq!((moved.from, moved.to), (Some(on(3, 9)), Some(on(3, 10))));
    assert_eq!(moved.no_longer_counted.len(), 1);
    assert!(
        matches!(&moved.no_longer_counted[0].reason, RestReason::Decree { id, .. } if &**id == "TEST")
    );
    assert!(moved.counted_again.is_empty());
    assert_ne!(moved.from_version, moved.to_version);
}

#[test]
fn a_decree_that_gives_a_day_back_is_told_with_its_old_reason() {
    let good_friday_worked = quito_with(decree(DecreeEffect::Work, on(4, 3), None));
    let moved = filed("30bd")
        .moved_by(&good_friday_worked)
        .unwrap()
        .unwrap();
    assert_eq!((moved.from, moved.to), (Some(on(4, 14)), Some(on(4, 13))));
    assert!(
        matches!(&moved.counted_again[0].reason, RestReason::Holiday { id, .. } if &**id == "viernes_santo")
    );
}

#[test]
fn a_decree_after_the_term_and_the_silence_moves_nothing() {
    let later = quito_with(decree(DecreeEffect::Rest, on(7, 1), None));
    assert_eq!(filed("5bd").moved_by(&later).unwrap(), None);
}

#[test]
fn a_decree_that_moves_only_the_silence_is_told_too() {
    let later = quito_with(decree(DecreeEffect::Rest, on(4, 7), None));
    let moved = filed("5bd").moved_by(&later).unwrap().unwrap();
    assert_eq!(moved.from, moved.to);
    assert_eq!(moved.no_longer_counted[0].date, on(4, 7));
}

#[test]
fn a_suspension_of_all_terms_leaves_a_procedure_without_a_date() {
    let emergency = quito_with(decree(DecreeEffect::TermsSuspended, on(3, 4), None));
    let moved = filed("5bd").moved_by(&emergency).unwrap().unwrap();
    assert_eq!((moved.from, moved.to), (Some(on(3, 9)), None));
    assert_eq!(moved.no_longer_counted[0].date, on(3, 4));
}
