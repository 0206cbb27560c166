//! How a procedure ends: decided, notified, withdrawn, archived; and what a correction mends.

use chasqui_procedures::Procedure;
use chasqui_procedures::catalogue::ClockStop;
use chasqui_procedures::command::Wish;
use chasqui_procedures::erasure::ErasureBasis;
use chasqui_procedures::event::{
    Archived, Corrected, Correction, CorrectionReason, Decided, Event, Filed, Notified, Withdrawn,
};
use chasqui_procedures::outcome::{Outcome, Stage, WaitingOn};
use chasqui_procedures::rejection::Rejection;

use crate::given::{
    Given, admitted, archived, asked, both, correct, corrected, day, decided, due_of, entry,
    extend, filed, filed_by_somebody, filing, given, grant, moment, notified, notify, suspend,
    transferred, unit, withdrawn,
};

const NOON: &str = "2025-09-10T12:00:00-05:00";

fn granted() -> Given {
    given(
        "10bd",
        [filed("2025-09-01"), decided("2025-09-08", Outcome::Granted)],
    )
}

#[test]
fn erasing_the_person_changes_nothing_but_that_it_was_done() {
    let history = [
        filed_by_somebody("2025-09-01"),
        decided("2025-09-02", Outcome::Granted),
        notified("2025-09-03"),
    ];
    let before = Procedure::of(&history);
    let erase = Wish::ErasePerson {
        basis: ErasureBasis::PeriodOver,
        while_open: false,
    };
    let entry = given("10bd", history.clone())
        .when("2025-09-10", erase)
        .unwrap();
    let mut after = Procedure::of(&[&history[..], &[entry]].concat());
    assert_eq!(after.person_erased_on, Some(day("2025-09-10")));
    assert_eq!(after.span, before.span, "it is no movement");
    after.person_erased_on = None;
    after.version -= 1;
    assert_eq!(after, before);
}

#[test]
fn a_running_procedure_loses_its_person_only_if_that_is_said() {
    let running = || given("10bd", [filed_by_somebody("2025-09-01")]);
    let erase = |while_open| Wish::ErasePerson {
        basis: ErasureBasis::LegalOrder,
        while_open,
    };
    let refused = running().when("2025-09-02", erase(false));
    assert_eq!(refused, Err(Rejection::PersonNeeded));
    let granted = running().when("2025-09-02", erase(true)).unwrap();
    assert!(matches!(granted.event, Event::PersonErased(_)));
}

#[test]
fn every_outcome_can_be_decided() {
    // Abandonment needs a request that stayed unanswered: see `reopening.rs`.
    for outcome in Outcome::ALL
        .into_iter()
        .filter(|one| *one != Outcome::Abandoned)
    {
        let given = given("10bd", [filed("2025-09-01")]);
        let wish = Wish::Decide { outcome };
        let decided = entry(NOON, Event::Decided(Decided { outcome }));
        assert_eq!(given.when(NOON, wish.clone()), Ok(decided));
        let state = given.lived(NOON, wish).state();
        assert_eq!(state.outcome(), Some(outcome));
        assert_eq!(state.stage(), Stage::Decided);
        assert_eq!(
            state.waiting_on(),
            WaitingOn::Municipality,
            "it is to be notified"
        );
    }
}

/// COA 202: the authority must decide expressly even when it is late.
#[test]
fn a_decision_may_come_after_the_term_and_while_it_rests() {
    assert!(
        given("10bd", [filed("2025-01-06")])
            .when(NOON, grant())
            .is_ok()
    );
    let awaiting = given("10bd", [filed("2025-09-01"), asked("2025-09-03", Some(10))]);
    assert!(awaiting.when(NOON, grant()).is_ok());
}

#[test]
fn a_procedure_is_decided_once() {
    assert_eq!(
        granted().when(NOON, grant()),
        Err(Rejection::AlreadyDecided)
    );
    assert_eq!(
        granted().when(NOON, Wish::Withdraw),
        Err(Rejection::AlreadyDecided)
    );
}

/// COA 164 and 207: the notification, not the signature.
#[test]
fn the_notification_ends_it() {
    let channel = Some("internet".parse().unwrap());
    let wish = Wish::Notify {
        channel: channel.clone(),
    };
    let event = entry(NOON, Event::Notified(Notified { channel }));
    assert_eq!(granted().when(NOON, wish.clone()), Ok(event));
    assert_eq!(granted().state().ended_on(), None);
    let state = granted().lived(NOON, wish).state();
    assert_eq!(state.ended_on(), Some(day("2025-09-10")));
    assert_eq!(
        (state.stage(), state.waiting_on()),
        (Stage::Ended, WaitingOn::Nobody)
    );
}

