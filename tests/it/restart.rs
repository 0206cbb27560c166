//! A PostgreSQL that stops as if its plug were pulled, and comes back: commands and views go on, without a
//! loss, a gap or a repeat.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chasqui_commands::Commands;
use chasqui_projections::{Folder, Runner, Views, hash};
use chasqui_store::{AppendError, Migrate, Store};
use chasqui_tests::cluster::Cluster;
use chasqui_tests::feed::StoreFeed;

use crate::memories::{file_once, process_on};

const RESTARTS: u64 = 3;
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_is_pulled_and_comes_back_leaves_neither_a_gap_nor_a_repeat() {
    let cluster = Cluster::start(&[]);
    cluster.create("log").await;
    let url = cluster.url("log").parse().unwrap();
    let writing = Store::open(&url, Migrate::Auto).await.unwrap();
    let reading = Store::open(&url, Migrate::Auto).await.unwrap();
    let commands = process_on(writing.clone()).await;
    let data = tempfile::tempdir().unwrap();
    let folder = Folder::open(data.path()).unwrap();
    let feed = Arc::new(StoreFeed(reading.clone()));
    let runner = Runner::claim(&folder, Arc::clone(&feed)).unwrap().unwrap();
    let views = runner.views();
    let following = tokio::spawn(runner.follow());
    let over = Arc::new(AtomicBool::new(false));
    let callers: Vec<_> = (0..4)
        .map(|_| tokio::spawn(call(commands.clone(), Arc::clone(&over))))
        .collect();
    for _ in 0..RESTARTS {
        go_on(&views, &writing).await;
        cluster.halt();
        let down = writing
            .append(super::store::append("while-down", 0, &["1"]))
            .await;
        assert!(
            matches!(down, Err(AppendError::Unavailable { .. })),
            "{down:?}"
        );
        cluster.resume();
    }
    go_on(&views, &writing).await;
    over.store(true, Ordering::SeqCst);
    let mut acknowledged = BTreeSet::new();
    for caller in callers {
        for position in caller.await.unwrap() {
            assert!(acknowledged.insert(position), "a position twice");
        }
    }
    let head = reading.head().await.unwrap();
    assert!(
        acknowledged.last() < Some(&head),
        "an acknowledged event is lost"
    );
    views.wait_for(head, PATIENCE).await.unwrap();
    let tables = || views.read(|connection, progress| Ok((progress.position, hash(connection)?)));
    let lived = tables().unwrap();
    following.abort();
    let _ = following.await;
    let runner = Runner::claim(&folder, feed).unwrap().unwrap();
    runner.rebuild(|_| {}).await.unwrap();
    assert_eq!(
        tables().unwrap(),
        lived,
        "what was lived through is what is built anew"
    );
    assert_eq!(lived.0, head);
}

/// Files without end, through failures; answers the positions that were acknowledged.
async fn call(commands: Commands, over: Arc<AtomicBool>) -> BTreeSet<u64> {
    let mut filed = BTreeSet::new();
    while !over.load(Ordering::SeqCst) {
        match file_once(&commands).await {
            Ok(done) => assert!(filed.insert(done.position), "a position twice"),
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    filed
}

/// Returns once the views have taken in a hundred events more.
async fn go_on(views: &Views, writing: &Store) {
    let more = writing.watch().borrow().saturating_add(100);
    let reached = views.wait_for(more, PATIENCE).await;
    reached.expect("the views do not go on");
}
