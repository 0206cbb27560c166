//! Arbitrary histories, wishes and claims for the laws: any entry that can be written down, lawful or
//! not. What must never be published carries a mark.

use chasqui_deadlines::{CalendarId, CalendarVersion, SilenceEffect, SuspensionCause};
use chasqui_procedures::Moment;
use chasqui_procedures::catalogue::ClockStop;
use chasqui_procedures::command::Wish;
use chasqui_procedures::contradiction::Contradiction;
use chasqui_procedures::erasure::ErasureBasis;
use chasqui_procedures::event::{
    Admitted, Appealed, Archived, Assigned, CodeReplaced, Corrected, Correction, CorrectionReason,
    DeadlineRecomputed, Decided, Due, DueBasis, Entry, Event, Filed, Imported, Notified,
    PersonErased, RecomputeReason, RectificationAnswered, RectificationItem,
    RectificationRequested, ReopenCause, Reopened, SilenceAccrued, Statement, StepCompleted,
    StepStarted, TermExtended, TermResumed, TermSuspended, Transferred, Withdrawn,
};
use chasqui_procedures::historical::{Claim, Claimed, ClaimedProcedure};
use chasqui_procedures::ids::{SubjectRef, UnitId};
use chasqui_procedures::outcome::Outcome;
use chasqui_procedures::subprocedure::{
    SubprocedureAnswered, SubprocedureCancelled, SubprocedureOpened, SubprocedureResult,
};
use chasqui_procedures::text::Label;
use chasqui_procedures::tracking_code::CodeLookup;
use jiff::civil::{Date, date};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::Config;

use crate::given::{ask, notify};

/// Stands in every word that must never be published.
pub(crate) const PRIVATE: &str = "private-";

/// Two thousand cases a law, no files left behind.
pub(crate) fn cases() -> Config {
    Config {
        cases: 2_000,
        failure_persistence: None,
        ..Config::default()
    }
}

// --- values ---

/// A date that can be written: 1900 to 2200, mostly in one autumn, so that entries meet.
fn any_date() -> BoxedStrategy<Date> {
    let near = (0..120_i64).prop_map(|days| date(2025, 8, 1).checked_add(days.days()).unwrap());
    let far = (0..109_938_i64).prop_map(|days| date(1900, 1, 1).checked_add(days.days()).unwrap());
    prop_oneof![8 => near, 1 => far].boxed()
}

/// A date, or an instant with any offset that a clock can have, to the second or finer.
pub(crate) fn any_moment() -> BoxedStrategy<Moment> {
    let dated = any_date().prop_map(|on| Moment::dated(on).unwrap());
    let near = 1_754_000_000_000_i64..1_765_000_000_000;
    let far = -2_208_000_000_000_i64..7_289_000_000_000;
    let instant = prop_oneof![8 => near, 1 => far];
    let offset = prop_oneof![
        Just(-5 * 3600),
        (-14_i32..=14).prop_map(|hours| hours * 3600),
        -50_000_i32..50_000,
    ];
    let timed = (instant, offset).prop_map(|(ms, seconds)| {
        let at = Timestamp::from_millisecond(ms).unwrap();
        Moment::at_offset(at, Offset::from_seconds(seconds).unwrap()).unwrap()
    });
    prop_oneof![dated, timed].boxed()
}

fn any_unit() -> impl Strategy<Value = UnitId> {
    select(vec!["az-norte", "az-sur", "catastro"]).prop_map(|unit| unit.parse().unwrap())
}

/// Any text that is a label, however it was typed.
fn any_label() -> impl Strategy<Value = Label> {
    let odd = select(vec![
        " ", "\t", "\u{200b}", "\u{202e}", "\u{61c}", "\u{3000}", "ñ", "\"", "\\",
    ]);
    let typed = vec(
        prop_oneof!["[a-z]{1,4}", odd.prop_map(str::to_owned)],
        1..12,
    );
    typed.prop_filter_map("nothing to show", |parts| {
        Label::parse(&parts.concat()).ok()
    })
}

