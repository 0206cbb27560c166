//! Guesses tracking codes: random ones and neighbours of real ones, from many networks at once.
//! Usage: `enumerator SITE CODES_FILE GUESSES`. Prints what it found; exit code 1 if a code opened.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test program: it may die, and speaks by its output"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

use chasqui_procedures::TrackingCode;
use fastrand::Rng;
use ureq::Agent;

const THREADS: u64 = 8;
const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [site, codes, guesses] = arguments.as_slice() else {
        panic!("usage: enumerator SITE CODES_FILE GUESSES");
    };
    let text = std::fs::read_to_string(codes).unwrap();
    let real: Vec<String> = text
        .lines()
        .skip(1)
        .filter_map(|line| line.rsplit(',').next().map(str::to_owned))
        .collect();
    let guesses: u64 = guesses.parse().unwrap();
    let workers = (0..THREADS).map(|worker| {
        let (site, real) = (site.clone(), real.clone());
        std::thread::spawn(move || guess(&site, &real, guesses / THREADS, worker))
    });
    let mut statuses: BTreeMap<u16, u64> = BTreeMap::new();
    for worker in workers.collect::<Vec<_>>() {
        for (status, count) in worker.join().unwrap() {
            *statuses.entry(status).or_default() += count;
        }
    }
    println!(
        "answers by status: {statuses:?}; {} real codes exist",
        real.len()
    );
    let opened = statuses.get(&200).copied().unwrap_or_default();
    println!("{opened} hits");
    ExitCode::from(u8::from(opened > 0))
}

fn guess(site: &str, real: &[String], guesses: u64, worker: u64) -> BTreeMap<u16, u64> {
    let known: BTreeSet<&String> = real.iter().collect();
    let mut random = Rng::with_seed(worker);
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let mut statuses = BTreeMap::new();
    for turn in 0..guesses {
        // One in a hundred is a neighbour of a real code, with check symbols that fit.
        let code = if turn % 100 == 0 {
            neighbour(&real[random.usize(..real.len())], &mut random)
        } else {
            let mut bytes = [0; 9];
            random.fill(&mut bytes);
            TrackingCode::from_random(bytes).reveal()
        };
        if known.contains(&code) {
            continue;
        }
        let [a, b, c] = [random.u8(1..224), random.u8(..), random.u8(..)];
        let asked = agent
            .get(format!("{site}/api/v1/procedures/{code}"))
            .header("x-forwarded-for", format!("{a}.{b}.{c}.1"));
        let mut answer = asked.call().unwrap();
        // Read to its end, so that the connection is used again.
        answer.body_mut().read_to_vec().unwrap();
        *statuses.entry(answer.status().as_u16()).or_default() += 1;
    }
    statuses
}

/// The code with one symbol changed, and the check symbols that make it one.
fn neighbour(code: &str, random: &mut Rng) -> String {
    let mut symbols: Vec<u8> = code.bytes().filter(|byte| *byte != b'-').collect();
    symbols[random.usize(..13)] = ALPHABET[random.usize(..32)];
    for first in ALPHABET {
        for second in ALPHABET {
            (symbols[13], symbols[14]) = (*first, *second);
            let text = String::from_utf8(symbols.clone()).unwrap();
            if let Ok(code) = text.parse::<TrackingCode>() {
                return code.reveal();
            }
        }
    }
    unreachable!("every 13 symbols have their check symbols")
}
