//! Laws that hold for every history, wish and claim, lawful or not: at least 2,000 cases each.

use chasqui_deadlines::{CalendarBook, SuspensionCause};
use chasqui_procedures::aggregate::ProcedureAggregate;
use chasqui_procedures::command::Command;
use chasqui_procedures::contradiction::Contradiction;
use chasqui_procedures::decide::{Situation, decide};
use chasqui_procedures::event::{Entry, Event, Statement};
use chasqui_procedures::historical::{Claim, Claimed, ClaimedProcedure, record};
use chasqui_procedures::standing::{Kind, standing};
use chasqui_procedures::{Moment, Procedure, due};
use cqrs_es::Aggregate;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::prelude::*;

use crate::generators::{Step, any_claims, any_history, any_wishes, cases};
use crate::given::{Given, QUITO, filing, given, rules};

fn later(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap()
}

/// Lives through wishes from Monday 1 September 2025 on; what is refused did not happen.
fn lived(term: &str, wishes: &[Step]) -> Given {
    let mut given = given(term, []).lived("2025-09-01", filing());
    let mut now = date(2025, 9, 1);
    for (wait, ago, wish) in wishes {
        now = later(now, *wait);
        let occurred = ago.map(|days| Moment::dated(later(now, -days)).unwrap());
        let situation = Situation {
            now: Moment::dated(now).unwrap(),
            rules: &given.rules,
            calendar: &given.calendar,
            history: &given.history,
        };
        let command = Command {
            occurred,
            wish: wish.clone(),
        };
        let entries = decide(&given.state(), &command, &situation).unwrap_or_default();
        given.history.extend(entries);
    }
    given
}

/// What a source would claim that had this history; none for entries that no source can claim.
fn claimed(history: &[Entry]) -> ClaimedProcedure {
    let what = |event: &Event| {
        Some(match event {
            Event::Filed(_) => Claimed::Filed,
            Event::Admitted(_) => Claimed::Admitted,
            Event::StepStarted(event) => Claimed::StepStarted(event.step.clone()),
            Event::StepCompleted(event) => Claimed::StepCompleted(event.step.clone()),
            Event::RectificationRequested(_) => Claimed::RectificationRequested,
            Event::RectificationAnswered(_) => Claimed::RectificationAnswered,
            Event::TermSuspended(event) => Claimed::Suspended(event.cause),
            Event::TermResumed(event) => Claimed::Resumed(event.cause),
            Event::TermExtended(_) => Claimed::Extended,
            Event::Decided(event) => Claimed::Decided(event.outcome),
            Event::Notified(_) => Claimed::Notified,
            Event::Withdrawn(_) => Claimed::Withdrawn,
            Event::Archived(_) => Claimed::Archived,
            Event::Assigned(_)
            | Event::Transferred(_)
            | Event::SubprocedureOpened(_)
            | Event::SubprocedureAnswered(_)
            | Event::SubprocedureCancelled(_)
            | Event::Corrected(_)
            | Event::Appealed(_)
            | Event::Reopened(_)
            | Event::CodeReplaced(_)
            | Event::PersonErased(_)
            | Event::DeadlineRecomputed(_)
            | Event::SilenceAccrued(_) => return None,
        })
    };
    let claim = |(key, entry): (u64, &Entry)| {
        Some(Claim {
            occurred: entry.occurred,
            what: what(&entry.event)?,
            unit: None,
            performer: None,
            key,
            stated_as: Statement::Event,
        })
    };
    ClaimedProcedure {
        source: "here".parse().unwrap(),
        unit: "az-norte".parse().unwrap(),
        channel: None,
        applicant_kind: None,
        filed: None,
        due_on: None,
        code: None,
        claims: (1..).zip(history).filter_map(claim).collect(),
    }
}

