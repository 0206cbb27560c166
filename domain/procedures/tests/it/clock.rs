//! What stops, restarts and lengthens the term, against dates counted by hand: the published vectors
//! D30 to D82 and R01 to R04 (COA 140, 158, 159, 161, 162), driven through wishes.

use chasqui_deadlines::{DeadlineError, ExtensionPolicy, Policies, SuspensionCause};
use chasqui_procedures::Procedure;
use chasqui_procedures::command::Wish;
use chasqui_procedures::event::{
    Correction, Due, DueBasis, Entry, Event, RectificationItem, RectificationRequested,
};
use chasqui_procedures::outcome::{Outcome, Stage, WaitingOn};
use chasqui_procedures::rejection::Rejection;

use crate::given::{
    Given, answered, ask, asked, both, calendar, correct, day, decided, due_of, extend, filed,
    filing, given, label, resume, resumed, suspend, suspended,
};

const FORCE_MAJEURE: SuspensionCause = SuspensionCause::ForceMajeure;
const REPORT: SuspensionCause = SuspensionCause::ExternalReport;

/// Filed on Monday 13 October 2025 with 15 business days: 14 to 31 October, then Wednesday
/// 5 November, for 3 and 4 November are rested.
fn october() -> Given {
    given("15bd", []).lived("2025-10-13T09:00:00-05:00", filing())
}

/// Filed on Monday 1 September 2025: no rest day until October.
fn september(term: &str) -> Given {
    given(term, []).lived("2025-09-01T09:00:00-05:00", filing())
}

/// Vectors D31 (the due date before it all), D30 and D80.
#[test]
fn a_rectification_stops_the_term_until_it_is_answered() {
    let given = october();
    assert_eq!(due_of(&given.history[0]), both("2025-11-05"));

    let asked = given.when("2025-10-20", ask()).unwrap();
    // Ten business days to answer end on 5 November; ten are left of the term after that.
    assert_eq!(due_of(&asked), both("2025-11-19"));
    let Event::RectificationRequested(event) = &asked.event else {
        panic!("{asked:?}")
    };
    assert_eq!(event.granted_business_days, Some(10));

    let given = given.lived("2025-10-20", ask());
    assert_eq!(given.state().stage(), Stage::AwaitingApplicant);
    assert_eq!(given.state().waiting_on(), WaitingOn::Applicant);

    let answered = given.when("2025-10-29", Wish::AnswerRectification).unwrap();
    assert_eq!(due_of(&answered), both("2025-11-14"));
    let given = given.lived("2025-10-29", Wish::AnswerRectification);
    assert_eq!(given.state().stage(), Stage::InReview);
    assert_eq!(given.state().due.unwrap().on, Some(day("2025-11-14")));
}

/// Vector D81: complying after the granted days lengthens nothing.
#[test]
fn an_answer_after_the_granted_days_gains_no_more_days() {
    let given = october().lived("2025-10-20", ask());
    let answered = given.when("2025-11-12", Wish::AnswerRectification).unwrap();
    assert_eq!(due_of(&answered), both("2025-11-19"));
}

/// Vector D31, and D33 over a weekend.
#[test]
fn an_answer_on_the_same_day_suspends_nothing() {
    let given = october().lived("2025-10-20", ask());
    let answered = given.when("2025-10-20", Wish::AnswerRectification).unwrap();
    assert_eq!(due_of(&answered), both("2025-11-05"));

    let given = september("10bd").lived("2025-09-05", ask());
    let answered = given.when("2025-09-14", Wish::AnswerRectification).unwrap();
    assert_eq!(due_of(&answered), both("2025-09-22"));
}

/// Vector D32: Friday 31 October, Wednesday 5 and Thursday 6 November do not count.
#[test]
fn a_rectification_across_the_november_holiday_counts_no_rest_day_twice() {
    let given = given("10bd", []).lived("2025-10-20T09:00:00-05:00", filing());
    let given = given.lived("2025-10-30", ask());
    let answered = given.when("2025-11-06", Wish::AnswerRectification).unwrap();
    assert_eq!(due_of(&answered), both("2025-11-10"));
}