#[test]
fn nothing_is_notified_before_it_is_decided() {
    let undecided = given("10bd", [filed("2025-09-01")]);
    assert_eq!(undecided.when(NOON, notify()), Err(Rejection::NotDecided));
    // Decided on the 8th: a notification on the 5th would make a late answer punctual.
    let backdated = granted().when_late(NOON, "2025-09-05", notify());
    assert_eq!(backdated, Err(Rejection::NotDecided));
    assert!(granted().when_late(NOON, "2025-09-08", notify()).is_ok());
}

#[test]
fn an_applicant_withdraws_until_it_is_decided() {
    let given = given("10bd", [filed("2025-09-01"), asked("2025-09-03", Some(10))]);
    let event = entry(NOON, Event::Withdrawn(Withdrawn {}));
    assert_eq!(given.when(NOON, Wish::Withdraw), Ok(event));
    let state = given.lived(NOON, Wish::Withdraw).state();
    assert_eq!(state.outcome(), Some(Outcome::Withdrawn));
    assert_eq!(state.stage(), Stage::Ended);
    assert_eq!(state.ended_on(), Some(day("2025-09-10")));
}

#[test]
fn a_withdrawal_ends_the_time_whatever_else_would() {
    for clock in [
        ClockStop::Notification,
        ClockStop::Decision,
        ClockStop::Closing,
    ] {
        let state = given("10bd", [])
            .stopping_at(clock)
            .lived("2025-09-01", filing())
            .lived(NOON, Wish::Withdraw)
            .state();
        assert_eq!(state.ended_on(), Some(day("2025-09-10")), "{clock:?}");
    }
}

#[test]
fn the_types_version_says_what_ends_the_time() {
    let ended_on = |clock| {
        let given = given("10bd", [])
            .stopping_at(clock)
            .lived("2025-09-01", filing())
            .lived("2025-09-08", grant())
            .lived("2025-09-10", notify())
            .lived("2025-09-12", Wish::Archive);
        given.state().ended_on()
    };
    assert_eq!(ended_on(ClockStop::Decision), Some(day("2025-09-08")));
    assert_eq!(ended_on(ClockStop::Notification), Some(day("2025-09-10")));
    assert_eq!(ended_on(ClockStop::Closing), Some(day("2025-09-12")));
}

#[test]
fn a_file_that_was_put_away_without_a_notification_has_ended_too() {
    let state = given("10bd", [filed("2025-09-01"), archived("2025-09-05")]).state();
    assert_eq!(
        (state.stage(), state.ended_on()),
        (Stage::Ended, Some(day("2025-09-05")))
    );
    assert_eq!(given("10bd", []).state().ended_on(), None);
}

#[test]
fn only_what_was_notified_or_withdrawn_is_archived() {
    let open = given("10bd", [filed("2025-09-01")]);
    assert_eq!(open.when(NOON, Wish::Archive), Err(Rejection::NotDecided));
    assert_eq!(
        granted().when(NOON, Wish::Archive),
        Err(Rejection::NotDecided)
    );

    let event = entry(NOON, Event::Archived(Archived {}));
    let notified = granted().lived("2025-09-09", notify());
    assert_eq!(notified.when(NOON, Wish::Archive), Ok(event.clone()));
    assert!(
        notified.when("2025-09-09", Wish::Archive).is_ok(),
        "the same day"
    );
    let withdrawn = given("10bd", [filed("2025-09-01"), withdrawn("2025-09-09")]);
    assert_eq!(withdrawn.when(NOON, Wish::Archive), Ok(event));

    for ended in [notified, withdrawn] {
        let before = ended.when_late(NOON, "2025-09-08", Wish::Archive);
        assert_eq!(
            before,
            Err(Rejection::NotDecided),
            "it had not ended on the 8th"
        );
        let twice = ended
            .lived(NOON, Wish::Archive)
            .when("2025-09-11", Wish::Archive);
        let on = day("2025-09-10");
        assert_eq!(twice, Err(Rejection::AlreadyEnded { on }));
    }
}

// --- corrections ---

