//! Short histories with faults in between, each told by its seed: processes that die, answers that are
//! lost, commands that come twice, processes that know only yesterday, a power cut at any byte of what was
//! being written, a full disk. Usage: `sim [--seconds N] [--histories N] [--alone]`; `SEED=N sim` lives
//! one history again and tells what happens in it.
//!
//! The clock, the commands and the faults follow from the seed alone; the store, the commands and the views
//! are the real ones, on SQLite files in memory. Which of two commands sent at once goes first is left to
//! the machine: what has to be true afterwards does not depend on it.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a proof: it may die, and speaks by its output"
)]

mod check;
mod disk;
mod fault;
mod history;
mod ledger;
mod letter;
mod machine;

use std::panic::AssertUnwindSafe;
use std::process::{Child, Command, ExitCode};
use std::time::{Duration, Instant};

use crate::disk::Disk;
use crate::history::Lived;

struct Asked {
    seconds: u64,
    histories: u64,
    seed: Option<u64>,
    /// Whether this process does all of it.
    is_alone: bool,
}

fn main() -> ExitCode {
    let asked = arguments();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let template = runtime.block_on(async {
        disk::survive_limits();
        machine::template().await
    });
    let mut others = Others::start(&asked);
    let first = asked.seed.unwrap_or_else(|| fastrand::u64(..1 << 40));
    let histories = asked.seed.map_or(asked.histories, |_| 1);
    println!("histories from seed {first} on");
    let began = Instant::now();
    let mut all = Lived::default();
    for seed in (first..).take(usize::try_from(histories).unwrap_or(usize::MAX)) {
        if asked.seed.is_none() && began.elapsed() > Duration::from_secs(asked.seconds) {
            break;
        }
        let Some(lived) = live(&runtime, &template, seed, asked.seed.is_some()) else {
            eprintln!(
                "the history of seed {seed} ends badly; it is lived again by\n  \
                 SEED={seed} cargo run -p chasqui-tests --bin sim"
            );
            return ExitCode::FAILURE;
        };
        all.add(&lived);
    }
    println!("{all} in {:.0} s", began.elapsed().as_secs_f64());
    others.end()
}

/// The same in other processes, one for each core more: a full disk is full for a whole process.
struct Others(Vec<Child>);

impl Others {
    fn start(asked: &Asked) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let more = if asked.is_alone || asked.seed.is_some() {
            0
        } else {
            cores - 1
        };
        let start = |_| {
            Command::new(std::env::current_exe().unwrap())
                .arg("--alone")
                .args(["--seconds", &asked.seconds.to_string()])
                .args(["--histories", &asked.histories.to_string()])
                .spawn()
                .unwrap()
        };
        Self((0..more).map(start).collect())
    }

    fn end(&mut self) -> ExitCode {
        let ended = self.0.iter_mut().map(|one| one.wait().unwrap().success());
        // Each is waited for, also after one that failed.
        let ended: Vec<bool> = ended.collect();
        if ended.into_iter().all(|well| well) {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}

/// Lives one history; none if something was not as it has to be.
fn live(
    runtime: &tokio::runtime::Runtime,
    template: &Disk,
    seed: u64,
    is_told: bool,
) -> Option<Lived> {
    let history = history::live(template, seed, is_told);
    let ended = std::panic::catch_unwind(AssertUnwindSafe(|| runtime.block_on(history)));
    ended.ok()
}

#[expect(
    clippy::disallowed_methods,
    reason = "the seed of a history that failed is handed over as people are used to"
)]
fn arguments() -> Asked {
    let mut asked = Asked {
        seconds: 60,
        histories: u64::MAX,
        seed: std::env::var("SEED").ok().map(|text| text.parse().unwrap()),
        is_alone: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || {
            words
                .next()
                .expect("an option needs a value")
                .parse()
                .unwrap()
        };
        match word.as_str() {
            "--seconds" => asked.seconds = value(),
            "--histories" => asked.histories = value(),
            "--alone" => asked.is_alone = true,
            other => {
                panic!("unknown option {other:?}: sim [--seconds N] [--histories N] [--alone]")
            }
        }
    }
    asked
}
