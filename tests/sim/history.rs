//! One history: letters on their way, a fault at each, and at the end everything must add up.

use std::collections::BTreeMap;
use std::fmt;
use std::task::Poll;

use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::recorded::{NewEvent, kind};
use chasqui_store::{Append, AppendError};
use fastrand::Rng;
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use crate::check;
use crate::disk::{Disk, Full};
use crate::fault::Fault;
use crate::ledger::Ledger;
use crate::letter::{Answer, Ask, Letter, wish};
use crate::machine::Machine;

/// How often a letter is sent again before the history has failed.
const PATIENCE: usize = 2_000;
const BEGINNING: &str = "2026-03-02T14:00:00Z";

/// What was lived, in numbers.
#[derive(Default)]
pub(crate) struct Lived {
    histories: u64,
    carried_out: u64,
    refused: u64,
    told_again: u64,
    faults: BTreeMap<Fault, u64>,
}

struct History {
    rng: Rng,
    machine: Machine,
    ledger: Ledger,
    now: Timestamp,
    letters: u64,
    is_told: bool,
}

pub(crate) async fn live(template: &Disk, seed: u64, is_told: bool) -> Lived {
    let mut rng = Rng::with_seed(seed);
    let turns = rng.usize(4..12);
    let mut history = History {
        rng,
        machine: Machine::start(template.copied()).await,
        ledger: Ledger::default(),
        now: BEGINNING.parse().unwrap(),
        letters: 0,
        is_told,
    };
    let mut lived = Lived {
        histories: 1,
        ..Lived::default()
    };
    for _ in 0..turns {
        let fault = Fault::any(&mut history.rng);
        *lived.faults.entry(fault).or_default() += 1;
        history.turn(fault).await;
    }
    check::adds_up(&mut history.machine, &history.ledger, &mut history.rng).await;
    let all = history.ledger.answered.len() as u64;
    lived.carried_out = history.ledger.done().count() as u64;
    lived.refused = all - lived.carried_out;
    lived.told_again = history.ledger.told_again;
    lived
}

impl History {
    async fn turn(&mut self, fault: Fault) {
        // Somebody has worked on it for a while, or the clocks of two machines differ.
        let minutes = self.rng.i64(-5..3 * 24 * 60);
        self.now += SignedDuration::from_mins(minutes);
        let letter = self.letter();
        if self.is_told {
            println!("{} {fault:?}: {letter:?}", self.now);
        }
        match fault {
            Fault::None => {}
            Fault::LostReply => drop(self.send(&letter).await),
            Fault::HungUp => self.hang_up(&letter).await,
            Fault::Twice => {
                self.at_once(vec![letter.clone(), letter.clone()], true)
                    .await
            }
            Fault::Crowd => {
                let crowd = self.crowd(&letter);
                self.at_once(crowd.clone(), true).await;
                self.until_all_answered(&crowd).await;
            }
            Fault::Crash => {
                let number = self.rng.usize(..2);
                let commands = self.machine.processes[number].commands.clone();
                drop(letter.deliver(&commands, self.now).await);
                self.machine.restart(number).await;
            }
            Fault::PowerCut => {
                let synced = self.machine.disk.written();
                drop(self.send(&letter).await);
                self.power_cut(synced).await;
            }
            Fault::PowerCutInACrowd => {
                let crowd = self.crowd(&letter);
                let synced = self.machine.disk.written();
                self.at_once(crowd.clone(), false).await;
                self.power_cut(synced).await;
                self.until_all_answered(&crowd).await;
            }
            Fault::FullDisk => {
                let room = self.rng.u64(..16_000);
                let full = Full::beyond(self.machine.disk.written() + room);
                let result = self.send(&letter).await;
                drop(full);
                self.ledger.take(&letter, result);
            }
            Fault::StaleLeader => self.stale_leader().await,
        }
        self.until_answered(&letter).await;
        self.ask_again().await;
        if self.rng.u8(..4) == 0 {
            check::views_show(&mut self.machine, &self.ledger, &mut self.rng).await;
        }
    }

    fn letter(&mut self) -> Letter {
        self.letters += 1;
        let rng = &mut self.rng;
        let known: Vec<ProcedureId> = self.ledger.versions.keys().copied().collect();
        let ask = if known.is_empty() || (known.len() < 3 && rng.u8(..5) == 0) {
            Ask::File
        } else {
            // Identities are random: the order of filing is not.
            let mut filed: Vec<_> = self
                .ledger
                .done()
                .filter(|done| done.version == 1)
                .collect();
            filed.sort_by_key(|done| done.position);
            let procedure = filed[rng.usize(..filed.len())].procedure;
            let version = self.ledger.versions[&procedure];
            let seen = [None, None, Some(version), Some(version.saturating_sub(1))];
            Ask::Act {
                procedure,
                wish: wish(rng),
                seen: seen[rng.usize(..4)],
            }
        };
        Letter {
            key: format!("letter-{}", self.letters),
            ask,
        }
    }

