//! Appends under one key after another, several at once, and tells nobody what was answered: something
//! to kill between the commit and the answer. Usage: `unheard_writer DATABASE_URL`.

#![expect(clippy::unwrap_used, reason = "a test program: it may die")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chasqui_procedures::recorded::{NewEvent, kind};
use chasqui_store::{Acknowledgement, Append, IdempotencyKey, Migrate, Store};

const CALLERS: usize = 8;

#[tokio::main]
async fn main() {
    let url = std::env::args()
        .nth(1)
        .expect("usage: unheard_writer DATABASE_URL");
    let store = Store::open(&url.parse().unwrap(), Migrate::Check)
        .await
        .unwrap();
    let next = Arc::new(AtomicU64::new(0));
    let mut callers = tokio::task::JoinSet::<()>::new();
    for _ in 0..CALLERS {
        let (store, next) = (store.clone(), Arc::clone(&next));
        callers.spawn(async move {
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                let (append, acknowledgement) = numbered(number);
                store
                    .append_once(vec![append], acknowledgement)
                    .await
                    .unwrap();
            }
        });
    }
    // The first that fails ends it all.
    callers.join_next().await.unwrap().unwrap();
}

/// What `tests/it/store/idempotency.rs` asks for again.
fn numbered(number: u64) -> (Append, Acknowledgement) {
    let mut digest = [0; 32];
    digest[..8].copy_from_slice(&number.to_be_bytes());
    let append = Append {
        kind: kind::UNIT,
        id: format!("unit-{number}"),
        after: 0,
        events: vec![NewEvent {
            event_type: "Noted".into(),
            event_version: "1".into(),
            payload: number.to_string(),
        }],
        metadata: "{}".to_owned(),
    };
    let acknowledgement = Acknowledgement {
        key: IdempotencyKey {
            caller: "unheard".to_owned(),
            digest,
        },
        request: digest,
        status: 201,
        answer: format!("answer {number} of the process that died"),
    };
    (append, acknowledgement)
}