/// Vector D34.
#[test]
fn a_second_rectification_follows_the_first() {
    let given = given("20bd", [])
        .lived("2025-08-04T09:00:00-05:00", filing())
        .lived("2025-08-08", ask())
        .lived("2025-08-18", Wish::AnswerRectification)
        .lived("2025-08-27", ask())
        .lived("2025-09-05", Wish::AnswerRectification);
    assert_eq!(due_of(&given.history[4]), both("2025-09-18"));
}

/// Vector D35: 8 to 20 August and 15 to 29 August are one stretch of 14 business days.
#[test]
fn overlapping_suspensions_are_merged_and_each_ends_by_itself() {
    let given = given("20bd", [])
        .lived("2025-08-04T09:00:00-05:00", filing())
        .lived("2025-08-08", suspend(FORCE_MAJEURE))
        .lived("2025-08-15", suspend(REPORT))
        .lived("2025-08-20", resume(FORCE_MAJEURE));
    assert_eq!(given.state().stage(), Stage::Suspended);
    assert!(given.state().is_suspended_for(REPORT));
    assert!(!given.state().is_suspended_for(FORCE_MAJEURE));
    let resumed = given.when("2025-08-29", resume(REPORT)).unwrap();
    assert_eq!(due_of(&resumed), both("2025-09-22"));
}

/// Vector D36: nothing bounds force majeure.
#[test]
fn an_unbounded_suspension_leaves_no_due_date() {
    let given = october();
    let suspended = given.when("2025-10-20", suspend(FORCE_MAJEURE)).unwrap();
    assert_eq!(due_of(&suspended), (None, None));
    let given = given.lived("2025-10-20", suspend(FORCE_MAJEURE));
    assert_eq!(given.state().waiting_on(), WaitingOn::ThirdParty);
    let resumed = given.when("2025-10-29", resume(FORCE_MAJEURE)).unwrap();
    assert_eq!(due_of(&resumed), both("2025-11-14"), "as vector D30");
}

/// Vector D82: three months from 10 March end on 10 June.
#[test]
fn a_report_that_never_arrives_stops_the_term_for_three_months_at_most() {
    let given = given("20bd", []).lived("2025-03-03T09:00:00-05:00", filing());
    let suspended = given.when("2025-03-10", suspend(REPORT)).unwrap();
    assert_eq!(due_of(&suspended), both("2025-07-02"));
}

/// Vector D39: the 20 calendar days from 1 to 21 April are added to 11 June, three months from
/// Tuesday 11 March.
#[test]
fn a_term_in_months_moves_by_the_calendar_days_of_the_suspension() {
    let given = given("3m", [])
        .lived("2025-03-10", filing())
        .lived("2025-04-01", suspend(FORCE_MAJEURE));
    assert_eq!(due_of(&given.history[0]), both("2025-06-11"));
    let resumed = given.when("2025-04-21", resume(FORCE_MAJEURE)).unwrap();
    assert_eq!(due_of(&resumed), both("2025-07-01"));
}

/// Vectors D40, D41 and D43.
#[test]
fn an_extension_moves_the_legal_date_and_never_the_strict_one() {
    let extended = |given: &Given, on, days| due_of(&given.when(on, extend(days)).unwrap());
    let dates = |on, base| (Some(day(on)), Some(day(base)));

    let fifteen = september("15bd");
    assert_eq!(
        extended(&fifteen, "2025-09-18", 7),
        dates("2025-10-01", "2025-09-22")
    );
    let ten = september("10bd");
    let on_the_last_day = extended(&ten, "2025-09-15", 5);
    assert_eq!(on_the_last_day, dates("2025-09-22", "2025-09-15"));
    let twice = ten.lived("2025-09-10", extend(2));
    assert_eq!(due_of(&twice.history[1]), dates("2025-09-17", "2025-09-15"));
    assert_eq!(
        extended(&twice, "2025-09-17", 3),
        dates("2025-09-22", "2025-09-15")
    );
}

/// Vector D42: five suspended business days, then five of extension.
#[test]
fn an_extension_is_counted_after_the_suspended_days() {
    let given = september("10bd")
        .lived("2025-09-04", ask())
        .lived("2025-09-11", Wish::AnswerRectification);
    let extended = given.when("2025-09-17", extend(5)).unwrap();
    assert_eq!(
        due_of(&extended),
        (Some(day("2025-09-29")), Some(day("2025-09-22")))
    );
}

