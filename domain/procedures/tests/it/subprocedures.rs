//! Parts that other units do: opened, answered and cancelled in the procedure's own line of time.

use chasqui_procedures::command::Wish;
use chasqui_procedures::event::{Correction, Entry, Event};
use chasqui_procedures::outcome::{Outcome, Stage};
use chasqui_procedures::rejection::Rejection;
use chasqui_procedures::subprocedure::{
    MOST_SUBPROCEDURES, SubprocedureAnswered, SubprocedureCancelled, SubprocedureOpened,
    SubprocedureResult,
};

use crate::given::{
    Given, ask, correct, day, decided, entry, filed, given, grant, label, notified, unit,
};

const REPORT: &str = "Informe de linderos";

fn september() -> Given {
    given("10bd", [filed("2025-09-01")])
}

pub(crate) fn open() -> Wish {
    Wish::OpenSubprocedure {
        unit: unit("catastro"),
        name: label(REPORT),
    }
}

pub(crate) fn answer(number: u16) -> Wish {
    let result = SubprocedureResult::Favourable;
    Wish::AnswerSubprocedure { number, result }
}

pub(crate) fn opened(occurred: &str, number: u16) -> Entry {
    let opened = SubprocedureOpened {
        number,
        unit: unit("catastro"),
        name: label(REPORT),
    };
    entry(occurred, Event::SubprocedureOpened(opened))
}

pub(crate) fn part_answered(occurred: &str, number: u16) -> Entry {
    let result = SubprocedureResult::Favourable;
    let answered = SubprocedureAnswered { number, result };
    entry(occurred, Event::SubprocedureAnswered(answered))
}

fn open_parts(given: &Given) -> Vec<u16> {
    let state = given.state();
    state.subprocedures.open().map(|part| part.number).collect()
}

#[test]
fn a_part_is_numbered_asked_of_a_unit_and_answered_by_it() {
    let asked = september().when("2025-09-02", open()).unwrap();
    assert_eq!(asked, opened("2025-09-02", 1));
    let given = september().lived("2025-09-02", open());
    let answered = given.when("2025-09-04", answer(1)).unwrap();
    assert_eq!(answered.event, part_answered("2025-09-04", 1).event);
    assert_eq!(answered.unit, Some(unit("catastro")), "who did it is said");
    let given = given.lived("2025-09-04", answer(1));
    let state = given.state();
    let part = state.subprocedures.get(1).unwrap();
    assert_eq!(
        (part.opened_on, part.ended_on),
        (day("2025-09-02"), Some(day("2025-09-04")))
    );
    assert_eq!(part.result, Some(SubprocedureResult::Favourable));
    assert!(open_parts(&given).is_empty());
}

#[test]
fn several_parts_run_at_once_and_each_has_a_number_of_its_own() {
    let given = september()
        .lived("2025-09-02", open())
        .lived("2025-09-02", open())
        .lived("2025-09-03", answer(1))
        .lived("2025-09-03", open());
    assert_eq!(open_parts(&given), [2, 3]);
    let given = given.lived("2025-09-04", Wish::CancelSubprocedure { number: 2 });
    let cancelled = Event::SubprocedureCancelled(SubprocedureCancelled { number: 2 });
    assert_eq!(given.history.last().unwrap().event, cancelled);
    assert_eq!(open_parts(&given), [3]);
    assert_eq!(given.state().subprocedures.get(2).unwrap().result, None);
}

#[test]
fn parts_leave_the_unit_the_stage_and_the_clock_as_they_are() {
    let before = september().lived("2025-09-02", Wish::Admit);
    let with_parts = before
        .clone()
        .lived("2025-09-02", open())
        .lived("2025-09-03", open())
        .lived("2025-09-05", answer(1));
    let (before, after) = (before.state(), with_parts.state());
    assert_eq!(
        (after.unit.clone(), after.due.clone()),
        (before.unit.clone(), before.due.clone())
    );
    assert_eq!(
        (after.stage(), after.waiting_on()),
        (before.stage(), before.waiting_on())
    );
    assert_eq!(after.ledger, before.ledger);
    // A part takes a procedure up, as every work on it does.
    assert_eq!(
        september().lived("2025-09-02", open()).state().stage(),
        Stage::InReview
    );
}

#[test]
fn a_part_may_be_opened_while_the_applicant_completes_and_answered_after_the_decision() {
    let asked = september()
        .lived("2025-09-02", ask())
        .lived("2025-09-03", open());
    assert_eq!(asked.state().stage(), Stage::AwaitingApplicant);
    let decided = september()
        .lived("2025-09-02", open())
        .lived("2025-09-03", grant())
        .lived("2025-09-04", answer(1));
    assert!(open_parts(&decided).is_empty());
}

#[test]
fn what_does_not_fit_is_refused() {
    let refused = |given: &Given, wish| given.when("2025-09-10", wish).unwrap_err();
    let own = Wish::OpenSubprocedure {
        unit: unit("az-norte"),
        name: label(REPORT),
    };
    assert_eq!(refused(&september(), own), Rejection::AlreadyThere);
    let after_decision = given(
        "10bd",
        [filed("2025-09-01"), decided("2025-09-02", Outcome::Granted)],
    );
    assert_eq!(refused(&after_decision, open()), Rejection::AlreadyDecided);
    let ended = given(
        "10bd",
        [
            filed("2025-09-01"),
            opened("2025-09-02", 1),
            decided("2025-09-03", Outcome::Granted),
            notified("2025-09-04"),
        ],
    );
    let on = day("2025-09-04");
    assert_eq!(refused(&ended, answer(1)), Rejection::AlreadyEnded { on });
    assert_eq!(
        refused(&september(), answer(7)),
        Rejection::NoSuchSubprocedure { number: 7 }
    );
    let done = given(
        "10bd",
        [
            filed("2025-09-01"),
            opened("2025-09-02", 1),
            part_answered("2025-09-03", 1),
        ],
    );
    let on = day("2025-09-03");
    for wish in [answer(1), Wish::CancelSubprocedure { number: 1 }] {
        assert_eq!(
            refused(&done, wish),
            Rejection::SubprocedureEnded { number: 1, on }
        );
    }
    let open_since = given("10bd", [filed("2025-09-01"), opened("2025-09-05", 1)]);
    assert_eq!(
        open_since.when_late("2025-09-10", "2025-09-04", answer(1)),
        Err(Rejection::BeforeSubprocedure {
            number: 1,
            opened_on: day("2025-09-05")
        })
    );
}

#[test]
fn a_number_is_never_used_twice_also_if_its_part_did_not_happen() {
    let given = september()
        .lived("2025-09-02", open())
        .lived("2025-09-03", correct(2, Correction::DidNotHappen));
    assert!(open_parts(&given).is_empty());
    let next = given.when("2025-09-04", open()).unwrap();
    assert_eq!(next.event, opened("2025-09-04", 2).event);
    assert_eq!(
        given.when("2025-09-04", answer(1)),
        Err(Rejection::NoSuchSubprocedure { number: 1 })
    );
}

#[test]
fn there_is_an_end_to_the_parts_of_a_procedure() {
    let parts = (1..=MOST_SUBPROCEDURES).map(|number| opened("2025-09-02", number));
    let full = given("10bd", [filed("2025-09-01")].into_iter().chain(parts));
    assert_eq!(
        full.when("2025-09-03", open()),
        Err(Rejection::TooManySubprocedures {
            most: MOST_SUBPROCEDURES
        })
    );
}
