//! A random walk: officers wish whatever comes to their minds, at many procedures at once. Nothing
//! unlawful is recorded, nothing acknowledged is lost, and the views equal a rebuild.
//!
//! CI walks the short way; `tests/proofs/random-walk` sets `WALK_COMMANDS`, `WALK_PROCEDURES` and
//! `WALK_SEED` for the long one. The seed is told, so that a walk can be repeated.

use std::collections::BTreeMap;
use std::time::Instant;

use chasqui_commands::{CommandError, Order};
use chasqui_deadlines::SuspensionCause;
use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::event::{
    Correction, CorrectionReason, Entry, RectificationItem, ReopenCause,
};
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::outcome::Outcome;
use chasqui_procedures::recorded::Body;
use chasqui_procedures::subprocedure::SubprocedureResult;
use chasqui_procedures::text::Label;
use chasqui_procedures::{Moment, Procedure};
use chasqui_store::Store;
use fastrand::Rng;
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::support::{both, chasqui};
use crate::time::Office;
use crate::views::hashes;

const OFFICERS: u64 = 64;

#[expect(
    clippy::disallowed_methods,
    reason = "the tests have settings of their own"
)]
fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_officers_wish_the_record_stays_lawful_and_whole() {
    let (commands, procedures) = (
        setting("WALK_COMMANDS", 4_000),
        setting("WALK_PROCEDURES", 200),
    );
    let seed = setting("WALK_SEED", 7);
    both(async |database| {
        let started = Instant::now();
        let office = Office::open(&database).await;
        let walks = (0..OFFICERS).map(|officer| {
            let share = |total: u64| total / OFFICERS + u64::from(officer < total % OFFICERS);
            let (office, procedures, commands) =
                (office.clone(), share(procedures), share(commands));
            let random = Rng::with_seed(seed * 1_000 + officer);
            tokio::spawn(walk(office, random, procedures, commands))
        });
        let mut acknowledged = BTreeMap::new();
        let (mut granted, mut refused) = (0, 0);
        for walk in walks.collect::<Vec<_>>() {
            let walked = walk.await.unwrap();
            granted += walked.granted;
            refused += walked.refused;
            acknowledged.extend(walked.versions);
        }
        assert_eq!(granted + refused, commands);
        assert!(
            granted > commands / 4 && refused > commands / 20,
            "{granted} granted, {refused} refused"
        );
        let events = assert_lawful_and_whole(&office.store, &acknowledged).await;
        let live = hashes(&database);
        chasqui(&database, &["views", "rebuild"]).exits(0);
        assert_eq!(hashes(&database), live);
        eprintln!(
            "{:?}: seed {seed}, {commands} commands on {procedures} procedures, {granted} granted, \
             {refused} refused, {events} events, {:.1} s",
            database.kind,
            started.elapsed().as_secs_f32(),
        );
    })
    .await;
}

struct Walked {
    granted: u64,
    refused: u64,
    versions: Vec<(ProcedureId, u64)>,
}