/// Vectors R01 to R04.
#[test]
fn an_extension_beyond_half_or_after_expiry_is_refused() {
    let refused = |given: &Given, on, days| {
        let Err(Rejection::Deadline(error)) = given.when(on, extend(days)) else {
            panic!("granted: {days} days on {on}")
        };
        error
    };
    let beyond = |amount, already, cap| DeadlineError::ExtensionExceedsHalf {
        amount,
        already,
        cap,
    };
    assert_eq!(
        refused(&september("15bd"), "2025-09-10", 8),
        beyond(8, 0, 7)
    );
    assert_eq!(refused(&september("1bd"), "2025-09-02", 1), beyond(1, 0, 0));
    let twice = september("15bd").lived("2025-09-10", extend(4));
    assert_eq!(refused(&twice, "2025-09-11", 4), beyond(4, 4, 7));
    let (due_on, on) = (day("2025-09-15"), day("2025-09-16"));
    let expired = DeadlineError::TermAlreadyExpired { due_on, on };
    assert_eq!(refused(&september("10bd"), "2025-09-16", 5), expired);
    assert_eq!(
        refused(&september("10bd"), "2025-09-10", 0),
        DeadlineError::NonPositiveExtension
    );
}

#[test]
fn the_policy_may_allow_one_extension_only() {
    let policies = Policies {
        extension: ExtensionPolicy {
            max_grants: Some(1),
            ..ExtensionPolicy::default()
        },
        ..Policies::default()
    };
    let given = september("10bd")
        .under(policies)
        .lived("2025-09-08", extend(2));
    let refused = given.when("2025-09-09", extend(1)).unwrap_err();
    assert_eq!(
        refused,
        DeadlineError::ExtensionsExhausted { grants: 1 }.into()
    );
}

/// Vector D37: with no day left there is nothing to stop.
#[test]
fn what_stops_the_term_on_its_last_day_leaves_the_due_date_where_it_is() {
    let asked = september("5bd").when("2025-09-08", ask()).unwrap();
    assert_eq!(due_of(&asked), both("2025-09-08"));
}

#[test]
fn an_expired_term_is_stopped_by_nothing() {
    let given = september("5bd");
    let (due_on, on) = (day("2025-09-08"), day("2025-09-09"));
    let expired = Err(DeadlineError::TermAlreadyExpired { due_on, on }.into());
    assert_eq!(given.when("2025-09-09", ask()), expired);
    assert_eq!(given.when("2025-09-09", suspend(FORCE_MAJEURE)), expired);
}

/// Decree 172 made Thursday 9 October 2025 a rest day on 2 October (vectors D20 and D21): the term
/// that would have ended on Tuesday the 14th ends on Wednesday the 15th, for every wish alike.
#[test]
fn whether_a_term_has_expired_is_asked_of_the_calendar_as_known_now() {
    let before = calendar(&["EC", "EC-QUITO"], "2025-10-01T12:00:00-05:00");
    let after = calendar(&["EC", "EC-QUITO"], "2025-10-03T12:00:00-05:00");
    let given = given("10bd", [])
        .by(before)
        .lived("2025-09-29T09:00:00-05:00", filing())
        .by(after);
    assert_eq!(due_of(&given.history[0]), both("2025-10-14"));
    assert!(given.when("2025-10-15", extend(1)).is_ok());
    let asked = given.when("2025-10-15", ask()).unwrap();
    assert_eq!(due_of(&asked), both("2025-10-15"));
    assert!(given.when("2025-10-15", suspend(FORCE_MAJEURE)).is_ok());
    assert!(given.when("2025-10-16", ask()).is_err());
}

/// The date that a source stated counts until an officer's wish moves it: ours would have been the 15th.
#[test]
fn a_due_date_that_a_source_stated_says_whether_the_term_has_expired() {
    let mut filing = filed("2025-09-01");
    if let Event::Filed(event) = &mut filing.event {
        let (on, basis) = (Some(day("2025-09-19")), DueBasis::Stated);
        event.due = Some(Due {
            on,
            base_on: on,
            basis,
        });
    }
    let given = given("10bd", [filing]);
    assert!(given.when("2025-09-19", suspend(REPORT)).is_ok());
    let (due_on, on) = (day("2025-09-19"), day("2025-09-22"));
    let expired = DeadlineError::TermAlreadyExpired { due_on, on };
    assert_eq!(
        given.when("2025-09-22", suspend(REPORT)),
        Err(expired.into())
    );
}