fn any_cause() -> impl Strategy<Value = SuspensionCause> {
    select(SuspensionCause::ALL.to_vec())
}

fn any_outcome() -> impl Strategy<Value = Outcome> {
    select(Outcome::ALL.to_vec())
}

fn any_days() -> impl Strategy<Value = Option<u16>> {
    option::of(prop_oneof![0..30_u16, any::<u16>()])
}

fn any_due() -> impl Strategy<Value = Option<Due>> {
    let version: CalendarVersion = serde_json::from_str("\"ecuador@2026-11+5d.ab\"").unwrap();
    let basis = prop_oneof![Just(DueBasis::Stated), Just(DueBasis::Computed(version))];
    let due = (option::of(any_date()), option::of(any_date()), basis)
        .prop_map(|(on, base_on, basis)| Due { on, base_on, basis });
    option::of(due)
}

fn any_correction() -> impl Strategy<Value = Correction> {
    prop_oneof![
        Just(Correction::DidNotHappen),
        any_moment().prop_map(Correction::OccurredAt),
        any_outcome().prop_map(Correction::Outcome),
    ]
}

// --- entries ---

fn any_filed() -> impl Strategy<Value = Event> {
    let calendars = vec(select(vec!["EC", "EC-QUITO", "EC-GUAYAQUIL"]), 0..3);
    let clock = select(vec![
        ClockStop::Notification,
        ClockStop::Decision,
        ClockStop::Closing,
    ]);
    let code = option::of(any::<[u8; 32]>());
    let subject = option::of(any::<u128>());
    let words = (
        option::of("[a-z]{1,8}"),
        option::of("[a-z]{1,8}"),
        any::<u32>(),
    );
    (
        any_unit(),
        calendars,
        any_date(),
        clock,
        any_due(),
        code,
        subject,
        words,
    )
        .prop_map(
            |(
                unit,
                calendars,
                filed_on,
                clock_stops_at,
                due,
                code,
                subject,
                (channel, kind, version),
            )| {
                let id = |text: &str| text.parse::<CalendarId>().unwrap();
                Event::Filed(Box::new(Filed {
                    procedure_type: "GADDMQ-AG-CAT-33".parse().unwrap(),
                    type_version: version,
                    unit,
                    channel: channel.map(|word| word.parse().unwrap()),
                    applicant_kind: kind.map(|word| format!("{PRIVATE}{word}").parse().unwrap()),
                    calendars: calendars.into_iter().map(id).collect(),
                    filed_on,
                    clock_stops_at,
                    due,
                    code: code.map(CodeLookup),
                    subject: subject.map(|bits| SubjectRef(uuid::Uuid::from_u128(bits))),
                }))
            },
        )
}

fn any_request() -> impl Strategy<Value = Event> {
    let item = (any_label(), any::<bool>()).prop_map(|(requirement, already_held_by_state)| {
        RectificationItem {
            requirement,
            already_held_by_state,
        }
    });
    (vec(item, 0..3), any_days(), any_due()).prop_map(|(items, granted_business_days, due)| {
        let request = RectificationRequested {
            items,
            granted_business_days,
            due,
        };
        Event::RectificationRequested(request)
    })
}

/// What may happen to a part that another unit does.
fn any_part() -> BoxedStrategy<Event> {
    prop_oneof![
        (1..4_u16, any_unit(), any_label()).prop_map(|(number, unit, name)| {
            Event::SubprocedureOpened(SubprocedureOpened { number, unit, name })
        }),
        (1..4_u16, select(SubprocedureResult::ALL.to_vec())).prop_map(|(number, result)| {
            Event::SubprocedureAnswered(SubprocedureAnswered { number, result })
        }),
        (1..4_u16)
            .prop_map(|number| { Event::SubprocedureCancelled(SubprocedureCancelled { number }) }),
    ]
    .boxed()
}

