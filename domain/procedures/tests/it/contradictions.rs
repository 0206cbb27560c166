//! Historical mode: every contradiction of a source is named, where it occurs and nowhere else.

use chasqui_deadlines::{FilingPolicy, OfficeHours};
use chasqui_procedures::Procedure;
use chasqui_procedures::contradiction::Contradiction;
use chasqui_procedures::historical::{Claimed, ClaimedProcedure, record};
use chasqui_procedures::outcome::Outcome;

use crate::given::{QUITO, both, day, due_of, moment, rules};
use crate::historical::{GRANTED, REPORT, claims, named, recorded, step};

/// For each contradiction a history that has it in its last entry.
fn contradicting(contradiction: Contradiction) -> ClaimedProcedure {
    let filed = || ("2025-09-01", Claimed::Filed);
    match contradiction {
        Contradiction::FilingNotStated => claims([("2025-09-02", step())]),
        Contradiction::FiledTwice => claims([filed(), ("2025-09-02", Claimed::Filed)]),
        Contradiction::BeforeFiling => claims([("2025-09-01", step()), filed()]),
        Contradiction::OutOfOrder => {
            claims([filed(), ("2025-09-03", step()), ("2025-09-02", step())])
        }
        Contradiction::AfterClosing => claims([
            filed(),
            ("2025-09-02", Claimed::Archived),
            ("2025-09-03", step()),
        ]),
        Contradiction::DecidedTwice => {
            let denied = Claimed::Decided(Outcome::Denied);
            claims([filed(), ("2025-09-02", GRANTED), ("2025-09-03", denied)])
        }
        Contradiction::NotifiedUndecided => claims([filed(), ("2025-09-02", Claimed::Notified)]),
        Contradiction::AskedTwice => claims([
            filed(),
            ("2025-09-02", Claimed::RectificationRequested),
            ("2025-09-03", Claimed::RectificationRequested),
        ]),
        Contradiction::AnsweredUnasked => {
            claims([filed(), ("2025-09-02", Claimed::RectificationAnswered)])
        }
        Contradiction::SuspendedTwice => claims([
            filed(),
            ("2025-09-02", Claimed::Suspended(REPORT)),
            ("2025-09-03", Claimed::Suspended(REPORT)),
        ]),
        Contradiction::ResumedUnsuspended => {
            claims([filed(), ("2025-09-02", Claimed::Resumed(REPORT))])
        }
        Contradiction::WithdrawnTwice => claims([
            filed(),
            ("2025-09-02", Claimed::Withdrawn),
            ("2025-09-03", Claimed::Withdrawn),
        ]),
        Contradiction::ArchivedTwice => claims([
            filed(),
            ("2025-09-02", Claimed::Archived),
            ("2025-09-03", Claimed::Archived),
        ]),
        Contradiction::EndBeforeFiling => ClaimedProcedure {
            filed: Some(day("2025-09-03")).map(|on| moment(&on.to_string())),
            ..claims([filed(), ("2025-09-02", GRANTED)])
        },
        Contradiction::DueBeforeFiling => ClaimedProcedure {
            due_on: Some(day("2025-08-29")),
            ..claims([filed()])
        },
    }
}

#[test]
fn every_contradiction_is_named_where_it_occurs_and_nowhere_else() {
    for contradiction in Contradiction::ALL {
        let given = recorded("10bd", &contradicting(contradiction));
        let named = named(&given);
        let of_the_filing = contradiction == Contradiction::FilingNotStated;
        let expected = if of_the_filing { 0 } else { named.len() - 1 };
        for (place, named) in named.into_iter().enumerate() {
            let here: &[_] = if place == expected {
                &[contradiction]
            } else {
                &[]
            };
            assert_eq!(named, here, "{contradiction:?} at {place}");
        }
        assert_eq!(given.state().contradictions, 1, "{contradiction:?}");
    }
}

/// It stays in the history, is counted, and leaves the state as it was.
#[test]
fn a_voided_claim_leaves_no_trace_in_the_state() {
    for contradiction in Contradiction::ALL
        .into_iter()
        .filter(|one| one.voids_effect())
    {
        let given = recorded("10bd", &contradicting(contradiction));
        let mut before = Procedure::of(&given.history[..given.history.len() - 1]);
        let mut after = given.state();
        for state in [&mut before, &mut after] {
            // The bookkeeping is what it may touch.
            (state.version, state.contradictions) = (0, 0);
            state.span = None;
            state.imported.clear();
        }
        assert_eq!(after, before, "{contradiction:?}");
        let last = given.history.last().unwrap();
        assert_eq!(last.event.due(), None, "{contradiction:?}");
    }
}