/// One officer with some procedures of their own; each has its own time, which only goes on.
async fn walk(office: Office, mut random: Rng, procedures: u64, commands: u64) -> Walked {
    let mut mine: Vec<(ProcedureId, u64, Date)> = Vec::new();
    for _ in 0..procedures {
        let day = date(2024, 1, 2) + i64::from(random.u16(0..300)).days();
        let filed = office.file(&format!("{day}T09:00:00-05:00")).await;
        mine.push((filed.done.procedure, filed.done.version, day));
    }
    let (mut granted, mut refused) = (0, 0);
    for _ in 0..commands {
        let (procedure, version, day) = &mut mine[random.usize(0..procedures as usize)];
        *day += i64::from(random.u8(0..6)).days();
        let command = Command {
            occurred: Some(Moment::dated(*day).unwrap()),
            wish: wish(&mut random, *version, *day),
        };
        match office
            .commands
            .execute(Order::of_operator(), *procedure, command)
            .await
        {
            Ok(done) => {
                assert_eq!(done.version, *version + 1, "nobody else acts on it");
                *version = done.version;
                granted += 1;
            }
            Err(CommandError::Rejected(_)) => refused += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    let versions = mine
        .into_iter()
        .map(|(procedure, version, _)| (procedure, version));
    Walked {
        granted,
        refused,
        versions: versions.collect(),
    }
}

fn wish(random: &mut Rng, version: u64, day: Date) -> Wish {
    let cause = SuspensionCause::ALL[random.usize(0..5)];
    let step = Label::parse(["Informe", "Inspección", "Revisión"][random.usize(0..3)]).unwrap();
    match random.u8(0..23) {
        0 => Wish::Admit,
        1 => Wish::Assign {
            to: "obras".parse().unwrap(),
        },
        2 | 3 => Wish::StartStep { step },
        4 | 5 => Wish::CompleteStep { step },
        6 | 7 => Wish::RequestRectification {
            items: vec![RectificationItem {
                requirement: step,
                already_held_by_state: random.bool(),
            }],
            granted_business_days: random.bool().then(|| random.u16(1..15)),
        },
        8 | 9 => Wish::AnswerRectification,
        10 => Wish::Suspend { cause },
        11 | 12 => Wish::Resume { cause },
        13 => Wish::Extend {
            days: random.u16(0..12),
        },
        14 => Wish::Transfer {
            to: "obras".parse().unwrap(),
        },
        15 => Wish::Decide {
            outcome: Outcome::ALL[random.usize(0..Outcome::ALL.len())],
        },
        16 => Wish::Notify { channel: None },
        17 if random.u8(0..4) == 0 => Wish::Withdraw,
        17 => Wish::Appeal,
        18 if random.bool() => Wish::Archive,
        18 => Wish::Reopen {
            cause: ReopenCause::ALL[random.usize(0..3)],
        },
        19 => Wish::OpenSubprocedure {
            unit: "catastro".parse().unwrap(),
            name: step,
        },
        20 => Wish::AnswerSubprocedure {
            number: random.u16(1..4),
            result: SubprocedureResult::ALL[random.usize(0..3)],
        },
        21 => Wish::CancelSubprocedure {
            number: random.u16(1..4),
        },
        _ => Wish::Correct {
            sequence: random.u32(0..version as u32 + 2),
            instead: match random.u8(0..3) {
                0 => Correction::DidNotHappen,
                1 => Correction::OccurredAt(
                    Moment::dated(day - i64::from(random.u8(0..9)).days()).unwrap(),
                ),
                _ => Correction::Outcome(Outcome::Granted),
            },
            reason: CorrectionReason::ALL[random.usize(0..5)],
        },
    }
}

/// Reads the whole log and holds every procedure against what may be, and what was acknowledged.
async fn assert_lawful_and_whole(store: &Store, acknowledged: &BTreeMap<ProcedureId, u64>) -> u64 {
    let mut histories: BTreeMap<ProcedureId, Vec<Entry>> = BTreeMap::new();
    let mut next = 0;
    loop {
        let page = store.read(next, 10_000).await.unwrap();
        if page.is_empty() {
            break;
        }
        for raw in page {
            assert_eq!(raw.position, next, "there is a gap");
            next += 1;
            if let Body::Procedure(procedure, entry) = raw.decode().unwrap().body {
                histories.entry(procedure).or_default().push(*entry);
                assert_eq!(histories[&procedure].len() as u64, raw.sequence);
            }
        }
    }
    assert_eq!(histories.len(), acknowledged.len());
    for (procedure, history) in &histories {
        assert_eq!(
            acknowledged[procedure],
            history.len() as u64,
            "{procedure} lost an event"
        );
        for length in 1..=history.len() {
            assert_lawful(&Procedure::of(&history[..length]), &history[..length]);
        }
    }
    next
}

/// What can never be, whatever was wished: unless a correction took away what stood before it.
fn assert_lawful(state: &Procedure, history: &[Entry]) {
    let filing = state
        .filing
        .as_ref()
        .unwrap_or_else(|| panic!("not filed: {history:?}"));
    assert_eq!(
        state.contradictions, 0,
        "only a source contradicts itself: {history:?}"
    );
    assert!(state.due.is_some(), "the type has a term: {history:?}");
    if history.iter().any(Procedure::needs_history) {
        return;
    }
    let after = |earlier: Option<Date>, later: Option<Date>| {
        later.is_none_or(|later| earlier.is_some_and(|earlier| earlier <= later))
    };
    let decided_on = state.decision.map(|decision| decision.on);
    assert!(
        after(decided_on, state.notified_on),
        "notified before decided: {history:?}"
    );
    let ended_on = state.notified_on.or(state.withdrawn_on);
    assert!(
        after(ended_on, state.archived_on),
        "put away before it ended: {history:?}"
    );
    assert!(
        after(Some(filing.filed_on), decided_on),
        "decided before filed: {history:?}"
    );
    let mut open: Vec<_> = state.open_suspensions().collect();
    let all = open.len();
    open.sort_unstable();
    open.dedup();
    assert_eq!(
        open.len(),
        all,
        "the term rests twice for one cause: {history:?}"
    );
    let extended: u32 = state
        .ledger
        .extensions
        .iter()
        .map(|one| u32::from(one.amount))
        .sum();
    assert!(
        extended <= 7,
        "extended by more than half of 15 days: {history:?}"
    );
}
