//! What comes after an end that was none: appeal and reopening; and abandonment, an end by waiting.

use chasqui_procedures::command::Wish;
use chasqui_procedures::event::{Appealed, Event, ReopenCause};
use chasqui_procedures::outcome::{Outcome, Stage};
use chasqui_procedures::rejection::Rejection;

use crate::given::{
    Given, asked, both, day, decided, due_of, filed, given, grant, notified, notify, suspend,
    withdrawn,
};

fn ended() -> Given {
    given(
        "10bd",
        [
            filed("2025-09-01"),
            decided("2025-09-08", Outcome::Denied),
            notified("2025-09-09"),
        ],
    )
}

const REOPEN: Wish = Wish::Reopen {
    cause: ReopenCause::AppealUpheld,
};

#[test]
fn a_notified_decision_can_be_appealed_against_and_nothing_moves_by_it() {
    let before = ended();
    let appealed = before.when("2025-09-15", Wish::Appeal).unwrap();
    assert_eq!(appealed.event, Event::Appealed(Appealed {}));
    let after = before.lived("2025-09-15", Wish::Appeal).state();
    assert_eq!(after.stage(), Stage::Ended);
    assert_eq!(after.outcome(), Some(Outcome::Denied));
    assert_eq!(after.due, ended().state().due);
}

#[test]
fn nobody_appeals_before_the_notification() {
    let early = ended().when_late("2025-09-15", "2025-09-08", Wish::Appeal);
    assert_eq!(early, Err(Rejection::NotNotified));
    let withdrew = given("10bd", [filed("2025-09-01"), withdrawn("2025-09-02")]);
    assert_eq!(
        withdrew.when("2025-09-15", Wish::Appeal),
        Err(Rejection::NotNotified)
    );
}

#[test]
fn a_reopened_procedure_has_its_whole_term_anew() {
    let reopened = ended().lived("2025-10-01T10:00:00-05:00", REOPEN);
    // Ten business days from 2 October 2025, without the ninth (Decree 172) and the tenth.
    let entry = reopened.history.last().unwrap();
    assert_eq!(due_of(entry), both("2025-10-17"));
    let state = reopened.state();
    assert_eq!(state.stage(), Stage::InReview);
    assert_eq!((state.decision, state.notified_on), (None, None));
    assert_eq!(
        state.filing.unwrap().filed_on,
        day("2025-09-01"),
        "it was filed when it was filed"
    );
}

#[test]
fn a_reopened_procedure_can_be_suspended_decided_and_notified_again() {
    let cause = chasqui_deadlines::SuspensionCause::ExternalReport;
    let again = ended()
        .lived("2025-10-01", REOPEN)
        .lived("2025-10-02", suspend(cause))
        .lived("2025-10-06", Wish::Resume { cause })
        .lived("2025-10-07", grant())
        .lived("2025-10-08", notify());
    let state = again.state();
    assert_eq!(state.outcome(), Some(Outcome::Granted));
    assert_eq!(state.ended_on(), Some(day("2025-10-08")));
    assert_eq!(state.ledger.suspensions.len(), 1);
}

#[test]
fn what_goes_on_is_not_reopened() {
    let open = given("10bd", [filed("2025-09-01")]);
    assert_eq!(open.when("2025-09-10", REOPEN), Err(Rejection::NotEnded));
    let early = ended().when_late("2025-09-15", "2025-09-08", REOPEN);
    assert_eq!(early, Err(Rejection::NotEnded));
}

#[test]
fn two_months_without_an_answer_are_abandonment() {
    let abandon = || Wish::Decide {
        outcome: Outcome::Abandoned,
    };
    let waiting = given("30bd", [filed("2025-09-01"), asked("2025-09-04", Some(10))]);
    let from = day("2025-11-04");
    assert_eq!(
        waiting.when("2025-11-03", abandon()),
        Err(Rejection::NotYetAbandoned { from })
    );
    assert!(waiting.when("2025-11-04", abandon()).is_ok());
    let nobody_asked = given("30bd", [filed("2025-09-01")]);
    assert_eq!(
        nobody_asked.when("2025-12-04", abandon()),
        Err(Rejection::NoRectificationOpen)
    );
}
