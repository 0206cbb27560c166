//! How a procedure stands on a day, for every kind there is, against dates counted by hand: vectors
//! D36, D70 to D77 and D80 (COA 158, 162, 202, 207).

use std::collections::BTreeSet;

use chasqui_deadlines::{SilenceEffect, SuspensionCause};
use chasqui_procedures::catalogue::ClockStop;
use chasqui_procedures::command::Wish;
use chasqui_procedures::event::{Due, DueBasis, Event};
use chasqui_procedures::standing::{Kind, Standing, standing};

use crate::given::{
    Given, QUITO, archived, ask, asked, calendar, day, extend, filed, filing, given, grant, notify,
    resumed, suspend, suspended, withdrawn,
};

/// Filed on Monday 1 September 2025, due on Monday the 15th, silence after 20 business days: on
/// Monday the 29th, so from the 30th on.
fn september() -> Given {
    given("10bd", [])
        .silent_after("20bd")
        .lived("2025-09-01T09:00:00-05:00", filing())
}

/// An imported procedure whose source states a due date.
fn stated(due_on: &str) -> Given {
    let mut filing = filed("2025-09-01");
    if let Event::Filed(event) = &mut filing.event {
        let (on, basis) = (Some(day(due_on)), DueBasis::Stated);
        event.due = Some(Due {
            on,
            base_on: on,
            basis,
        });
    }
    given("10bd", [filing]).silent_after("20bd")
}

fn days(standing: &Standing) -> (Option<u32>, Option<u32>) {
    (standing.business_days_left, standing.business_days_overdue)
}

#[test]
fn every_kind_has_a_state_and_a_day() {
    let notified = |on| september().lived("2025-09-08", grant()).lived(on, notify());
    let cases = [
        (
            given("", []).lived("2025-09-01", filing()),
            "2025-09-10",
            Kind::NoTerm,
        ),
        (september(), "2025-09-09", Kind::Running),
        (september(), "2025-09-10", Kind::DueSoon),
        (september(), "2025-09-15", Kind::DueToday),
        (september(), "2025-09-16", Kind::Overdue),
        (
            september().lived("2025-09-05", ask()),
            "2025-09-08",
            Kind::Suspended,
        ),
        (september(), "2025-09-30", Kind::SilenceAccrued),
        (notified("2025-09-15"), "2025-09-15", Kind::EndedOnTime),
        (notified("2025-09-16"), "2025-09-16", Kind::EndedLate),
        (
            september().lived("2025-09-05", Wish::Withdraw),
            "2025-09-05",
            Kind::Ended,
        ),
    ];
    let mut seen = BTreeSet::new();
    for (given, on, kind) in cases {
        assert_eq!(given.stands(on).kind, kind, "on {on}");
        seen.insert(kind);
    }
    assert!(seen.into_iter().eq(Kind::ALL), "every kind has its case");
}

#[test]
fn every_kind_has_a_name_of_its_own() {
    let names: BTreeSet<_> = Kind::ALL.into_iter().map(Kind::id).collect();
    assert_eq!(names.len(), Kind::ALL.len());
    assert_eq!(
        (Kind::NoTerm.id(), Kind::EndedOnTime.id()),
        ("no_term", "ended_on_time")
    );
}

/// Vectors D70 and D71, and D72: on the weekend after a due Friday it is late by no business day yet.
#[test]
fn the_days_left_and_overdue_are_business_days() {
    let on = |day| days(&september().stands(day));
    assert_eq!(on("2025-09-01"), (Some(10), None));
    assert_eq!(on("2025-09-12"), (Some(1), None));
    assert_eq!(on("2025-09-13"), (Some(1), None), "Saturday");
    assert_eq!(on("2025-09-15"), (Some(0), None));
    assert_eq!(on("2025-09-16"), (None, Some(1)));
    let friday = given("10bd", []).lived("2025-09-05T09:00:00-05:00", filing());
    assert_eq!(friday.stands("2025-09-19").kind, Kind::DueToday);
    let saturday = friday.stands("2025-09-20");
    assert_eq!(
        (saturday.kind, days(&saturday)),
        (Kind::Overdue, (None, Some(0)))
    );
}