/// Whatever a source's order makes of a history: what was closed stays as it was closed.
#[test]
fn a_resumption_ends_an_open_suspension_and_moves_no_closed_one() {
    let ends = |history: &[Entry]| {
        let suspensions = Procedure::of(history).ledger.suspensions;
        suspensions
            .into_iter()
            .map(|one| one.to)
            .collect::<Vec<_>>()
    };
    let once = [
        filed("2025-09-01"),
        suspended("2025-09-02", REPORT),
        resumed("2025-09-03", REPORT),
        resumed("2025-09-05", REPORT),
    ];
    assert_eq!(ends(&once), [Some(day("2025-09-03"))]);
    let twice = [
        filed("2025-09-01"),
        suspended("2025-09-02", REPORT),
        suspended("2025-09-03", REPORT),
        resumed("2025-09-04", REPORT),
        resumed("2025-09-05", REPORT),
    ];
    assert_eq!(
        ends(&twice),
        [Some(day("2025-09-05")), Some(day("2025-09-04"))]
    );
}

#[test]
fn an_officer_may_grant_other_days_than_the_types_ten() {
    let item = RectificationItem {
        requirement: label("Plano firmado"),
        already_held_by_state: true,
    };
    let wish = |days| Wish::RequestRectification {
        items: vec![item.clone()],
        granted_business_days: Some(days),
    };
    let asked = october().when("2025-10-20", wish(5)).unwrap();
    let due = asked.event.due();
    assert_eq!(
        asked.event,
        Event::RectificationRequested(RectificationRequested {
            items: vec![item.clone()],
            granted_business_days: Some(5),
            due,
        })
    );
    // Five business days end on 27 October; ten are left: to 31 October four, then 5 to 12 November.
    assert_eq!(due_of(&asked), both("2025-11-12"));

    let refused = |days| october().when("2025-10-20", wish(days)).unwrap_err().name();
    assert_eq!(refused(0), "NonPositiveTerm");
    assert_eq!(refused(u16::MAX), "TermTooLong");
}

#[test]
fn the_types_policy_says_how_many_days_are_granted() {
    let policies = Policies {
        rectification_business_days: 5,
        ..Policies::default()
    };
    let asked = october().under(policies).when("2025-10-20", ask()).unwrap();
    assert_eq!(due_of(&asked), both("2025-11-12"));
}

#[test]
fn one_rectification_is_open_at_a_time() {
    let given = given("15bd", [filed("2025-10-13"), asked("2025-10-20", Some(10))]);
    assert_eq!(
        given.when("2025-10-21", ask()),
        Err(Rejection::RectificationAlreadyOpen)
    );
    let answered = given.lived("2025-10-21", Wish::AnswerRectification);
    assert!(answered.when("2025-10-22", ask()).is_ok());
}

#[test]
fn what_nobody_asked_cannot_be_answered() {
    let unasked = given("15bd", [filed("2025-10-13")]);
    let answer = || Wish::AnswerRectification;
    assert_eq!(
        unasked.when("2025-10-21", answer()),
        Err(Rejection::NoRectificationOpen)
    );
    let asked = given("15bd", [filed("2025-10-13"), asked("2025-10-20", Some(10))]);
    let twice = given(
        "15bd",
        asked
            .history
            .clone()
            .into_iter()
            .chain([answered("2025-10-22")]),
    );
    assert_eq!(
        twice.when("2025-10-23", answer()),
        Err(Rejection::NoRectificationOpen)
    );
    let before = asked.when_late("2025-10-21", "2025-10-17", answer());
    assert_eq!(
        before,
        Err(Rejection::NoRectificationOpen),
        "not yet on the 17th"
    );
    assert!(
        asked
            .when_late("2025-10-21", "2025-10-20", answer())
            .is_ok()
    );
}

#[test]
fn a_term_is_suspended_once_for_each_cause() {
    let given = given(
        "15bd",
        [filed("2025-10-13"), suspended("2025-10-20", REPORT)],
    );
    let again = given.when("2025-10-21", suspend(REPORT));
    assert_eq!(again, Err(Rejection::AlreadySuspended { cause: REPORT }));
    assert!(given.when("2025-10-21", suspend(FORCE_MAJEURE)).is_ok());
}

