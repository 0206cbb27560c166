//! Asks the calculator what nobody should ask, for as long as one likes: the published questions,
//! broken byte by byte and field by field. It fails at the first panic, unnamed error, contradiction
//! or slow answer, and prints the seed that repeats it. It needs no nightly compiler:
//!
//! `cargo run -p chasqui-deadlines --example fuzz -- --seconds 60`

mod judge;
mod mutate;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use chasqui_deadlines::{BatchCalculator, DeadlineError};

use self::judge::{Verdict, judge};
use self::mutate::Corpus;

const USAGE: &str = "usage: fuzz [--seconds N] [--seed S] [--cases N]";

/// The longest that an answer with its account may take, on a machine that is busy with other things.
/// What is slower is asked again, so that only the calculator is blamed.
const PATIENCE: Duration = Duration::from_millis(100);

/// What was asked for.
struct Limits {
    seconds: Option<u64>,
    cases: Option<u64>,
    seed: u64,
}

/// What came out.
#[derive(Default)]
struct Tally {
    cases: u64,
    answered: u64,
    refused: BTreeMap<&'static str, u64>,
    slowest: Duration,
}

fn main() -> ExitCode {
    let Some(limits) = limits(std::env::args().skip(1)) else {
        say(USAGE);
        return ExitCode::from(2);
    };
    tell_panics_with_their_case();
    say(&format!("fuzz: seed {}", limits.seed));
    let mut tally = Tally::default();
    match run(&limits, &mut tally) {
        Ok(()) => {
            say(&tally.report());
            ExitCode::SUCCESS
        }
        Err(fault) => {
            say(&fault);
            ExitCode::FAILURE
        }
    }
}

/// A panic of the calculator is caught, and told with the case that made it and its place. One of
/// the fuzzer itself is told as ever.
fn tell_panics_with_their_case() {
    let as_ever = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| match JUDGING.get() {
        true => PANICKED.set(panic.to_string()),
        false => as_ever(panic),
    }));
}

thread_local! {
    static JUDGING: Cell<bool> = const { Cell::new(false) };
    static PANICKED: Cell<String> = const { Cell::new(String::new()) };
}

fn run(limits: &Limits, tally: &mut Tally) -> Result<(), String> {
    let corpus = Corpus::published();
    let mut calculator = BatchCalculator::default();
    let started = now();
    let is_over = |tally: &Tally| {
        let late = |seconds| started.elapsed() >= Duration::from_secs(seconds);
        limits.seconds.is_some_and(late) || limits.cases.is_some_and(|most| tally.cases >= most)
    };
    while !is_over(tally) {
        // Every case has a seed of its own, so that it can be repeated alone.
        let seed = limits.seed.wrapping_add(tally.cases);
        let question = corpus.case(&mut fastrand::Rng::with_seed(seed));
        let fault = |what: String| {
            let shown: String = question.chars().take(4_000).collect();
            format!(
                "fuzz: {what}\nquestion ({} bytes): {shown}\n\
                 repeat it with: cargo run -p chasqui-deadlines --example fuzz -- --seed {seed} --cases 1",
                question.len()
            )
        };
        let (verdict, took) = timed(&mut calculator, &question).map_err(fault)?;
        if took > PATIENCE {
            return Err(fault(format!(
                "an answer took {took:?}, three times in a row"
            )));
        }
        tally.slowest = tally.slowest.max(took);
        match verdict {
            Verdict::Answered => tally.answered += 1,
            Verdict::Refused(name) => *tally.refused.entry(name).or_default() += 1,
        }
        tally.cases += 1;
    }
    tally.check()
}

/// Asks once or, if it was slow, three times, and takes the fastest.
fn timed(calculator: &mut BatchCalculator, question: &str) -> Result<(Verdict, Duration), String> {
    let mut best: Option<(Verdict, Duration)> = None;
    for _ in 0..3 {
        let started = now();
        JUDGING.set(true);
        let judged = catch_unwind(AssertUnwindSafe(|| judge(calculator, question)));
        JUDGING.set(false);
        let took = started.elapsed();
        let verdict = judged.map_err(|_| PANICKED.take())??;
        best = match best {
            Some((verdict, least)) if least <= took => Some((verdict, least)),
            Some(_) | None => Some((verdict, took)),
        };
        if took <= PATIENCE {
            break;
        }
    }
    best.ok_or_else(|| "it was not asked".to_owned())
}

impl Tally {
    /// A fuzzer that only meets closed doors proves nothing.
    fn check(&self) -> Result<(), String> {
        let enough =
            self.cases < 20_000 || (self.answered * 20 > self.cases && self.refused.len() >= 15);
        match enough {
            true => Ok(()),
            false => Err(format!("fuzz: too few kinds of answers\n{}", self.report())),
        }
    }

    fn report(&self) -> String {
        let refused: u64 = self.refused.values().sum();
        let names: Vec<String> = self
            .refused
            .iter()
            .map(|(name, n)| format!("  {name} {n}"))
            .collect();
        format!(
            "fuzz: {} cases, {} answered, {refused} refused by {} of {} names, slowest {:?}\n{}",
            self.cases,
            self.answered,
            self.refused.len(),
            DeadlineError::NAMES.len(),
            self.slowest,
            names.join("\n")
        )
    }
}

fn limits(arguments: impl Iterator<Item = String>) -> Option<Limits> {
    let mut limits = Limits {
        seconds: None,
        cases: None,
        seed: fastrand::u64(..),
    };
    let mut arguments = arguments;
    while let Some(name) = arguments.next() {
        let value = arguments.next()?.parse().ok()?;
        match &*name {
            "--seconds" => limits.seconds = Some(value),
            "--cases" => limits.cases = Some(value),
            "--seed" => limits.seed = value,
            _ => return None,
        }
    }
    if limits.seconds.is_none() && limits.cases.is_none() {
        limits.seconds = Some(60);
    }
    Some(limits)
}

#[expect(
    clippy::disallowed_methods,
    reason = "a fuzzer runs for a while and measures how long an answer takes"
)]
fn now() -> Instant {
    Instant::now()
}

#[expect(clippy::print_stdout, reason = "its only output is what it found")]
fn say(text: &str) {
    println!("{text}");
}
