//! Blocks of an import, which take another way into the table than commands, and must not be told apart.

use chasqui_procedures::aggregate::ProcedureAggregate;
use chasqui_procedures::recorded::kind;
use chasqui_store::{Append, AppendError, Store};
use cqrs_es::persist::PersistedEventRepository;
use postgres_es::PostgresEventRepository;
use sqlite_es::SqliteEventRepository;

use super::{append, assert_sound, whole};
use crate::support::{Database, Kind, both};

/// Far beyond what is gathered with commands.
const STREAMS: usize = 700;
const PAYLOADS: [&str; 3] = [
    r#"{"b": "tab\t, quote\" and backslash\\", "a":  1.50}"#,
    r#"{"ñandú": "\u00f1 ☂ \ud83d\udc1f", "list": [ 1,2 ]}"#,
    "\"\\\\.\"",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_block_stands_in_the_log_as_its_commands_would() {
    both(async |database| {
        let store = database.open().await;
        store.append(append("before", 0, &["1"])).await.unwrap();
        let places = store.append_block(block("p", 0)).await.unwrap();
        let again = store.append_block(block("p", 3)).await.unwrap();
        let after = store.append(append("after", 0, &["1"])).await.unwrap();
        let log = whole(&store).await;
        assert_sound(&log);
        assert_eq!(after.position, 1 + 6 * STREAMS as u64);
        for (number, (first, second)) in places.iter().zip(&again).enumerate() {
            assert_eq!((first.version, second.version), (3, 6));
            assert_eq!(second.position, first.position + 3 * STREAMS as u64);
            let at = usize::try_from(first.position).unwrap();
            for (record, payload) in log[at..at + 3].iter().zip(PAYLOADS) {
                assert_eq!(record.aggregate_id, format!("p-{number}"));
                assert_eq!(record.recorded_at, first.recorded_at);
                assert_eq!(record.payload, payload, "not one byte is changed");
                assert_eq!(record.metadata, append("", 0, &[]).metadata);
            }
        }
        stock_reads(&database).await;
    })
    .await;
}

async fn stock_reads(database: &Database) {
    let id = format!("p-{}", STREAMS - 1);
    let events = match database.kind {
        Kind::Postgres => {
            let pool = sqlx::PgPool::connect(&database.url).await.unwrap();
            let stock = PostgresEventRepository::new(pool);
            stock.get_events::<ProcedureAggregate>(&id).await
        }
        Kind::Sqlite => {
            let pool = sqlx::SqlitePool::connect(&database.url).await.unwrap();
            let stock = SqliteEventRepository::new(pool);
            stock.get_events::<ProcedureAggregate>(&id).await
        }
    };
    let sequences: Vec<usize> = events.unwrap().iter().map(|event| event.sequence).collect();
    assert_eq!(sequences, [1, 2, 3, 4, 5, 6]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_with_something_wrong_in_it_stores_nothing_and_holds_up_nobody() {
    both(async |database| {
        let store = database.open().await;
        let last = format!("p-{}", STREAMS - 1);
        let taken = Append {
            kind: kind::PROCEDURE,
            ..append(&last, 0, &["1"])
        };
        store.append(taken).await.unwrap();
        let conflict = store.append_block(block("p", 0)).await.unwrap_err();
        assert!(
            matches!(conflict, AppendError::Conflict { .. }),
            "{conflict:?}"
        );
        let mut poisoned = block("q", 0);
        poisoned[STREAMS / 2].events[1].payload = "{poison".to_owned();
        let refused = store.append_block(poisoned).await.unwrap_err();
        assert!(
            matches!(refused, AppendError::Refused { .. }),
            "{refused:?}"
        );
        assert_eq!(store.head().await.unwrap(), 1);
        store.append_block(block("q", 0)).await.unwrap();
        store.append(append("after", 0, &["1"])).await.unwrap();
        assert_sound(&whole(&store).await);
        assert_eq!(store.head().await.unwrap(), 2 + 3 * STREAMS as u64);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn blocks_and_commands_of_two_processes_take_turns() {
    both(async |database| {
        let (here, there) = (database.open().await, database.open().await);
        let importing = tokio::spawn(import(here.clone()));
        let mut commands = 0;
        while !importing.is_finished() {
            let id = format!("command-{commands}");
            let store = [&here, &there][commands % 2];
            store.append(append(&id, 0, &["1", "2"])).await.unwrap();
            commands += 1;
        }
        let imported = importing.await.unwrap();
        let log = whole(&there).await;
        assert_sound(&log);
        assert_eq!(log.len(), imported + 2 * commands);
        assert!(commands > 1, "nobody came in between");
    })
    .await;
}

async fn import(store: Store) -> usize {
    const BLOCKS: usize = 8;
    for number in 0..BLOCKS {
        let block = block(&format!("import-{number}"), 0);
        store.append_block(block).await.unwrap();
    }
    BLOCKS * STREAMS * 3
}

fn block(name: &str, after: u64) -> Vec<Append> {
    let one = |number| Append {
        kind: kind::PROCEDURE,
        ..append(&format!("{name}-{number}"), after, &PAYLOADS)
    };
    (0..STREAMS).map(one).collect()
}
