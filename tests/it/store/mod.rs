//! What the store promises, held on both databases.

mod bulk;
mod contract;
mod crowd;
mod follow;
mod idempotency;
mod keys;
mod mix;
mod schema;
mod stock;
mod versions;

use chasqui_procedures::recorded::{NewEvent, RawRecord, kind};
use chasqui_store::{Append, Store, StoreUrl};

use crate::support::Database;

/// An append of events that mean nothing: the store does not look into them.
pub(crate) fn append(id: &str, after: u64, payloads: &[&str]) -> Append {
    Append {
        kind: kind::UNIT,
        id: id.to_owned(),
        after,
        events: payloads
            .iter()
            .map(|payload| NewEvent {
                event_type: "Noted".into(),
                event_version: "1".into(),
                payload: (*payload).to_owned(),
            })
            .collect(),
        metadata: "{}".to_owned(),
    }
}

/// The whole log, read page by page.
async fn whole(store: &Store) -> Vec<RawRecord> {
    let mut all = Vec::new();
    loop {
        let page = store.read(all.len() as u64, 97).await.unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}

/// Fails unless positions are dense from 0 and every stream's sequences are dense from 1.
fn assert_sound(log: &[RawRecord]) {
    let mut streams = std::collections::BTreeMap::new();
    for (place, record) in log.iter().enumerate() {
        assert_eq!(record.position, place as u64, "a gap before {record:?}");
        let last = streams
            .entry((&record.aggregate_type, &record.aggregate_id))
            .or_insert(0);
        assert_eq!(record.sequence, *last + 1, "{record:?}");
        *last = record.sequence;
    }
}

/// Executes a statement on the database itself, beside the store.
async fn execute(database: &Database, statement: &str) -> Result<(), Box<dyn std::error::Error>> {
    match database.url.parse::<StoreUrl>()? {
        StoreUrl::Sqlite(path) => {
            rusqlite::Connection::open(path)?.execute(statement, [])?;
        }
        StoreUrl::Postgres(url) => {
            let pool = sqlx::PgPool::connect(&url).await?;
            sqlx::query(statement).execute(&pool).await?;
        }
    }
    Ok(())
}
