//! Following: what another process appends is noticed soon, also after connections died.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use chasqui_store::{AppendError, Store};
use sqlx::{Connection, PgConnection};

use super::{append, assert_sound, whole};
use crate::support::{Database, Kind, both};

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_appends_is_noticed_within_200_ms_without_being_asked_for() {
    both(async |database| {
        let (writer, other) = (database.open().await, database.open().await);
        let mut watch = other.watch();
        // The first may come before the other one listens.
        writer.append(append("first", 0, &["1"])).await.unwrap();
        watch.wait_for(|head| *head >= 1).await.unwrap();
        let mut took = Vec::new();
        for turn in 1..=9 {
            writer
                .append(append(&format!("s{turn}"), 0, &["1"]))
                .await
                .unwrap();
            let begun = Instant::now();
            let noticed = watch.wait_for(|head| *head > turn);
            let noticed = tokio::time::timeout(Duration::from_secs(20), noticed).await;
            noticed.expect("it was never noticed").unwrap();
            took.push(begun.elapsed());
        }
        took.sort();
        assert!(
            took[took.len() / 2] < Duration::from_millis(200),
            "{took:?}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn connections_that_die_cost_nothing_that_was_acknowledged_and_leave_no_gap() {
    let database = Database::new(Kind::Postgres).await;
    let (writer, reader) = (database.open().await, database.open().await);
    let (over, whole_log) = (Arc::default(), Arc::default());
    let follower = tokio::spawn(follow(reader, Arc::clone(&whole_log)));
    let callers = (0..8).map(|caller| {
        let (store, over) = (writer.clone(), Arc::clone(&over));
        tokio::spawn(call(store, caller, over))
    });
    let callers: Vec<_> = callers.collect();
    let mut killer = PgConnection::connect(&database.url).await.unwrap();
    let mut killed = 0;
    for round in 1..=20_u64 {
        // Each time something has been written since.
        let mut watch = writer.watch();
        let more = watch.wait_for(|head| *head >= round * 20);
        tokio::time::timeout(Duration::from_secs(60), more)
            .await
            .expect("nobody writes any more")
            .unwrap();
        let ended = sqlx::query(
            "select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and pid <> pg_backend_pid()
               and application_name = 'chasqui'",
        );
        killed += ended.fetch_all(&mut killer).await.unwrap().len();
    }
    over.store(true, Ordering::SeqCst);
    let mut acknowledged = BTreeMap::new();
    for caller in callers {
        let (id, version) = caller.await.unwrap();
        acknowledged.insert(id, version);
    }
    // Only now is nothing more to come.
    whole_log.store(true, Ordering::SeqCst);
    assert!(killed > 40, "{killed} connections were killed");
    let log = whole(&writer).await;
    assert_sound(&log);
    assert_eq!(follower.await.unwrap(), log.len() as u64);
    for (id, version) in acknowledged {
        let found = log.iter().filter(|record| record.aggregate_id == id);
        assert_eq!(found.count() as u64, version, "of {id}");
    }
}

/// Appends to a stream of its own; after an answer that says nothing, it looks what there is.
async fn call(store: Store, caller: u64, over: Arc<AtomicBool>) -> (String, u64) {
    let id = format!("caller-{caller}");
    let mut version = 0;
    while !over.load(Ordering::SeqCst) {
        match store.append(append(&id, version, &["1"])).await {
            Ok(appended) => version = appended.version,
            Err(AppendError::Unavailable { .. }) => {
                let stream = store.load("unit", id.clone()).await.unwrap();
                let found = stream.len() as u64;
                assert!(found >= version, "an acknowledged event is lost");
                version = found;
            }
            Err(error) => panic!("{error:?}"),
        }
    }
    (id, version)
}

/// Follows the log: an error would be an error, and a position that is not the next one as well.
async fn follow(store: Store, over: Arc<AtomicBool>) -> u64 {
    let mut next = 0;
    loop {
        let ended = over.load(Ordering::SeqCst);
        let page = store.read(next, 64).await.unwrap();
        if page.is_empty() && ended && store.head().await.unwrap() == next {
            return next;
        }
        for record in page {
            assert_eq!(record.position, next);
            next += 1;
        }
    }
}