    fn crowd(&mut self, first: &Letter) -> Vec<Letter> {
        let mut crowd = vec![first.clone()];
        for _ in 0..self.rng.usize(1..4) {
            crowd.push(self.letter());
        }
        crowd
    }

    async fn send(&mut self, letter: &Letter) -> Result<Answer, chasqui_commands::CommandError> {
        let commands = self.machine.any(&mut self.rng).commands.clone();
        letter.deliver(&commands, self.now).await
    }

    /// Sends it until it is answered for good.
    async fn until_answered(&mut self, letter: &Letter) {
        if self.ledger.is_refused(letter) {
            return;
        }
        for _ in 0..PATIENCE {
            let result = self.send(letter).await;
            if self.ledger.take(letter, result) {
                return;
            }
            tokio::task::yield_now().await;
        }
        panic!("{letter:?} is never answered");
    }

    async fn until_all_answered(&mut self, letters: &[Letter]) {
        for letter in letters {
            self.until_answered(letter).await;
        }
    }

    /// Sends letters at the same moment, to one process after the other.
    async fn at_once(&mut self, letters: Vec<Letter>, are_heard: bool) {
        let mut under_way = JoinSet::new();
        for (number, letter) in letters.into_iter().enumerate() {
            let commands = self.machine.processes[number % 2].commands.clone();
            let now = self.now;
            under_way.spawn(async move {
                let result = letter.deliver(&commands, now).await;
                (letter, result)
            });
        }
        while let Some(ended) = under_way.join_next().await {
            let (letter, result) = ended.unwrap();
            if are_heard {
                self.ledger.take(&letter, result);
            }
        }
    }

    /// Begins to wait for an answer, and gives up.
    async fn hang_up(&mut self, letter: &Letter) {
        let mut patience = self.rng.usize(..4);
        let commands = self.machine.any(&mut self.rng).commands.clone();
        let mut answer = Box::pin(letter.deliver(&commands, self.now));
        std::future::poll_fn(|context| {
            if patience == 0 || answer.as_mut().poll(context).is_ready() {
                return Poll::Ready(());
            }
            patience -= 1;
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }

    /// The power fails. What was synced before is on the disk; of the rest any number of bytes.
    async fn power_cut(&mut self, synced: u64) {
        let written = self.machine.disk.written();
        let reached = self.rng.u64(synced..=written.max(synced));
        if self.is_told {
            println!("  of {synced} to {written} bytes {reached} have reached the disk");
        }
        self.machine.power_cut(reached, &mut self.rng).await;
    }

    /// What was decided on something older is never stored.
    async fn stale_leader(&mut self) {
        let Some((procedure, version)) = self.ledger.versions.last_key_value() else {
            return;
        };
        let append = Append {
            kind: kind::PROCEDURE,
            id: procedure.to_string(),
            after: version - 1,
            events: vec![NewEvent {
                event_type: "Stale".into(),
                event_version: "1".into(),
                payload: "{}".to_owned(),
            }],
            metadata: "{}".to_owned(),
        };
        let store = self.machine.any(&mut self.rng).store.clone();
        let appended = store.append(append).await;
        assert!(
            matches!(appended, Err(AppendError::Conflict { .. })),
            "{appended:?}"
        );
    }

    /// An old letter comes once more, and changes nothing.
    async fn ask_again(&mut self) {
        let old = self.rng.usize(..self.ledger.answered.len());
        let (letter, answer) = self.ledger.answered[old].clone();
        if answer.is_some() {
            self.until_answered(&letter).await;
        }
    }
}

impl Lived {
    pub(crate) fn add(&mut self, more: &Self) {
        self.histories += more.histories;
        self.carried_out += more.carried_out;
        self.refused += more.refused;
        self.told_again += more.told_again;
        for (fault, count) in &more.faults {
            *self.faults.entry(*fault).or_default() += count;
        }
    }
}

impl fmt::Display for Lived {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} histories: {} commands carried out, {} refused, {} told again; {:?}; nothing lost, doubled \
             or out of order",
            self.histories, self.carried_out, self.refused, self.told_again, self.faults
        )
    }
}
