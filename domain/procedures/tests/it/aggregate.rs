//! The aggregate that the framework sees forwards to the same decisions and the same state, through
//! the framework's own test harness.

use chasqui_procedures::Procedure;
use chasqui_procedures::aggregate::{ProcedureAggregate, Services};
use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::event::Correction;
use chasqui_procedures::outcome::Outcome;
use chasqui_procedures::rejection::Rejection;
use cqrs_es::test::TestFramework;
use cqrs_es::{Aggregate, DomainEvent};

use crate::given::{
    QUITO, admitted, corrected, decided, entry, filed, given, grant, moment, notified, rules,
};

fn services() -> Services {
    Services {
        now: moment("2025-09-05"),
        rules: rules("10bd"),
        calendar: QUITO.clone(),
    }
}

fn wish(wish: Wish) -> Command {
    Command {
        occurred: None,
        wish,
    }
}

#[test]
fn a_command_is_decided_as_the_domain_decides() {
    let history = vec![filed("2025-09-01")];
    let entry = given("10bd", history.clone())
        .when("2025-09-05", grant())
        .unwrap();
    TestFramework::<ProcedureAggregate>::with(services())
        .given(history)
        .when(wish(grant()))
        .then_expect_events(vec![entry]);
}

#[test]
fn a_command_is_refused_as_the_domain_refuses() {
    TestFramework::<ProcedureAggregate>::with(services())
        .given_no_previous_events()
        .when(wish(Wish::Admit))
        .then_expect_error(Rejection::NotFiled);
}

#[test]
fn entries_applied_one_by_one_leave_the_history_and_what_it_adds_up_to() {
    let history = [
        filed("2025-09-01"),
        admitted("2025-09-02"),
        decided("2025-09-03", Outcome::Granted),
        corrected("2025-09-04", 3, Correction::Outcome(Outcome::Denied)),
        notified("2025-09-05"),
    ];
    let mut aggregate = ProcedureAggregate::default();
    for (place, entry) in history.iter().enumerate() {
        aggregate.apply(entry.clone());
        assert_eq!(aggregate.history, history[..=place]);
        assert_eq!(aggregate.state, Procedure::of(&history[..=place]));
    }
    assert_eq!(aggregate.state.outcome(), Some(Outcome::Denied));
    let json = serde_json::to_string(&aggregate).unwrap();
    assert_eq!(
        serde_json::from_str::<ProcedureAggregate>(&json).unwrap(),
        aggregate
    );
}

#[test]
fn an_entry_is_stored_under_its_events_name_and_version() {
    let decided = decided("2025-09-03", Outcome::Granted);
    assert_eq!(
        (
            decided.event_type().as_str(),
            decided.event_version().as_str()
        ),
        ("Decided", "1")
    );
    assert_eq!(ProcedureAggregate::TYPE, "procedure");
    assert_eq!(entry("2025-09-03", decided.event.clone()), decided);
}