proptest! {
    #![proptest_config(cases())]

    /// Nor does anything that reads the state: it answers, or names what the arithmetic cannot follow.
    #[test]
    fn no_sequence_of_events_makes_the_state_panic(history in any_history(), days in -400..4000_i64) {
        let state = Procedure::of(&history);
        prop_assert_eq!(state.version, history.len() as u64);
        let on = later(date(2025, 9, 1), days);
        let rules = rules("10bd");
        let stands = standing(&state, &rules, &QUITO, on);
        let deadline = due::deadline(&state, &rules, &QUITO);
        prop_assert!(stands.is_ok() || deadline.is_err());
        let (stage, waiting_on) = (state.stage(), state.waiting_on());
        prop_assert!(!stage.id().is_empty() && !waiting_on.id().is_empty());
        prop_assert!(state.outcome().is_some() || state.decision.is_none());
        prop_assert!(state.filing.is_some() || state.ended_on().is_none());
        for suspension in &state.ledger.suspensions {
            prop_assert!(suspension.to.is_none_or(|to| to >= suspension.from));
        }
        let json = serde_json::to_string(&state).unwrap();
        prop_assert_eq!(serde_json::from_str::<Procedure>(&json).unwrap(), state);
    }

    #[test]
    fn a_history_folded_whole_is_what_it_is_entry_by_entry(history in any_history()) {
        let mut aggregate = ProcedureAggregate::default();
        for (place, entry) in history.iter().enumerate() {
            aggregate.apply(entry.clone());
            prop_assert_eq!(&aggregate.state, &Procedure::of(&history[..=place]));
        }
        prop_assert_eq!(aggregate.history, history);
    }

    #[test]
    fn without_corrections_evolving_is_all_there_is(history in any_history()) {
        let history: Vec<_> =
            history.into_iter().filter(|entry| !Procedure::needs_history(entry)).collect();
        let mut state = Procedure::default();
        history.iter().for_each(|entry| state.evolve(entry));
        prop_assert_eq!(&state, &Procedure::of(&history));
        let effective: Vec<_> = Procedure::effective(&history).map(|one| one.into_owned()).collect();
        prop_assert_eq!(effective, history);
    }

    #[test]
    fn corrections_are_never_effective_themselves(history in any_history()) {
        let effective: Vec<_> = Procedure::effective(&history).collect();
        prop_assert!(effective.len() <= history.len());
        prop_assert!(effective.iter().all(|entry| !Procedure::needs_history(entry)));
    }

    /// Handed in as a source's claims, a history that lived by the rules contradicts nothing. What was
    /// recorded late stands before what was recorded earlier, which is a contradiction of order only.
    #[test]
    fn what_was_granted_contradicts_nothing(wishes in any_wishes()) {
        let given = lived("15bd", &wishes);
        let state = given.state();
        prop_assert_eq!(state.contradictions, 0);
        prop_assert_eq!(state.version, given.history.len() as u64);
        let entries = record(&Procedure::default(), &claimed(&given.history), &given.rules, &QUITO);
        for entry in entries {
            let mut others = entry.contradicts.clone();
            others.retain(|one| *one != Contradiction::OutOfOrder);
            prop_assert_eq!(others, [], "{:?} in {:?}", entry, given.history);
        }
    }

    /// While no calendar changes, the last due date that was said is the due date.
    #[test]
    fn the_due_date_that_was_said_last_is_the_due_date(wishes in any_wishes()) {
        let given = lived("15bd", &wishes);
        let state = given.state();
        let deadline = due::deadline(&state, &given.rules, &QUITO).unwrap().unwrap();
        let due = state.due.unwrap();
        prop_assert_eq!((due.on, due.base_on), (deadline.due_on, deadline.base_due_on));
    }

    /// A lawful history always has a standing, and one that fits its stage.
    #[test]
    fn what_was_granted_has_a_standing_on_every_day(wishes in any_wishes(), days in 0..200_i64) {
        let given = lived("15bd", &wishes);
        let state = given.state();
        let on = later(date(2025, 9, 1), days);
        let stands = standing(&state, &given.rules, &QUITO, on).unwrap();
        let ended = state.ended_on().is_some_and(|ended_on| ended_on <= on);
        let kinds = [Kind::Ended, Kind::EndedOnTime, Kind::EndedLate];
        prop_assert_eq!(kinds.contains(&stands.kind), ended, "{:?}", stands.kind);
        prop_assert!(stands.business_days_left.is_none() || stands.business_days_overdue.is_none());
        if stands.business_days_overdue.is_some() {
            prop_assert!(matches!(stands.kind, Kind::Overdue | Kind::SilenceAccrued));
        }
    }

    /// No wish lets the term rest for the applicant without an end (COA 140, 162.1).
    #[test]
    fn a_rectification_is_always_bounded(wishes in any_wishes()) {
        for suspension in lived("15bd", &wishes).state().ledger.suspensions {
            let of_the_applicant = suspension.cause == SuspensionCause::Rectification;
            prop_assert_eq!(of_the_applicant, suspension.grant_business_days.is_some());
        }
    }

    #[test]
    fn every_claim_is_recorded_once_and_in_order(claimed in any_claims()) {
        let entries = record(&Procedure::default(), &claimed, &rules("15bd"), &QUITO);
        let filing = claimed.claims.iter().find(|claim| claim.what == Claimed::Filed);
        let first = filing.map_or(0, |claim| claim.key);
        let rest = claimed.claims.iter().map(|claim| claim.key).filter(|key| *key != first);
        let expected: Vec<_> = std::iter::once(first).chain(rest).collect();
        let keys: Vec<_> =
            entries.iter().map(|entry| entry.imported.as_ref().unwrap().key).collect();
        if claimed.claims.is_empty() {
            prop_assert!(keys.is_empty());
        } else {
            prop_assert_eq!(keys, expected);
            prop_assert!(matches!(entries[0].event, Event::Filed(_)));
            prop_assert!(Procedure::of(&entries).filing.is_some());
        }
    }

    #[test]
    fn claims_handed_in_twice_or_by_halves_add_each_record_once(
        claimed in any_claims(),
        half in any::<proptest::sample::Index>(),
    ) {
        let rules = rules("15bd");
        let whole = record(&Procedure::default(), &claimed, &rules, &QUITO);
        let half = half.index(whole.len() + 1);
        let rest = record(&Procedure::of(&whole[..half]), &claimed, &rules, &QUITO);
        prop_assert_eq!(&rest[..], &whole[half..]);
        prop_assert_eq!(record(&Procedure::of(&whole), &claimed, &rules, &QUITO), []);
    }

    /// What has an effect although it contradicts is told apart from what has none by its name alone.
    #[test]
    fn a_claim_without_effect_says_no_due_date(claimed in any_claims()) {
        for entry in record(&Procedure::default(), &claimed, &rules("15bd"), &QUITO) {
            let voided = entry.contradicts.iter().any(|one| one.voids_effect());
            prop_assert!(!voided || entry.event.due().is_none(), "{:?}", entry);
        }
    }
}

#[test]
fn the_laws_hold_for_the_calendars_of_the_capital() {
    let ids: Vec<_> = CalendarBook::ecuador().default_calendars().to_vec();
    assert_eq!(QUITO.ids(), ids);
}
