//! Many callers at once, in two stores on one database as two processes would have it: poison and
//! conflicts hit only their owner, and a follower never sees a gap.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use chasqui_store::{AppendError, Store};

use super::{append, assert_sound, whole};
use crate::support::{Database, Kind, both};

const CALLERS: u64 = 24;
const TURNS: u64 = 25;
/// So few streams that callers meet.
const STREAMS: u64 = 8;

#[derive(Default)]
struct Tally {
    stored: AtomicU64,
    conflicts: AtomicU64,
    refused: AtomicU64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_crowd_loses_nothing_and_leaves_no_gap() {
    both(async |database| {
        let stores = [database.open().await, database.open().await];
        let tally = Arc::new(Tally::default());
        let over = Arc::new(AtomicBool::new(false));
        let follower = tokio::spawn(follow(stores[0].clone(), Arc::clone(&over)));
        let callers = (0..CALLERS).map(|caller| {
            let store = stores[(caller % 2) as usize].clone();
            tokio::spawn(call(store, caller, Arc::clone(&tally)))
        });
        for caller in callers.collect::<Vec<_>>() {
            caller.await.unwrap();
        }
        over.store(true, Ordering::SeqCst);
        let stored = tally.stored.load(Ordering::SeqCst);
        let log = whole(&stores[1]).await;
        assert_sound(&log);
        assert_eq!(
            log.len() as u64,
            stored,
            "every acknowledged event is there, and no other"
        );
        assert_eq!(follower.await.unwrap(), stored);
        assert!(log.iter().all(|record| !record.payload.contains("poison")));
        assert!(
            tally.conflicts.load(Ordering::SeqCst) > 0,
            "the callers never met"
        );
        assert!(
            tally.refused.load(Ordering::SeqCst) > 0,
            "no poison was tried"
        );
    })
    .await;
}

async fn call(store: Store, caller: u64, tally: Arc<Tally>) {
    let mut versions = [0_u64; STREAMS as usize];
    for turn in 0..TURNS {
        let stream = (caller * 7 + turn * 3) % STREAMS;
        let id = format!("stream-{stream}");
        if turn % 9 == 4 {
            let poisoned = append(&format!("poisoned-{caller}-{turn}"), 0, &["1", POISON]);
            let error = store.append(poisoned).await.unwrap_err();
            assert!(matches!(error, AppendError::Refused { .. }), "{error:?}");
            tally.refused.fetch_add(1, Ordering::SeqCst);
            continue;
        }
        loop {
            let after = versions[stream as usize];
            match store.append(append(&id, after, &["1", "2"])).await {
                Ok(appended) => {
                    versions[stream as usize] = appended.version;
                    tally.stored.fetch_add(2, Ordering::SeqCst);
                    break;
                }
                Err(AppendError::Conflict { .. }) => {
                    tally.conflicts.fetch_add(1, Ordering::SeqCst);
                    let stream_now = store.load_many("unit", vec![id.clone()]).await.unwrap();
                    versions[stream as usize] = stream_now.len() as u64;
                }
                Err(error) => panic!("{error:?}"),
            }
        }
    }
}

/// What the database itself refuses: text that is no JSON.
const POISON: &str = "{poison";

/// Follows the log, and fails at the first gap.
async fn follow(store: Store, over: Arc<AtomicBool>) -> u64 {
    let mut next = 0;
    loop {
        let ended = over.load(Ordering::SeqCst);
        let page = store.read(next, 50).await.unwrap();
        if page.is_empty() && ended {
            return next;
        }
        for record in page {
            assert_eq!(
                record.position, next,
                "a reader saw a position before its predecessor"
            );
            next += 1;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_the_queue_holds_is_told_at_once() {
    let database = Database::new(Kind::Sqlite).await;
    let store = database.open().await;
    let calls = (0..12_000).map(|number| {
        let store = store.clone();
        tokio::spawn(async move { store.append(append(&format!("s{number}"), 0, &["1"])).await })
    });
    let (mut stored, mut overloaded) = (0, 0);
    for call in calls.collect::<Vec<_>>() {
        match call.await.unwrap() {
            Ok(_) => stored += 1,
            Err(AppendError::Overloaded) => overloaded += 1,
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!(stored + overloaded, 12_000);
    assert_eq!(store.head().await.unwrap(), stored);
}