pub(crate) fn any_event() -> BoxedStrategy<Event> {
    let clock = prop_oneof![
        any_request(),
        any_due().prop_map(|due| Event::RectificationAnswered(RectificationAnswered { due })),
        (any_cause(), any_due())
            .prop_map(|(cause, due)| Event::TermSuspended(TermSuspended { cause, due })),
        (any_cause(), any_due())
            .prop_map(|(cause, due)| Event::TermResumed(TermResumed { cause, due })),
        (any_days(), any_due())
            .prop_map(|(days, due)| Event::TermExtended(TermExtended { days, due })),
    ];
    let progress = prop_oneof![
        Just(Event::Admitted(Admitted {})),
        any_unit().prop_map(|to| Event::Assigned(Assigned { to })),
        any_unit().prop_map(|to| Event::Transferred(Transferred { to })),
        any_part(),
        any_label().prop_map(|step| Event::StepStarted(StepStarted { step })),
        any_label().prop_map(|step| Event::StepCompleted(StepCompleted { step })),
    ];
    let ending = prop_oneof![
        any_outcome().prop_map(|outcome| Event::Decided(Decided { outcome })),
        Just(Event::Notified(Notified { channel: None })),
        Just(Event::Notified(Notified {
            channel: Some("internet".parse().unwrap())
        })),
        (any_due(), option::of(any_date())).prop_map(|(due, from)| {
            let due = due.filter(|due| due.basis != DueBasis::Stated);
            let version = serde_json::from_str("\"ecuador@2026-11+5d.0123456789abcdef\"");
            Event::DeadlineRecomputed(Box::new(DeadlineRecomputed {
                from,
                to: due.as_ref().and_then(|due| due.on),
                base_to: due.as_ref().and_then(|due| due.base_on),
                calendar_version: version.unwrap(),
                reason: RecomputeReason::CalendarData,
            }))
        }),
        any_date().prop_map(|expired_on| {
            let version = serde_json::from_str("\"ecuador@2026-11+5d.0123456789abcdef\"");
            Event::SilenceAccrued(SilenceAccrued {
                effect: SilenceEffect::Positive,
                expired_on,
                calendar_version: version.unwrap(),
            })
        }),
        Just(Event::Appealed(Appealed {})),
        Just(Event::CodeReplaced(CodeReplaced { code: None })),
        select(ErasureBasis::ALL.to_vec()).prop_map(|basis| {
            let party = SubjectRef(uuid::Uuid::from_u128(0xabcd));
            Event::PersonErased(PersonErased { party, basis })
        }),
        (select(ReopenCause::ALL.to_vec()), any_due())
            .prop_map(|(cause, due)| Event::Reopened(Reopened { cause, due })),
        Just(Event::Withdrawn(Withdrawn {})),
        Just(Event::Archived(Archived {})),
    ];
    let corrected =
        (prop_oneof![0..20_u32, any::<u32>()], any_correction()).prop_map(|(sequence, instead)| {
            Event::Corrected(Corrected {
                sequence,
                instead,
                reason: CorrectionReason::TypingMistake,
                due: None,
            })
        });
    prop_oneof![1 => any_filed(), 4 => clock, 3 => progress, 3 => ending, 2 => corrected].boxed()
}

pub(crate) fn any_entry() -> BoxedStrategy<Entry> {
    let imported = ("[a-z]{1,8}", any::<u64>(), any::<bool>()).prop_map(|(source, key, event)| {
        let stated_as = if event {
            Statement::Event
        } else {
            Statement::Attribute
        };
        Imported {
            source: format!("{PRIVATE}{source}").parse().unwrap(),
            key,
            stated_as,
        }
    });
    let contradicts = proptest::sample::subsequence(Contradiction::ALL.to_vec(), 0..3);
    let contradicts = prop_oneof![3 => Just(Vec::new()), 1 => contradicts];
    let performer = option::of("[a-z0-9]{1,8}");
    let by = (
        option::of(any_unit()),
        performer,
        option::of(imported),
        contradicts,
    );
    (any_moment(), any_event(), by)
        .prop_map(
            |(occurred, event, (unit, performer, imported, contradicts))| Entry {
                occurred,
                event,
                unit,
                performer: performer.map(|word| format!("{PRIVATE}{word}").parse().unwrap()),
                imported,
                contradicts,
            },
        )
        .boxed()
}

