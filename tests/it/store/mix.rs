//! Stock writers and two of ours on one table, forty hot streams, conflicts and poison on purpose: a
//! follower sees every position after the one before it, and nothing that was refused.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use chasqui_procedures::aggregate::ProcedureAggregate;
use chasqui_procedures::recorded::kind;
use chasqui_store::{Append, AppendError, Store};
use cqrs_es::persist::{PersistedEventRepository, PersistenceError, SerializedEvent};
use postgres_es::PostgresEventRepository;
use serde_json::json;
use sqlite_es::SqliteEventRepository;

use super::{append, assert_sound, whole};
use crate::support::{Kind, both};

const STREAMS: u64 = 40;
const TURNS: u64 = 40;
const OUR_CALLERS: u64 = 16;

#[derive(Default)]
struct Tally {
    stored: AtomicU64,
    conflicts: AtomicU64,
    poisoned: AtomicU64,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn stock_writers_and_two_of_ours_share_a_log_without_a_gap() {
    both(async |database| {
        let ours = [database.open().await, database.open().await];
        let tally = Arc::new(Tally::default());
        let over = Arc::new(AtomicBool::new(false));
        let follower = tokio::spawn(follow(database.open().await, Arc::clone(&over)));
        let mut callers = tokio::task::JoinSet::new();
        for caller in 0..OUR_CALLERS {
            let store = ours[(caller % 2) as usize].clone();
            callers.spawn(call_ours(store, caller, Arc::clone(&tally)));
        }
        let store = ours[0].clone();
        match database.kind {
            Kind::Postgres => {
                for caller in 0..8 {
                    let pool = sqlx::PgPool::connect(&database.url).await.unwrap();
                    let stock = PostgresEventRepository::new(pool);
                    callers.spawn(call_stock(
                        stock,
                        store.clone(),
                        100 + caller,
                        Arc::clone(&tally),
                    ));
                }
            }
            // Stock SQLite begins its transactions without the lock: two of them cannot write at once.
            Kind::Sqlite => {
                let pool = sqlx::SqlitePool::connect(&database.url).await.unwrap();
                let stock = SqliteEventRepository::new(pool);
                callers.spawn(call_stock(stock, store.clone(), 100, Arc::clone(&tally)));
            }
        }
        while let Some(ended) = callers.join_next().await {
            ended.unwrap();
        }
        over.store(true, Ordering::SeqCst);
        let log = whole(&ours[1]).await;
        assert_sound(&log);
        let stored = tally.stored.load(Ordering::SeqCst);
        assert_eq!(
            log.len() as u64,
            stored,
            "what was acknowledged, and nothing else"
        );
        assert_eq!(follower.await.unwrap(), stored);
        assert_eq!(ours[0].head().await.unwrap(), stored);
        assert!(log.iter().all(|record| !record.payload.contains("poison")));
        assert!(
            tally.conflicts.load(Ordering::SeqCst) > STREAMS,
            "the writers never met"
        );
        assert!(
            tally.poisoned.load(Ordering::SeqCst) > STREAMS,
            "no poison was tried"
        );
        let stock = log.iter().filter(|record| record.payload.contains("stock"));
        assert!(stock.count() > 0, "no stock writer wrote");
    })
    .await;
}

fn stream(caller: u64, turn: u64) -> String {
    format!("hot-{}", (caller * 13 + turn * 7) % STREAMS)
}

async fn version(store: &Store, id: &str) -> u64 {
    let stream = store.load(kind::PROCEDURE, id.to_owned()).await.unwrap();
    stream.last().map_or(0, |record| record.sequence)
}

async fn call_ours(store: Store, caller: u64, tally: Arc<Tally>) {
    for turn in 0..TURNS {
        let id = stream(caller, turn);
        let on_stream = |after, payloads: &[&str]| Append {
            kind: kind::PROCEDURE,
            ..append(&id, after, payloads)
        };
        if turn % 5 == 2 {
            let after = version(&store, &id).await;
            let poisoned = store.append(on_stream(after, &["1", "{poison"])).await;
            match poisoned {
                Err(AppendError::Refused { .. }) => tally.poisoned.fetch_add(1, Ordering::SeqCst),
                // Somebody was quicker: that is found first.
                Err(AppendError::Conflict { .. }) => tally.conflicts.fetch_add(1, Ordering::SeqCst),
                other => panic!("{other:?}"),
            };
        }
        loop {
            // One in four turns says on purpose what no longer holds.
            let injected = u64::from(turn % 4 == 1);
            let after = version(&store, &id).await.saturating_sub(injected);
            match store.append(on_stream(after, &["1", "2"])).await {
                Ok(_) => {
                    tally.stored.fetch_add(2, Ordering::SeqCst);
                    break;
                }
                Err(AppendError::Conflict { .. }) => {
                    tally.conflicts.fetch_add(1, Ordering::SeqCst);
                    if injected == 1 {
                        break;
                    }
                }
                Err(error) => panic!("{error:?}"),
            }
        }
    }
}

async fn call_stock(
    stock: impl PersistedEventRepository,
    store: Store,
    caller: u64,
    tally: Arc<Tally>,
) {
    for turn in 0..TURNS {
        let id = stream(caller, turn);
        loop {
            let next = version(&store, &id).await as usize + 1;
            let event = SerializedEvent::new(
                id.clone(),
                next,
                kind::PROCEDURE.to_owned(),
                "Noted".to_owned(),
                "1".to_owned(),
                json!({ "by": "stock" }),
                json!({}),
            );
            match stock.persist::<ProcedureAggregate>(&[event], None).await {
                Ok(()) => {
                    tally.stored.fetch_add(1, Ordering::SeqCst);
                    break;
                }
                Err(error) if is_conflict(&error) => {
                    tally.conflicts.fetch_add(1, Ordering::SeqCst);
                }
                // Stock SQLite does not wait for the lock: it wrote nothing, and tries again.
                Err(error) if format!("{error:?}").contains("database is locked") => {}
                Err(error) => panic!("{error:?}"),
            }
        }
    }
}

/// Stock SQLite takes a conflict for one only where it meets the primary key, which is the position here.
fn is_conflict(error: &PersistenceError) -> bool {
    matches!(error, PersistenceError::OptimisticLockError)
        || error
            .to_string()
            .contains("UNIQUE constraint failed: events.aggregate_type")
}

/// Follows the log, and fails at the first position that is not the last plus one.
async fn follow(store: Store, over: Arc<AtomicBool>) -> u64 {
    let mut next = 0;
    loop {
        let ended = over.load(Ordering::SeqCst);
        let page = store.read(next, 64).await.unwrap();
        if page.is_empty() && ended {
            return next;
        }
        for record in page {
            assert_eq!(record.position, next, "a position before its predecessor");
            next += 1;
        }
    }
}