#[test]
fn a_correction_names_the_entry_and_what_is_right() {
    for instead in [
        Correction::DidNotHappen,
        Correction::OccurredAt(moment("2025-09-05")),
        Correction::Outcome(Outcome::Denied),
    ] {
        let wished = granted().when(NOON, correct(2, instead.clone())).unwrap();
        let event = Corrected {
            sequence: 2,
            instead,
            reason: CorrectionReason::TypingMistake,
            due: wished.event.due(),
        };
        assert_eq!(due_of(&wished), both("2025-09-15"));
        assert_eq!(wished, entry(NOON, Event::Corrected(event)));
    }
}

/// The due date that is said follows the history as it is right, at once.
#[test]
fn a_correction_says_the_due_date_that_it_leaves() {
    let extended = given("10bd", [filed("2025-09-01")]).lived("2025-09-05", extend(5));
    assert_eq!(due_of(&extended.history[1]).0, Some(day("2025-09-22")));
    let none = extended
        .clone()
        .lived(NOON, correct(2, Correction::DidNotHappen));
    assert_eq!(due_of(&none.history[2]), both("2025-09-15"));
    assert_eq!(none.state().due.unwrap().on, Some(day("2025-09-15")));
    let again = none.lived(NOON, correct(3, Correction::DidNotHappen));
    assert_eq!(again.state().due.unwrap().on, Some(day("2025-09-22")));
}

/// An extension that was in time only because a suspension had stopped the term stands in the way of
/// correcting the suspension.
#[test]
fn what_would_make_a_later_entry_unlawful_is_corrected_after_it() {
    let cause = chasqui_deadlines::SuspensionCause::ExternalReport;
    let late = given("10bd", [filed("2025-09-01")])
        .lived("2025-09-03", suspend(cause))
        .lived("2025-09-10", Wish::Resume { cause })
        .lived("2025-09-18", extend(2));
    let now = "2025-09-19T12:00:00-05:00";
    let refused = late.when(now, correct(2, Correction::DidNotHappen));
    assert!(
        matches!(refused, Err(Rejection::Deadline(_))),
        "{refused:?}"
    );
    let mended = late
        .lived(now, correct(4, Correction::DidNotHappen))
        .lived(now, correct(2, Correction::DidNotHappen));
    assert_eq!(mended.state().due.unwrap().on, Some(day("2025-09-15")));
}

#[test]
fn only_an_entry_that_is_there_is_corrected() {
    for sequence in [0, 3, u32::MAX] {
        let refused = granted().when(NOON, correct(sequence, Correction::DidNotHappen));
        assert_eq!(refused, Err(Rejection::NoSuchEntry { sequence }));
    }
}

#[test]
fn a_decision_that_was_not_taken_leaves_the_procedure_undecided() {
    let given = granted().lived(NOON, correct(2, Correction::DidNotHappen));
    assert_eq!(given.state().decision, None);
    assert_eq!(
        given.state().version,
        3,
        "the wrong entry stays in the history"
    );
    assert!(given.when("2025-09-11", grant()).is_ok());
}

#[test]
fn the_last_correction_of_an_entry_holds() {
    let given = granted()
        .lived(NOON, correct(2, Correction::Outcome(Outcome::Denied)))
        .lived(
            NOON,
            correct(2, Correction::Outcome(Outcome::PartlyGranted)),
        );
    assert_eq!(given.state().outcome(), Some(Outcome::PartlyGranted));
}

#[test]
fn a_corrected_day_is_the_day_everywhere() {
    let given = granted().lived("2025-09-09", notify()).lived(
        NOON,
        correct(3, Correction::OccurredAt(moment("2025-09-08"))),
    );
    let state = given.state();
    assert_eq!(state.notified_on, Some(day("2025-09-08")));
    assert_eq!(state.span, Some((day("2025-09-01"), day("2025-09-08"))));
}

#[test]
fn a_mistaken_correction_is_corrected_in_turn() {
    let given = granted()
        .lived(NOON, correct(2, Correction::DidNotHappen))
        .lived("2025-09-11", correct(3, Correction::DidNotHappen));
    assert_eq!(
        given.state().outcome(),
        Some(Outcome::Granted),
        "entry 2 holds again"
    );
    let again = given.lived("2025-09-12", correct(4, Correction::DidNotHappen));
    assert_eq!(
        again.state().outcome(),
        None,
        "and with entry 4, entry 3 does"
    );
}