#[test]
fn what_is_not_suspended_for_a_cause_is_not_resumed_for_it() {
    let given_one = given(
        "15bd",
        [filed("2025-10-13"), suspended("2025-10-20", REPORT)],
    );
    let not_suspended = |cause| Err(Rejection::NotSuspended { cause });
    let other = given_one.when("2025-10-21", resume(FORCE_MAJEURE));
    assert_eq!(other, not_suspended(FORCE_MAJEURE));
    let before = given_one.when_late("2025-10-21", "2025-10-17", resume(REPORT));
    assert_eq!(before, not_suspended(REPORT), "not yet on the 17th");
    let history = given_one
        .history
        .into_iter()
        .chain([resumed("2025-10-21", REPORT)]);
    let twice = given("15bd", history).when("2025-10-22", resume(REPORT));
    assert_eq!(twice, not_suspended(REPORT));
}

/// A term that rests for the applicant rests for the granted days at most (COA 140, 162.1): by
/// whichever door the officer comes in.
#[test]
fn suspending_for_a_rectification_is_asking_for_one() {
    let cause = SuspensionCause::Rectification;
    let given = october();
    let suspended = given.when("2025-10-20", suspend(cause)).unwrap();
    assert_eq!(suspended, given.when("2025-10-20", ask()).unwrap());
    let given = given.lived("2025-10-20", suspend(cause));
    let again = given.when("2025-10-21", suspend(cause));
    assert_eq!(again, Err(Rejection::AlreadySuspended { cause }));
    let resumed = given.when("2025-10-29", resume(cause)).unwrap();
    assert_eq!(due_of(&resumed), both("2025-11-14"));
    assert!(given.when("2025-10-29", Wish::AnswerRectification).is_ok());
}

/// The two French causes are in no list of the COA.
#[test]
fn a_cause_that_the_law_does_not_know_stops_nothing() {
    for cause in [SuspensionCause::Correction, SuspensionCause::Incompleteness] {
        let refused = october().when("2025-10-20", suspend(cause)).unwrap_err();
        assert_eq!(refused.name(), "CauseNotAllowed");
        assert_eq!(refused.article().map(|article| article.0), Some("COA 162"));
    }
}

#[test]
fn what_was_decided_has_no_term_to_stop() {
    let given = given(
        "15bd",
        [filed("2025-10-13"), decided("2025-10-15", Outcome::Denied)],
    );
    for wish in [ask(), suspend(REPORT), extend(1)] {
        let refused = given.when("2025-10-16", wish.clone());
        assert_eq!(refused, Err(Rejection::AlreadyDecided), "{wish:?}");
    }
}

#[test]
fn a_decision_leaves_a_rectification_to_be_answered() {
    let given = given(
        "15bd",
        [
            filed("2025-10-13"),
            asked("2025-10-14", Some(10)),
            decided("2025-10-15", Outcome::Denied),
        ],
    );
    assert_eq!(given.state().stage(), Stage::Decided);
    assert!(given.when("2025-10-16", Wish::AnswerRectification).is_ok());
}

#[test]
fn a_type_without_a_term_has_nothing_to_stop() {
    let given = given("", [filed("2025-10-13")]);
    for wish in [ask(), suspend(REPORT), extend(1)] {
        let refused = given.when("2025-10-16", wish.clone());
        assert_eq!(refused, Err(Rejection::NoTerm), "{wish:?}");
    }
}

/// The due date as an event said it stays in the record; how the procedure stands follows the
/// correction at once.
#[test]
fn a_rectification_that_did_not_happen_stops_no_term() {
    let given = october()
        .lived("2025-10-20", ask())
        .lived("2025-10-29", Wish::AnswerRectification)
        .lived("2025-10-30", correct(2, Correction::DidNotHappen));
    let deadline = given.stands("2025-10-30").deadline.unwrap();
    assert_eq!(deadline.due_on, Some(day("2025-11-05")));
    let extended = given.when("2025-11-06", extend(1));
    assert_eq!(extended.unwrap_err().name(), "TermAlreadyExpired");
    let asked_again = given.when("2025-11-06", ask());
    assert_eq!(asked_again.unwrap_err().name(), "TermAlreadyExpired");
}