#[test]
fn decided_twice_keeps_the_first_decision() {
    let given = recorded("10bd", &contradicting(Contradiction::DecidedTwice));
    let decision = given.state().decision.unwrap();
    assert_eq!(
        (decision.outcome, decision.on),
        (Outcome::Granted, day("2025-09-02"))
    );
}

#[test]
fn after_closing_is_after_its_day_and_keeps_its_effect() {
    let given = recorded(
        "10bd",
        &claims([
            ("2025-09-01", Claimed::Filed),
            ("2025-09-03", Claimed::Archived),
            ("2025-09-03", step()),
            ("2025-09-04", GRANTED),
            ("2025-09-05", Claimed::Notified),
        ]),
    );
    let after = &[Contradiction::AfterClosing][..];
    assert_eq!(named(&given), [&[], &[], &[], after, after]);
    assert_eq!(given.state().outcome(), Some(Outcome::Granted));
    assert_eq!(given.state().ended_on(), Some(day("2025-09-05")));
}

#[test]
fn an_entry_may_contradict_in_several_ways() {
    let given = recorded(
        "10bd",
        &claims([
            ("2025-09-02", Claimed::Resumed(REPORT)),
            ("2025-09-01", GRANTED),
            ("2025-09-03", Claimed::Filed),
        ]),
    );
    assert_eq!(
        given.history[0].event.name(),
        "Filed",
        "it is the first entry all the same"
    );
    assert_eq!(
        named(&given),
        [
            &[][..],
            &[
                Contradiction::ResumedUnsuspended,
                Contradiction::BeforeFiling
            ],
            &[
                Contradiction::EndBeforeFiling,
                Contradiction::BeforeFiling,
                Contradiction::OutOfOrder
            ],
        ]
    );
    assert_eq!(
        given.state().decision,
        None,
        "before the filing there was nothing to decide"
    );
    assert_eq!(
        given.state().contradictions,
        2,
        "entries are counted, not names"
    );
}

#[test]
fn what_is_listed_out_of_order_widens_the_span_to_both_sides() {
    let given = recorded(
        "10bd",
        &claims([
            ("2025-09-03", Claimed::Filed),
            ("2025-09-09", step()),
            ("2025-09-05", step()),
            ("2025-09-01", step()),
        ]),
    );
    let state = given.state();
    assert_eq!(state.span, Some((day("2025-09-01"), day("2025-09-09"))));
}

#[test]
fn the_first_notification_is_the_one_that_counts() {
    let given = recorded(
        "10bd",
        &claims([
            ("2025-09-01", Claimed::Filed),
            ("2025-09-02", GRANTED),
            ("2025-09-03", Claimed::Notified),
            ("2025-09-08", Claimed::Notified),
        ]),
    );
    assert_eq!(
        named(&given)[3],
        [],
        "two attempts are no contradiction (COA 164)"
    );
    assert_eq!(given.state().notified_on, Some(day("2025-09-03")));
}

#[test]
fn a_withdrawal_can_be_notified_without_a_decision() {
    let given = recorded(
        "10bd",
        &claims([
            ("2025-09-01", Claimed::Filed),
            ("2025-09-02", Claimed::Withdrawn),
            ("2025-09-03", Claimed::Notified),
        ]),
    );
    assert_eq!(named(&given)[2], []);
    assert_eq!(given.state().outcome(), Some(Outcome::Withdrawn));
}

/// Vector D01, not D02: a policy for desks would turn the source's evening into the next business day.
#[test]
fn of_an_imported_filing_the_sources_date_counts_as_it_stands() {
    let claimed = claims([("2025-10-31T17:30:00-05:00", Claimed::Filed)]);
    let mut rules = rules("10bd");
    rules.policies.filing = FilingPolicy::OfficeHours(OfficeHours::DEFAULT);
    let entries = record(&Procedure::default(), &claimed, &rules, &QUITO);
    assert_eq!(due_of(&entries[0]), both("2025-11-18"));
}

/// Order is the source's own: a whole day is never surely before an instant of the same day.
#[test]
fn out_of_order_is_only_what_lies_surely_before() {
    let given = recorded(
        "10bd",
        &claims([
            ("2025-09-01T10:00:00-05:00", Claimed::Filed),
            ("2025-09-01", step()),
            ("2025-09-01T09:00:00-05:00", step()),
            ("2025-09-01T09:30:00-05:00", step()),
            ("2025-09-01T16:30:00+02:00", step()),
        ]),
    );
    assert!(
        named(&given).iter().all(|named| named.is_empty()),
        "09:30 is 16:30 further east"
    );
    let given = recorded(
        "10bd",
        &claims([
            ("2025-09-01T10:00:00-05:00", Claimed::Filed),
            ("2025-09-01T09:59:59-05:00", step()),
        ]),
    );
    assert_eq!(named(&given)[1], [Contradiction::OutOfOrder]);
}
