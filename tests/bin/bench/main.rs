//! How fast it is, beside stock parts on the same machine in the same run. It starts a PostgreSQL of its
//! own, or uses the server that `--url` names. Usage:
//! `bench [all|memory|commands|bulk|rebuild|sqlite]... [--json] [--url URL] [--seconds N] [--rounds N] [--size N]`.
//! Asked for `all`, it writes `docs/performance.md`.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program for measuring: it may die, and speaks by its output"
)]

mod bulk;
mod commands;
mod memory;
mod page;
mod parts;
mod rebuild;
mod report;

use std::process::ExitCode;

use chasqui_tests::cluster::Cluster;
use report::Section;

/// Memory first: later it would hold what the others have left behind.
const ALL: [&str; 5] = ["memory", "commands", "bulk", "rebuild", "sqlite"];

struct Asked {
    what: Vec<String>,
    json: bool,
    url: Option<String>,
    seconds: f64,
    rounds: usize,
    /// The procedures of an import and of a rebuild.
    size: u32,
}

#[tokio::main]
async fn main() -> ExitCode {
    let asked = arguments();
    let cluster = asked.url.is_none().then(|| {
        Cluster::start(&[
            "max_connections=300",
            "shared_buffers=256MB",
            "max_wal_size=4GB",
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
            "memory" => memory::run(server, asked.seconds * 8.0).await,
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
    if ALL
        .iter()
        .all(|one| sections.iter().any(|section| section.name == *one))
    {
        page::write(sections);
    }
    ExitCode::SUCCESS
}

fn arguments() -> Asked {
    let mut asked = Asked {
        what: Vec::new(),
        json: false,
        url: None,
        seconds: 2.0,
        rounds: 3,
        size: 25_000,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().expect("an option needs a value");
        match word.as_str() {
            "--json" => asked.json = true,
            "--url" => asked.url = Some(value()),
            "--seconds" => asked.seconds = value().parse().unwrap(),
            "--rounds" => asked.rounds = value().parse().unwrap(),
            "--size" => asked.size = value().parse().unwrap(),
            "all" => asked.what.extend(ALL.map(str::to_owned)),
            other => asked.what.push(other.to_owned()),
        }
    }
    if asked.what.is_empty() {
        asked.what.extend(ALL.map(str::to_owned));
    }
    asked
}