#[test]
fn a_correction_of_something_else_than_a_decision_has_no_outcome() {
    let history = || [filed("2025-09-01"), admitted("2025-09-02")];
    let outcome = Correction::Outcome(Outcome::Granted);
    let refused = given("10bd", history()).when(NOON, correct(2, outcome.clone()));
    assert_eq!(refused, Err(Rejection::NoDecision { sequence: 2 }));
    // Whoever records it all the same changes nothing by it.
    let recorded = [&history()[..], &[corrected(NOON, 2, outcome)]].concat();
    let state = Procedure::of(&recorded);
    assert_eq!(state.outcome(), None);
    assert!(state.admitted);
}

#[test]
fn a_correction_of_what_is_not_there_yet_means_nothing() {
    let history = [
        filed("2025-09-01"),
        corrected("2025-09-02", 3, Correction::DidNotHappen),
        transferred("2025-09-03", "az-sur"),
        corrected("2025-09-04", 4, Correction::DidNotHappen),
    ];
    assert_eq!(Procedure::of(&history).unit, Some(unit("az-sur")));
}

#[test]
fn a_correction_puts_nothing_into_the_future_nor_before_the_filing() {
    let to = |day| correct(2, Correction::OccurredAt(moment(day)));
    assert_eq!(
        granted().when(NOON, to("2025-09-11")),
        Err(Rejection::InTheFuture)
    );
    let filed_on = day("2025-09-01");
    let before = granted().when(NOON, to("2025-08-29"));
    assert_eq!(before, Err(Rejection::BeforeFiling { filed_on }));
    assert!(granted().when(NOON, to("2025-09-01")).is_ok());
}

/// Views and figures are built on the filing: without it, everything after it would hang in the air.
#[test]
fn that_it_was_filed_cannot_be_taken_back() {
    let refused = granted().when(NOON, correct(1, Correction::DidNotHappen));
    assert_eq!(refused, Err(Rejection::FilingStands));
}

#[test]
fn a_filing_that_was_earlier_counts_from_its_right_day() {
    let given = given("10bd", []).lived("2025-09-08", filing()).lived(
        "2025-09-10",
        correct(1, Correction::OccurredAt(moment("2025-09-01"))),
    );
    let state = given.state();
    assert_eq!(state.filing.unwrap().filed_on, day("2025-09-01"));
    let deadline = given.stands("2025-09-10").deadline.unwrap();
    assert_eq!(deadline.due_on, Some(day("2025-09-15")));
}

/// The source or the desk's hours set the legal day apart from the moment: a corrected moment does
/// not silently unset it.
#[test]
fn a_legal_day_of_filing_that_was_set_apart_stays() {
    let Event::Filed(event) = filed("2025-09-05").event else {
        panic!("a filing")
    };
    for legal in ["2025-09-08", "2025-09-02"] {
        let filed_on = day(legal);
        let apart = Filed {
            filed_on,
            ..(*event).clone()
        };
        let mended = Correction::OccurredAt(moment("2025-09-04"));
        let history = [
            entry("2025-09-05", Event::Filed(Box::new(apart))),
            corrected("2025-09-09", 1, mended),
        ];
        let filing = Procedure::of(&history).filing.unwrap();
        assert_eq!(
            (filing.filed_at, filing.filed_on),
            (moment("2025-09-04"), filed_on)
        );
    }
}

#[test]
fn a_filing_is_not_moved_behind_what_stopped_its_term() {
    let given = given("10bd", [filed("2025-09-01"), asked("2025-09-03", Some(10))]);
    let moved = |to| given.when(NOON, correct(1, Correction::OccurredAt(moment(to))));
    assert!(moved("2025-09-03").is_ok());
    let refused = moved("2025-09-04").unwrap_err();
    assert_eq!(refused.name(), "SuspensionBeforeFiling");
}

#[test]
fn the_effective_history_has_neither_mistakes_nor_corrections() {
    let history = [
        filed("2025-09-01"),
        admitted("2025-09-02"),
        notified("2025-09-09"),
        corrected("2025-09-10", 2, Correction::DidNotHappen),
        corrected(
            "2025-09-10",
            3,
            Correction::OccurredAt(moment("2025-09-08")),
        ),
    ];
    let effective: Vec<_> = Procedure::effective(&history)
        .map(|one| one.into_owned())
        .collect();
    assert_eq!(effective, [filed("2025-09-01"), notified("2025-09-08")]);
}
