//! How long a due date takes, with and without its receipt, on a calendar in hand. The budgets are
//! promises: under 2 µs without the receipt, under 20 µs with it. Run it with
//! `cargo bench -p chasqui-deadlines`; it fails when a promise is broken.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use chasqui_deadlines::{
    Calendar, CalendarBook, Extension, Input, Language, Ledger, Suspension, SuspensionCause,
    Trigger, compute,
};
use jiff::Timestamp;
use jiff::civil::date;

const ROUNDS: u32 = 30;
const RUNS: u32 = 2_000;

fn main() -> ExitCode {
    let book = CalendarBook::ecuador();
    let calendar = book.resolve(book.default_calendars(), Timestamp::MAX);
    let calendar = calendar.expect("the profile's own calendars resolve");
    let plain = plain();
    let busy = busy();
    let mut kept = true;
    kept &= within("due date, 10 business days", 2.0, || due(&plain, &calendar));
    kept &= within("due date, 2 suspensions and an extension", 2.0, || {
        due(&busy, &calendar)
    });
    kept &= within("due date with receipt, 10 business days", 20.0, || {
        receipt(&plain, &calendar)
    });
    kept &= within("due date with receipt, suspended", 20.0, || {
        receipt(&busy, &calendar)
    });
    let deadline = compute(&busy, &calendar).expect("the example is valid");
    let receipt = deadline.receipt();
    within("standing on a day", 2.0, || {
        deadline.standing(date(2025, 9, 30), None).elapsed_days
    });
    within("receipt as Spanish text", 100.0, || {
        receipt.text(Language::Es).len() as i64
    });
    within("resolving a calendar", 1_000.0, || {
        let resolved = book.resolve(book.default_calendars(), Timestamp::MAX);
        resolved.map_or(0, |calendar| calendar.ids().len() as i64)
    });
    if kept {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn plain() -> Input {
    let filed: Timestamp = "2025-10-31T17:30:00-05:00"
        .parse()
        .expect("a fixed instant");
    Input::new(
        Trigger::ReceivedAt(filed),
        "10bd".parse().expect("a fixed term"),
    )
}

fn busy() -> Input {
    let asked = Suspension::open(SuspensionCause::Rectification, date(2025, 9, 5)).granting(10);
    let report = Suspension::open(SuspensionCause::ExternalReport, date(2025, 9, 15));
    Input {
        ledger: Ledger {
            suspensions: vec![
                asked.until(date(2025, 9, 12)),
                report.until(date(2025, 9, 24)),
            ],
            extensions: vec![Extension::new(5, date(2025, 9, 26))],
        },
        ..Input::new(
            Trigger::On(date(2025, 9, 1)),
            "15bd".parse().expect("a fixed term"),
        )
    }
}

fn due(input: &Input, calendar: &Calendar) -> i64 {
    compute(input, calendar).map_or(0, |deadline| i64::from(deadline.due_on.is_some()))
}

fn receipt(input: &Input, calendar: &Calendar) -> i64 {
    compute(input, calendar).map_or(0, |deadline| deadline.receipt().lines.len() as i64)
}

/// The fastest of some rounds, which is what the code costs when nothing disturbs it.
#[expect(
    clippy::disallowed_methods,
    reason = "measuring time is what a benchmark is for"
)]
#[expect(clippy::print_stdout, reason = "its only output is what it measured")]
fn within(what: &str, budget_micros: f64, mut run: impl FnMut() -> i64) -> bool {
    let mut best = f64::INFINITY;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        for _ in 0..RUNS {
            black_box(run());
        }
        best = best.min(start.elapsed().as_secs_f64() * 1e6 / f64::from(RUNS));
    }
    println!("{what:<45} {best:>9.3} µs (budget {budget_micros} µs)");
    best <= budget_micros
}
