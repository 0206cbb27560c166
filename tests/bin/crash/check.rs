//! What has to be true afterwards.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chasqui_procedures::aggregate::ProcedureAggregate;
use chasqui_procedures::recorded::kind;
use chasqui_store::Store;
use chasqui_tests::site::Site;
use cqrs_es::persist::PersistedEventRepository;
use postgres_es::PostgresEventRepository;
use sqlite_es::SqliteEventRepository;

use crate::load::Load;

/// Follows the log from its beginning to its end, through every fault: each position is the last plus
/// one. Answers how many there were.
pub(crate) async fn follow(store: Store, load: Arc<Load>) -> u64 {
    let mut next = 0;
    while next < load.end() {
        match store.read(next, 1_000).await {
            Ok(page) if page.is_empty() => tokio::time::sleep(Duration::from_millis(2)).await,
            Ok(page) => {
                for record in page {
                    assert_eq!(record.position, next, "each position is the last plus one");
                    next += 1;
                }
            }
            // The database is not there: an error, and never a short answer.
            Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
    next
}

/// Every acknowledged event stands where the acknowledgement says; nothing else was written.
pub(crate) async fn nothing_lost(store: &Store, load: &Load) {
    let (mut places, mut next) = (BTreeMap::new(), 0);
    let mut sequences: BTreeMap<String, u64> = BTreeMap::new();
    loop {
        let page = store.read(next, 10_000).await.unwrap();
        if page.is_empty() {
            break;
        }
        for record in page {
            assert_eq!(record.position, next, "a position is missing or doubled");
            next += 1;
            if record.aggregate_type != kind::PROCEDURE {
                continue;
            }
            let last = sequences.entry(record.aggregate_id.clone()).or_default();
            assert_eq!(record.sequence, *last + 1, "a stream is out of order");
            *last = record.sequence;
            places.insert(record.position, (record.aggregate_id, record.sequence));
        }
    }
    let done = load.all();
    for one in &done {
        let place = places.get(&one.position);
        let expected = (one.procedure.clone(), one.version);
        assert_eq!(place, Some(&expected), "an acknowledged event is lost");
    }
    let events: u64 = done.iter().map(|one| one.events).sum();
    assert_eq!(places.len() as u64, events, "something was written twice");
}

/// The stock repository of the database reads every stream, whole. Answers how many there were.
pub(crate) async fn stock_reads(site: &Site, load: &Load) -> usize {
    let done = load.all();
    let mut versions: BTreeMap<&str, u64> = BTreeMap::new();
    for one in &done {
        let version = versions.entry(&one.procedure).or_default();
        *version = (*version).max(one.version);
    }
    if site.cluster.is_some() {
        let pool = sqlx::PgPool::connect(&site.url).await.unwrap();
        reads(&PostgresEventRepository::new(pool), &versions).await;
    } else {
        let pool = sqlx::SqlitePool::connect(&site.url).await.unwrap();
        reads(&SqliteEventRepository::new(pool), &versions).await;
    }
    versions.len()
}

async fn reads(stock: &impl PersistedEventRepository, versions: &BTreeMap<&str, u64>) {
    for (procedure, version) in versions {
        let events = stock.get_events::<ProcedureAggregate>(procedure).await;
        let numbers: Vec<usize> = events.unwrap().iter().map(|event| event.sequence).collect();
        let expected: Vec<usize> = (1..=usize::try_from(*version).unwrap()).collect();
        assert_eq!(numbers, expected, "the stock repository misses an event");
    }
}

/// The views that lived through it all are those that a rebuild makes.
pub(crate) fn views_equal_a_rebuild(site: &mut Site) {
    let head = site.run(&["views", "status", "--json"]);
    for service in &mut site.services {
        service.kill();
    }
    site.run(&["indicators", "--json"]);
    let lived = site.run(&["views", "hash"]);
    site.run(&["views", "rebuild"]);
    assert_eq!(
        site.run(&["views", "hash"]),
        lived,
        "the views differ ({head})"
    );
}