#[test]
fn what_has_ended_counts_no_days_any_more() {
    let late = september()
        .lived("2025-09-08", grant())
        .lived("2025-09-16", notify());
    assert_eq!(days(&late.stands("2025-10-01")), (None, None));
    let in_time = september()
        .lived("2025-09-08", grant())
        .lived("2025-09-09", notify());
    assert_eq!(days(&in_time.stands("2025-09-10")), (None, None));
    assert_eq!(days(&in_time.stands("2025-10-01")), (None, None));
}

#[test]
fn an_end_is_none_before_its_day() {
    let given = september()
        .lived("2025-09-08", grant())
        .lived("2025-09-16", notify());
    assert_eq!(given.stands("2025-09-15").kind, Kind::DueToday);
    let withdrawn = september().lived("2025-09-16", Wish::Withdraw);
    assert_eq!(withdrawn.stands("2025-09-15").kind, Kind::DueToday);
}

/// Vectors D75 and D76: 30 business days from Monday 10 March 2025, over Good Friday, end on Tuesday
/// 22 April; what was decided in time and notified after that does not undo the silence.
#[test]
fn silence_accrues_on_the_day_after_its_term_unless_something_was_notified() {
    let given = given("30bd", []).silent_after("30bd");
    let given = given.lived("2025-03-10T09:00:00-05:00", filing());
    assert_eq!(given.stands("2025-04-22").silence, None);
    let silent = given.stands("2025-04-23");
    assert_eq!(
        (silent.kind, days(&silent)),
        (Kind::SilenceAccrued, (None, Some(1)))
    );
    let silence = silent.silence.unwrap();
    assert_eq!(silence.effect, SilenceEffect::Positive);
    assert_eq!(silence.effective_from, day("2025-04-23"));

    let late = given
        .lived("2025-04-21", grant())
        .lived("2025-04-25", notify());
    let stands = late.stands("2025-04-25");
    assert_eq!(stands.kind, Kind::EndedLate);
    assert_eq!(stands.silence.unwrap().effective_from, day("2025-04-23"));
}

/// Vector D77: ten days by ordinance, silence after thirty.
#[test]
fn late_is_not_yet_silent() {
    let given = given("10bd", []).silent_after("30bd");
    let given = given.lived("2025-03-10T09:00:00-05:00", filing());
    let late = given.stands("2025-04-01");
    assert_eq!((late.kind, late.silence), (Kind::Overdue, None));
    assert_eq!(days(&late), (None, Some(6)));
}

/// Vectors D36 and D80: open without an end, and open until the granted days are over.
#[test]
fn a_term_that_rests_says_so_until_it_goes_on_by_itself() {
    let october = given("15bd", []).lived("2025-10-13T09:00:00-05:00", filing());
    let stopped = october
        .clone()
        .lived("2025-10-20", suspend(SuspensionCause::ForceMajeure));
    assert_eq!(
        stopped.stands("2025-10-20").kind,
        Kind::Running,
        "that day still counts"
    );
    for on in ["2025-10-21", "2025-11-20", "2035-01-01"] {
        let stands = stopped.stands(on);
        assert_eq!(
            (stands.kind, days(&stands)),
            (Kind::Suspended, (None, None)),
            "on {on}"
        );
    }
    let asked = october.lived("2025-10-20", ask());
    assert_eq!(asked.stands("2025-11-05").kind, Kind::Suspended);
    let goes_on = asked.stands("2025-11-07");
    assert_eq!(
        (goes_on.kind, days(&goes_on)),
        (Kind::Running, (Some(8), None))
    );
}

#[test]
fn an_extension_moves_the_day_on_which_it_is_late() {
    let extended = september().lived("2025-09-15", extend(5));
    assert_eq!(extended.stands("2025-09-16").kind, Kind::Running);
    assert_eq!(extended.stands("2025-09-22").kind, Kind::DueToday);
    assert_eq!(extended.stands("2025-09-23").kind, Kind::Overdue);
}