/// Any sequence of entries at all; most begin with a filing.
pub(crate) fn any_history() -> BoxedStrategy<Vec<Entry>> {
    let filing = (any_entry(), any_filed()).prop_map(|(entry, event)| Entry { event, ..entry });
    (option::weighted(0.8, filing), vec(any_entry(), 0..24))
        .prop_map(|(filing, entries)| filing.into_iter().chain(entries).collect())
        .boxed()
}

// --- wishes and claims ---

/// A wish, with how many days after the one before it is wished and how many earlier it happened.
pub(crate) type Step = (i64, Option<i64>, Wish);

/// What officers might wish, sensibly or not, after a filing.
pub(crate) fn any_wishes() -> impl Strategy<Value = Vec<Step>> {
    let ecuadors = select(SuspensionCause::ALL[..5].to_vec());
    let label = || any_label();
    let wish = prop_oneof![
        1 => Just(Wish::Admit),
        1 => any_unit().prop_map(|to| Wish::Assign { to }),
        1 => label().prop_map(|step| Wish::StartStep { step }),
        1 => label().prop_map(|step| Wish::CompleteStep { step }),
        3 => Just(ask()),
        3 => Just(Wish::AnswerRectification),
        3 => ecuadors.clone().prop_map(|cause| Wish::Suspend { cause }),
        3 => ecuadors.prop_map(|cause| Wish::Resume { cause }),
        2 => (0..9_u16).prop_map(|days| Wish::Extend { days }),
        1 => any_unit().prop_map(|to| Wish::Transfer { to }),
        1 => (any_unit(), any_label())
            .prop_map(|(unit, name)| Wish::OpenSubprocedure { unit, name }),
        1 => (1..4_u16, select(SubprocedureResult::ALL.to_vec()))
            .prop_map(|(number, result)| Wish::AnswerSubprocedure { number, result }),
        1 => (1..4_u16).prop_map(|number| Wish::CancelSubprocedure { number }),
        1 => any_outcome().prop_map(|outcome| Wish::Decide { outcome }),
        1 => Just(notify()),
        1 => Just(Wish::Withdraw),
        1 => Just(Wish::Archive),
    ];
    vec((0..6_i64, option::weighted(0.2, 0..8_i64), wish), 0..30)
}

/// Anything a source may claim of one procedure, in any order. Keys are those of the list.
pub(crate) fn any_claims() -> impl Strategy<Value = ClaimedProcedure> {
    let what = prop_oneof![
        3 => Just(Claimed::Filed),
        1 => Just(Claimed::Admitted),
        2 => any_label().prop_map(Claimed::StepStarted),
        2 => any_label().prop_map(Claimed::StepCompleted),
        2 => Just(Claimed::RectificationRequested),
        2 => Just(Claimed::RectificationAnswered),
        2 => any_cause().prop_map(Claimed::Suspended),
        2 => any_cause().prop_map(Claimed::Resumed),
        1 => Just(Claimed::Extended),
        2 => any_outcome().prop_map(Claimed::Decided),
        2 => Just(Claimed::Notified),
        1 => Just(Claimed::Withdrawn),
        1 => Just(Claimed::Archived),
    ];
    let claim = (any_moment(), what, any::<bool>());
    let stated = (option::of(any_moment()), option::weighted(0.3, any_date()));
    (vec(claim, 0..16), stated).prop_map(|(claims, (filed, due_on))| {
        let claim = |(key, (occurred, what, event)): (u64, (Moment, Claimed, bool))| Claim {
            occurred,
            what,
            unit: None,
            performer: None,
            key,
            stated_as: if event {
                Statement::Event
            } else {
                Statement::Attribute
            },
        };
        ClaimedProcedure {
            source: "receipt".parse().unwrap(),
            unit: "az-norte".parse().unwrap(),
            channel: None,
            applicant_kind: None,
            filed,
            due_on,
            code: None,
            claims: (1..).zip(claims).map(claim).collect(),
        }
    })
}
