//! How fast the log is sealed: how soon what was recorded stands under a published checkpoint, with a
//! witness that hangs; how fast the sealer catches up; how long it takes to start again.

use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};

use chasqui_procedures::recorded::{NewEvent, kind};
use chasqui_sealer::{LogFolder, LogKey, Mark, Sealer, Witnesses, follow};
use chasqui_store::{Append, Migrate, Store};
use jiff::Timestamp;
use tokio::time::MissedTickBehavior;

use crate::parts;
use crate::report::{Goal, Section, Wanted, number};

const EVENTS_A_SECOND: u32 = 200;
/// How many events are recorded at once to catch up with.
const BLOCK: u64 = 5_000;
/// What a program without optimisation may fall short.
const CATCH_UP: f64 = if cfg!(debug_assertions) {
    2_000.0
} else {
    20_000.0
};

pub(crate) async fn run(server: &str, size: u64, seconds: f64) -> Section {
    let mut section = Section {
        name: "log",
        about: format!(
            "From the acknowledgement of an event to a published checkpoint that covers it, at \
             {EVENTS_A_SECOND} events a second, while one of the witnesses takes calls and never answers; \
             how many leaves a second the sealer makes of events that are there already; and how long it \
             takes to open a log of that size, which computes the whole tree again ({} events).",
            number(size as f64)
        ),
        columns: vec![
            "database",
            "p50 ms",
            "p99 ms",
            "most ms",
            "leaves /s",
            "start ms",
        ],
        rows: Vec::new(),
        goals: Vec::new(),
    };
    for database in ["PostgreSQL", "SQLite"] {
        let folder = tempfile::tempdir().unwrap();
        let url = match database {
            "SQLite" => format!("sqlite://{}", folder.path().join("events.sqlite").display()),
            _ => parts::database(server, "bench_log").await,
        };
        let store = Store::open(&url.parse().unwrap(), Migrate::Auto)
            .await
            .unwrap();
        let (rate, start) = catch_up(&store, folder.path(), size).await;
        let mut waits = sealed_in(&store, folder.path(), seconds).await;
        waits.sort_unstable();
        let percentile = |percent: usize| {
            let place = (waits.len() * percent / 100).min(waits.len() - 1);
            waits[place].as_secs_f64() * 1_000.0
        };
        let (p99, most) = (percentile(99), percentile(100));
        section.rows.push(vec![
            database.to_owned(),
            number(percentile(50)),
            number(p99),
            number(most),
            number(rate),
            number(start.as_secs_f64() * 1_000.0),
        ]);
        section.goals.push(Goal {
            what: format!("99th percentile from recorded to sealed on {database}, ms"),
            found: p99,
            wanted: Wanted::AtMost(2_000.0),
        });
        section.goals.push(Goal {
            what: format!("leaves a second when catching up on {database}"),
            found: rate,
            wanted: Wanted::AtLeast(CATCH_UP),
        });
    }
    section
}

/// The second step of a procedure's life, or any other: the sealer does not care.
fn event(stream: u64, after: u64) -> Append {
    Append {
        kind: kind::UNIT,
        id: format!("u{stream}"),
        after,
        events: vec![NewEvent {
            event_type: "Noted".into(),
            event_version: "1".into(),
            payload: r#"{"occurred": "2026-11-20", "unit": "obras", "name": "Informe"}"#.to_owned(),
        }],
        metadata: "{}".to_owned(),
    }
}

fn parts_of(folder: &Path) -> (LogFolder, Mark, LogKey) {
    let (log, key) = (folder.join("log"), folder.join("key"));
    let origin = "bench.example/log1".parse().unwrap();
    LogKey::create(&key, &origin).unwrap();
    let mark = Mark(folder.join("mark"));
    (
        LogFolder::open(log).unwrap(),
        mark,
        LogKey::load(&key).unwrap(),
    )
}

async fn open(store: &Store, folder: &Path) -> Sealer {
    let (log, mark, key) = parts_of(folder);
    let alone = Witnesses::none(key.verifier());
    Sealer::open(store.clone(), log, mark, key, alone)
        .await
        .unwrap()
}

/// Leaves a second of events that were there before, four to a stream; and the time to open it again.
async fn catch_up(store: &Store, folder: &Path, size: u64) -> (f64, Duration) {
    let streams = (size / 4).max(1);
    for round in 0..4 {
        for block in (0..streams).step_by(BLOCK as usize) {
            let to = (block + BLOCK).min(streams);
            let events = (block..to).map(|stream| event(stream, round));
            store.append_block(events.collect()).await.unwrap();
        }
    }
    let mut sealer = open(store, folder).await;
    let began = Instant::now();
    let sealed = sealer.turn(Timestamp::now(), true).await.unwrap();
    assert_eq!(sealed.size, streams * 4);
    let rate = sealed.size as f64 / began.elapsed().as_secs_f64();
    drop(sealer);
    let began = Instant::now();
    drop(open(store, folder).await);
    (rate, began.elapsed())
}

/// How long each event waited for its checkpoint, while the sealer works as beside a service.
async fn sealed_in(store: &Store, folder: &Path, seconds: f64) -> Vec<Duration> {
    let hangs = TcpListener::bind("127.0.0.1:0").unwrap();
    let (log, mark, key) = parts_of(folder);
    let policy = format!(
        "log {}\nwitness w {} http://{}\nquorum w\n",
        key.verifier(),
        "w.example/1+734672bd+BHxeBx3pP/wF3DjYKB5yUb4yeSBhkzPxowgNm+k+Ls8i",
        hangs.local_addr().unwrap()
    );
    let path = folder.join("key");
    let signers = move || {
        let key = LogKey::load(&path)?;
        let witnesses = Witnesses::parse(policy.as_bytes(), key.verifier())?;
        Ok((key, witnesses))
    };
    let runtime = tokio::runtime::Handle::current();
    let (followed, files) = (store.clone(), log.clone());
    std::thread::spawn(move || runtime.block_on(follow(followed, files, mark, signers)));
    let mut waiting = std::collections::VecDeque::new();
    let mut waits = Vec::new();
    let mut pace = tokio::time::interval(Duration::from_secs(1) / EVENTS_A_SECOND);
    pace.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let began = Instant::now();
    let mut after = 0;
    while began.elapsed().as_secs_f64() < seconds || !waiting.is_empty() {
        pace.tick().await;
        if began.elapsed().as_secs_f64() < seconds {
            let mut fresh = event(u64::MAX / 2, after);
            fresh.id = "fresh".to_owned();
            store.append_block(vec![fresh]).await.unwrap();
            after += 1;
            waiting.push_back((store.head().await.unwrap(), Instant::now()));
        }
        let published = log.checkpoint().unwrap();
        let size = published.map_or(0, |one| one.checkpoint().size());
        while waiting.front().is_some_and(|(head, _)| *head <= size) {
            let (_, recorded) = waiting.pop_front().unwrap();
            waits.push(recorded.elapsed());
        }
    }
    waits
}
