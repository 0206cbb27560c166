//! Work on a procedure: admitted, assigned, step by step, transferred. None of it touches the clock.

use chasqui_procedures::command::Wish;
use chasqui_procedures::event::{
    Admitted, Assigned, Event, StepCompleted, StepStarted, Transferred,
};
use chasqui_procedures::outcome::{Outcome, Stage};
use chasqui_procedures::rejection::Rejection;

use crate::given::{
    Given, admitted, archived, day, decided, entry, every_other_wish, filed, filing, given, label,
    notified, transferred, unit, withdrawn,
};

const NOON: &str = "2025-09-03T12:00:00-05:00";

#[test]
fn each_kind_of_work_is_recorded_as_it_is_wished() {
    let step = label("Inspección");
    let cases = [
        (Wish::Admit, Event::Admitted(Admitted {})),
        (
            Wish::Assign {
                to: unit("catastro"),
            },
            Event::Assigned(Assigned {
                to: unit("catastro"),
            }),
        ),
        (
            Wish::StartStep { step: step.clone() },
            Event::StepStarted(StepStarted { step: step.clone() }),
        ),
        (
            Wish::CompleteStep { step: step.clone() },
            Event::StepCompleted(StepCompleted { step }),
        ),
        (
            Wish::Transfer { to: unit("az-sur") },
            Event::Transferred(Transferred { to: unit("az-sur") }),
        ),
    ];
    let given = given("10bd", [filed("2025-09-01")]);
    for (wish, event) in cases {
        assert_eq!(given.when(NOON, wish), Ok(entry(NOON, event)));
    }
}

#[test]
fn work_takes_a_procedure_up_and_a_transfer_does_not() {
    let stage = |wish| {
        let given = given("10bd", [filed("2025-09-01")]).lived(NOON, wish);
        given.state().stage()
    };
    let step = || label("Inspección");
    assert_eq!(stage(Wish::Admit), Stage::InReview);
    assert_eq!(
        stage(Wish::Assign {
            to: unit("catastro")
        }),
        Stage::InReview
    );
    assert_eq!(stage(Wish::StartStep { step: step() }), Stage::InReview);
    assert_eq!(stage(Wish::CompleteStep { step: step() }), Stage::InReview);
    assert_eq!(stage(Wish::Transfer { to: unit("az-sur") }), Stage::Filed);
}

#[test]
fn a_transfer_moves_the_competence_and_an_assignment_does_not() {
    let given = given("10bd", []).lived("2025-09-01", filing());
    let due = given.state().due;
    let moved = given
        .clone()
        .lived(NOON, Wish::Transfer { to: unit("az-sur") })
        .state();
    assert_eq!(moved.unit, Some(unit("az-sur")));
    assert_eq!(moved.unit_since, Some(day("2025-09-03")));
    assert_eq!(moved.due, due, "a transfer never stops the term");
    let assigned = given
        .lived(
            NOON,
            Wish::Assign {
                to: unit("catastro"),
            },
        )
        .state();
    assert_eq!(assigned.unit, Some(unit("az-norte")));
    assert_eq!(assigned.unit_since, Some(day("2025-09-01")));
}

#[test]
fn a_procedure_is_admitted_once() {
    let given = given("10bd", [filed("2025-09-01"), admitted("2025-09-02")]);
    assert_eq!(
        given.when(NOON, Wish::Admit),
        Err(Rejection::AlreadyAdmitted)
    );
    let worked_on = given_worked_on();
    assert!(
        worked_on.when(NOON, Wish::Admit).is_ok(),
        "work is no admission"
    );
}

/// Taken up on the very day of filing, and never admitted.
fn given_worked_on() -> Given {
    let step = label("Inspección");
    given("10bd", [filed("2025-09-01")]).lived("2025-09-01", Wish::StartStep { step })
}

#[test]
fn a_procedure_is_not_transferred_to_where_it_is() {
    let to = |name| Wish::Transfer { to: unit(name) };
    let filed_there = given("10bd", [filed("2025-09-01")]);
    assert_eq!(
        filed_there.when(NOON, to("az-norte")),
        Err(Rejection::AlreadyThere)
    );
    let moved = given(
        "10bd",
        [filed("2025-09-01"), transferred("2025-09-02", "az-sur")],
    );
    assert_eq!(moved.when(NOON, to("az-sur")), Err(Rejection::AlreadyThere));
    assert!(moved.when(NOON, to("az-norte")).is_ok(), "it may go back");
}

#[test]
fn nothing_happens_to_a_procedure_that_was_never_filed() {
    for wish in every_other_wish() {
        let refused = given("10bd", []).when(NOON, wish.clone());
        assert_eq!(refused, Err(Rejection::NotFiled), "{wish:?}");
    }
}

#[test]
fn nothing_happens_before_the_legal_day_of_filing() {
    let given = given("10bd", [filed("2025-09-05")]);
    let filed_on = day("2025-09-05");
    for wish in every_other_wish() {
        // The last of them corrects the filing itself, which may have been earlier.
        if matches!(wish, Wish::Correct { .. }) {
            continue;
        }
        let refused = given.when_late("2025-09-08", "2025-09-04", wish.clone());
        assert_eq!(
            refused,
            Err(Rejection::BeforeFiling { filed_on }),
            "{wish:?}"
        );
    }
}

#[test]
fn nothing_is_recorded_before_it_happens() {
    let given = given("10bd", [filed("2025-09-01")]);
    for wish in every_other_wish() {
        let refused = given.when_late("2025-09-08", "2025-09-09", wish.clone());
        assert_eq!(refused, Err(Rejection::InTheFuture), "{wish:?}");
    }
}

#[test]
fn what_has_ended_is_only_archived_or_corrected() {
    let ends = [
        vec![
            decided("2025-09-02", Outcome::Granted),
            notified("2025-09-03"),
        ],
        vec![withdrawn("2025-09-03")],
        vec![withdrawn("2025-09-03"), archived("2025-09-04")],
    ];
    let on = day("2025-09-03");
    for end in ends {
        let given = given("10bd", [filed("2025-09-01")].into_iter().chain(end));
        assert_eq!(given.state().stage(), Stage::Ended);
        for wish in every_other_wish() {
            let refused = given.when("2025-09-08", wish.clone());
            let expected = if matches!(wish, Wish::Correct { .. }) {
                continue;
            } else if let Wish::Archive = wish {
                match given.state().archived_on {
                    Some(on) => Rejection::AlreadyEnded { on },
                    None => continue,
                }
            } else if matches!(wish, Wish::Notify { .. }) && given.state().decision.is_none() {
                Rejection::NotDecided
            } else {
                Rejection::AlreadyEnded { on }
            };
            assert_eq!(refused, Err(expected), "{wish:?}");
        }
        assert_eq!(
            given.when("2025-09-08", filing()),
            Err(Rejection::AlreadyFiled)
        );
    }
}
