//! What the process holds while it works: commands, an import and a slow follower at once.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use chasqui_commands::Order;
use chasqui_store::Store;

use crate::report::{Goal, Section, Wanted, number};
use crate::{bulk, parts};

const CALLERS: usize = 128;
const PROCEDURES: u32 = 25_000;
const MOST_MEGABYTES: f64 = 300.0;
/// How often the process is weighed.
const TICK: Duration = Duration::from_millis(100);

pub(crate) async fn run(server: &str, seconds: f64) -> Section {
    let url = parts::database(server, "bench_memory").await;
    let (store, commands) = parts::open(&url).await;
    let folder = tempfile::tempdir().unwrap();
    let (file, mapping) = bulk::table(folder.path(), PROCEDURES);
    let over = Arc::new(AtomicBool::new(false));
    let done = Arc::new(AtomicU64::new(0));
    let follower = tokio::spawn(follow(store, Arc::clone(&over)));
    let callers = (0..CALLERS).map(|_| {
        let (commands, over, done) = (commands.clone(), Arc::clone(&over), Arc::clone(&done));
        tokio::spawn(async move {
            while !over.load(Ordering::Relaxed) {
                let filed = commands
                    .file(Order::of_operator(), parts::filing())
                    .await
                    .unwrap();
                for command in parts::life() {
                    commands
                        .execute(Order::of_operator(), filed.done.procedure, command)
                        .await
                        .unwrap();
                }
                done.fetch_add(8, Ordering::Relaxed);
            }
        })
    });
    let callers: Vec<_> = callers.collect();
    let importer = tokio::spawn(async move { bulk::imported(&commands, &file, &mapping).await });
    let weights = weigh(seconds).await;
    over.store(true, Ordering::Relaxed);
    for caller in callers {
        caller.await.unwrap();
    }
    importer.await.unwrap();
    let followed = follower.await.unwrap();
    section(&weights, done.load(Ordering::Relaxed), followed)
}

/// Reads the log in pages, and takes its time with each.
async fn follow(store: Store, over: Arc<AtomicBool>) -> u64 {
    let mut next = 0;
    while !over.load(Ordering::Relaxed) {
        let page = store.read(next, 1_000).await.unwrap();
        next += page.len() as u64;
        tokio::time::sleep(TICK).await;
    }
    next
}

/// The megabytes that the process holds, tick by tick.
async fn weigh(seconds: f64) -> Vec<f64> {
    let until = Instant::now() + Duration::from_secs_f64(seconds);
    let mut weights = Vec::new();
    while Instant::now() < until {
        tokio::time::sleep(TICK).await;
        weights.push(resident());
    }
    weights
}

fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    let kibibytes = line.split_whitespace().nth(1).unwrap();
    kibibytes.parse::<f64>().unwrap() / 1_024.0
}

fn section(weights: &[f64], commands: u64, followed: u64) -> Section {
    let most = |part: &[f64]| part.iter().copied().fold(0.0, f64::max);
    let (middle, whole) = (most(&weights[..weights.len() / 2]), most(weights));
    Section {
        name: "memory",
        about: format!(
            "The memory that the process holds while {CALLERS} callers command, a table is imported and a \
             slow follower reads: {} commands in this run, {} events read.",
            number(commands as f64),
            number(followed as f64)
        ),
        columns: vec!["most in the first half, MB", "most, MB"],
        rows: vec![vec![number(middle), number(whole)]],
        goals: vec![
            Goal {
                what: "resident megabytes".to_owned(),
                found: whole,
                wanted: Wanted::AtMost(MOST_MEGABYTES),
            },
            Goal {
                what: "most memory of the whole run to that of its first half".to_owned(),
                found: whole / middle,
                wanted: Wanted::AtMost(1.2),
            },
        ],
    }
}
