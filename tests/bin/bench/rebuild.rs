//! Building all views anew, beside the stock replay that only decodes.

use std::sync::Arc;
use std::time::Instant;

use chasqui_procedures::aggregate::ProcedureAggregate;
use chasqui_procedures::recorded::{NewEvent, kind};
use chasqui_projections::{Folder, rebuild};
use chasqui_store::{Append, Store};
use chasqui_tests::feed::StoreFeed;
use cqrs_es::persist::PersistedEventRepository;
use postgres_es::PostgresEventRepository;
use sqlx::PgPool;
use uuid::Uuid;

use crate::parts;
use crate::report::{Goal, Section, Wanted, median, number};

/// How many procedures are under way at the same time, so that their events lie apart in the log.
const AT_ONCE: usize = 5_000;

pub(crate) async fn run(server: &str, procedures: usize, rounds: usize) -> Section {
    let url = parts::database(server, "bench_rebuild").await;
    let (store, _) = parts::open(&url).await;
    let events = fill(&store, procedures).await;
    let (mut stock, mut ours) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        stock.push(replayed(&url, events).await);
        ours.push(rebuilt(&store).await);
    }
    let (stock, ours) = (median(&stock), median(&ours));
    Section {
        name: "rebuild",
        about: format!(
            "All views built anew from a log of {events} events of {procedures} procedures that lie among \
             each other, beside the stock replay of the same events, which only decodes them."
        ),
        columns: vec![
            "stock replay, events /s",
            "rebuild, events /s",
            "rebuild : replay",
        ],
        rows: vec![vec![
            number(stock),
            number(ours),
            format!("{:.2}", ours / stock),
        ]],
        goals: vec![Goal {
            what: "rebuild to the stock replay's decoding".to_owned(),
            found: ours / stock,
            wanted: Wanted::AtLeast(1.5),
        }],
    }
}

/// Fills a log; answers the number of events.
async fn fill(store: &Store, procedures: usize) -> usize {
    let life: Vec<NewEvent> = parts::history(7).iter().map(NewEvent::from).collect();
    let ids: Vec<String> = (0..procedures)
        .map(|_| Uuid::now_v7().to_string())
        .collect();
    let mut events = 0;
    for together in ids.chunks(AT_ONCE) {
        for (after, event) in life.iter().enumerate() {
            // One procedure in four is not at its end yet.
            let open = |number: usize| number.is_multiple_of(4) && after > 4;
            let those = together
                .iter()
                .enumerate()
                .filter(|(number, _)| !open(*number));
            let block = those.map(|(_, id)| Append {
                kind: kind::PROCEDURE,
                id: id.clone(),
                after: after as u64,
                events: vec![event.clone()],
                metadata: "{}".to_owned(),
            });
            events += store.append_block(block.collect()).await.unwrap().len();
        }
    }
    events
}

async fn replayed(url: &str, events: usize) -> f64 {
    let repository = PostgresEventRepository::new(PgPool::connect(url).await.unwrap());
    let begun = Instant::now();
    let mut stream = repository
        .stream_all_events::<ProcedureAggregate>()
        .await
        .unwrap();
    let mut count = 0;
    while let Some(event) = stream.next::<ProcedureAggregate>(&[]).await {
        event.unwrap();
        count += 1;
    }
    assert_eq!(count, events, "the stock replay ended early");
    count as f64 / begun.elapsed().as_secs_f64()
}

async fn rebuilt(store: &Store) -> f64 {
    let data = tempfile::tempdir().unwrap();
    let folder = Folder::open(data.path()).unwrap();
    let begun = Instant::now();
    let feed = Arc::new(StoreFeed(store.clone()));
    let rebuilt = rebuild(&folder, feed, |_| {}).await.unwrap().unwrap();
    rebuilt.position as f64 / begun.elapsed().as_secs_f64()
}
