//! How fast it is, beside stock parts on the same machine in the same run: `bench --help`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program for measuring: it may die, and speaks by its output"
)]

mod bulk;
mod commands;
mod fresh;
mod log;
mod memory;
mod page;
mod parts;
mod rebuild;
mod report;

use std::process::ExitCode;

use chasqui_tests::cluster::Cluster;
use report::Section;

/// Memory first: later it would hold what the others have left behind.
const ALL: [&str; 7] = [
    "memory", "commands", "fresh", "log", "bulk", "rebuild", "sqlite",
];

const HELP: &str = "How fast it is, beside stock parts on the same machine in the same run.

Usage: bench [all | memory | commands | fresh | log | bulk | rebuild | sqlite]... [OPTIONS]

  memory    what the process holds under full load
  commands  commands a second, ours and stock postgres-es, in turns
  fresh     from the acknowledgement of a command to the public's answer that shows it
  log       from the record of an event to a signed checkpoint; how fast the sealer catches up
  bulk      an import into PostgreSQL beside raw COPY of the same rows
  rebuild   all views built anew beside the stock replay that only decodes
  sqlite    an import and appends into SQLite beside a bare loop of prepared inserts

The service that fresh asks is the one beside this program; it is built if there is none.
Nothing named means all of them, and all of them write docs/performance.md, unless it is the short form.

Options:
  --json              print the figures as JSON as well
  --url URL           measure on this PostgreSQL, and start none
  --seconds N         how long each load is kept up [2]
  --memory-seconds N  how long memory is watched; 600 for the record [30]
  --rounds N          how often each is measured, in turns [3]
  --size N            procedures of an import and of a rebuild [25000]
  --short             all of it in less than a minute: it runs, and the figures say little
  --help              print this";

struct Asked {
    what: Vec<String>,
    json: bool,
    url: Option<String>,
    seconds: f64,
    memory_seconds: f64,
    rounds: usize,
    /// The procedures of an import and of a rebuild.
    size: u32,
    is_short: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Some(asked) = arguments() else {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    };
    let cluster = asked.url.is_none().then(|| {
        Cluster::start(&[
            "max_connections=300",
            "shared_buffers=256MB",
            "max_wal_size=1GB",
        ])
    });
    let server = match (&asked.url, &cluster) {
        (Some(url), _) => url.clone(),
        (None, Some(cluster)) => cluster.url("postgres"),
        (None, None) => unreachable!("either is there"),
    };
    tokio::select! {
        sections = measure(&asked, &server) => tell(&asked, &sections),
        // The server that was started here ends with this process.
        _ = tokio::signal::ctrl_c() => ExitCode::from(130),
    }
}

async fn measure(asked: &Asked, server: &str) -> Vec<Section> {
    let mut sections = Vec::new();
    for what in &asked.what {
        eprintln!("measuring {what} ...");
        let section = match what.as_str() {
            "memory" => memory::run(server, asked.memory_seconds).await,
            "fresh" => fresh::run(server, asked.seconds * 4.0).await,
            "log" => log::run(server, u64::from(asked.size) * 4, asked.seconds * 8.0).await,
            "bulk" => bulk::run(server, asked.size, asked.rounds).await,
            "rebuild" => rebuild::run(server, asked.size as usize, asked.rounds).await,
            "sqlite" => bulk::sqlite(asked.size, asked.rounds).await,
            "commands" => commands::run(server, asked.seconds, asked.rounds).await,
            other => panic!("nothing is called {other:?}; there are {ALL:?}"),
        };
        eprintln!("{}", section.markdown());
        sections.push(section);
    }
    sections
}

fn tell(asked: &Asked, sections: &[Section]) -> ExitCode {
    if asked.json {
        let all: Vec<_> = sections.iter().map(Section::json).collect();
        println!("{}", serde_json::to_string_pretty(&all).unwrap());
    }
    let is_whole = ALL
        .iter()
        .all(|one| sections.iter().any(|section| section.name == *one));
    if is_whole && !asked.is_short {
        page::write(sections);
    }
    ExitCode::SUCCESS
}

/// What is asked for; none if it is help.
fn arguments() -> Option<Asked> {
    let mut asked = Asked {
        what: Vec::new(),
        json: false,
        url: None,
        seconds: 2.0,
        memory_seconds: 30.0,
        rounds: 3,
        size: 25_000,
        is_short: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().expect("an option needs a value");
        match word.as_str() {
            "--help" | "-h" => return None,
            "--json" => asked.json = true,
            "--url" => asked.url = Some(value()),
            "--seconds" => asked.seconds = value().parse().unwrap(),
            "--memory-seconds" => asked.memory_seconds = value().parse().unwrap(),
            "--rounds" => asked.rounds = value().parse().unwrap(),
            "--size" => asked.size = value().parse().unwrap(),
            "--short" => {
                (asked.seconds, asked.memory_seconds) = (0.3, 2.0);
                (asked.rounds, asked.size) = (1, 500);
                asked.is_short = true;
            }
            "all" => asked.what.extend(ALL.map(str::to_owned)),
            other => asked.what.push(other.to_owned()),
        }
    }
    if asked.what.is_empty() {
        asked.what.extend(ALL.map(str::to_owned));
    }
    Some(asked)
}