#[test]
fn what_ends_the_time_is_what_is_measured() {
    let given = |clock| {
        given("10bd", [])
            .stopping_at(clock)
            .lived("2025-09-01", filing())
            .lived("2025-09-15", grant())
            .lived("2025-09-16", notify())
    };
    assert_eq!(
        given(ClockStop::Decision).stands("2025-09-30").kind,
        Kind::EndedOnTime
    );
    assert_eq!(
        given(ClockStop::Notification).stands("2025-09-30").kind,
        Kind::EndedLate
    );
    assert_eq!(
        given(ClockStop::Closing).stands("2025-09-30").kind,
        Kind::Overdue
    );
    let closed = given(ClockStop::Closing).lived("2025-09-30", Wish::Archive);
    assert_eq!(closed.stands("2025-09-30").kind, Kind::EndedLate);
}

#[test]
fn what_ended_without_a_term_has_just_ended() {
    let given = given("", [filed("2025-09-01"), archived("2025-09-03")]);
    assert_eq!(given.stands("2025-09-02").kind, Kind::NoTerm);
    assert_eq!(given.stands("2025-09-03").kind, Kind::Ended);
}

#[test]
fn a_due_date_that_a_source_states_is_compared_as_it_stands() {
    // A Saturday: no term of the law would end there, but the source says so.
    let given = stated("2025-09-20");
    let on = |day| {
        let stands = given.stands(day);
        assert!(stands.deadline.is_none() && stands.silence.is_none());
        (stands.kind, days(&stands))
    };
    assert_eq!(on("2025-09-16"), (Kind::DueSoon, (Some(3), None)));
    assert_eq!(on("2025-09-15"), (Kind::Running, (Some(4), None)));
    assert_eq!(on("2025-09-20"), (Kind::DueToday, (Some(0), None)));
    assert_eq!(on("2025-09-21"), (Kind::Overdue, (None, Some(0))));
    assert_eq!(on("2025-09-22"), (Kind::Overdue, (None, Some(1))));
    assert_eq!(
        on("2026-09-22").0,
        Kind::Overdue,
        "silence is not for us to say"
    );
}

#[test]
fn a_stated_due_date_measures_the_end_and_leaves_a_withdrawal_alone() {
    let ends = |entry| {
        let mut given = stated("2025-09-12");
        given.history.push(entry);
        let stands = given.stands("2025-09-30");
        assert_eq!(days(&stands), (None, None));
        stands.kind
    };
    assert_eq!(ends(archived("2025-09-12")), Kind::EndedOnTime);
    assert_eq!(ends(archived("2025-09-13")), Kind::EndedLate);
    assert_eq!(ends(withdrawn("2025-09-13")), Kind::Ended);
}

#[test]
fn a_stated_due_date_rests_while_the_source_says_the_term_does() {
    let cause = SuspensionCause::ExternalReport;
    let mut given = stated("2025-09-12");
    given.history.push(suspended("2025-09-03", cause));
    assert_eq!(given.stands("2025-09-11").kind, Kind::Suspended);
    assert_eq!(given.stands("2025-09-12").kind, Kind::DueToday);
    assert_eq!(given.stands("2025-09-15").kind, Kind::Overdue);
    given.history.push(resumed("2025-09-10", cause));
    assert_eq!(given.stands("2025-09-11").kind, Kind::DueSoon);
    given.history.push(asked("2025-09-10", None));
    assert_eq!(given.stands("2025-09-11").kind, Kind::Suspended);
}

/// Decree 172 once more: the same history, read with what became known.
#[test]
fn the_standing_is_read_with_the_calendar_as_known_now() {
    let before = calendar(&["EC", "EC-QUITO"], "2025-10-01T12:00:00-05:00");
    let given = given("10bd", [])
        .by(before)
        .lived("2025-09-29T09:00:00-05:00", filing());
    assert_eq!(given.stands("2025-10-15").kind, Kind::Overdue);
    assert_eq!(
        given.by(QUITO.clone()).stands("2025-10-15").kind,
        Kind::DueToday
    );
}

#[test]
fn a_history_that_the_arithmetic_cannot_follow_has_no_standing() {
    let mut given = september();
    given
        .history
        .push(suspended("2025-09-02", SuspensionCause::Correction));
    let failed = standing(
        &given.state(),
        &given.rules,
        &given.calendar,
        day("2025-09-03"),
    );
    assert_eq!(failed.unwrap_err().name(), "CauseNotAllowed");
}
