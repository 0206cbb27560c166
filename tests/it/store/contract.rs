//! One caller at a time: append, read, conflict, refusal.

use chasqui_procedures::recorded::kind;
use chasqui_store::{AppendError, Migrate, OpenError, Store, StoreUrl};

use super::{append, assert_sound, whole};
use crate::support::both;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_appended_is_read_as_it_was_written() {
    both(async |database| {
        let store = database.open().await;
        let payload = r#"{ "z":1, "a" : "\u00f1 ñ \"x\"",  "n": 1e400 }"#;
        let first = store
            .append(append("a", 0, &[payload, "{}"]))
            .await
            .unwrap();
        let second = store.append(append("b", 0, &["[]"])).await.unwrap();
        assert_eq!((first.position, first.version), (0, 2));
        assert_eq!((second.position, second.version), (2, 1));
        let log = whole(&store).await;
        assert_sound(&log);
        assert_eq!(log[0].payload, payload, "payloads are kept byte for byte");
        assert_eq!(log[0].recorded_at, first.recorded_at);
        assert_eq!(
            (log[0].event_type.as_str(), log[0].event_version.as_str()),
            ("Noted", "1")
        );
        assert_eq!(store.head().await.unwrap(), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn streams_are_loaded_in_the_order_asked_for() {
    both(async |database| {
        let store = database.open().await;
        for id in ["a", "b", "c"] {
            store.append(append(id, 0, &["1"])).await.unwrap();
        }
        for id in ["c", "a"] {
            store.append(append(id, 1, &["2", "3"])).await.unwrap();
        }
        let wanted = ["c", "nobody", "a"].map(str::to_owned).to_vec();
        let found = store.load_many(kind::UNIT, wanted).await.unwrap();
        let found: Vec<_> = found
            .iter()
            .map(|r| (r.aggregate_id.as_str(), r.sequence))
            .collect();
        assert_eq!(
            found,
            [("c", 1), ("c", 2), ("c", 3), ("a", 1), ("a", 2), ("a", 3)]
        );
        let others = store
            .load_many(kind::PROCEDURE, vec!["a".to_owned()])
            .await
            .unwrap();
        assert_eq!(others, [], "the kinds are apart");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_append_after_a_stale_version_is_a_conflict_and_stores_nothing() {
    both(async |database| {
        let store = database.open().await;
        store.append(append("a", 0, &["1"])).await.unwrap();
        for stale in [append("a", 0, &["2"]), append("a", 0, &["2", "3"])] {
            let error = store.append(stale).await.unwrap_err();
            assert!(matches!(error, AppendError::Conflict { .. }), "{error:?}");
        }
        assert_eq!(store.head().await.unwrap(), 1);
        assert_eq!(
            store.append(append("a", 1, &["2"])).await.unwrap().position,
            1
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_block_is_stored_whole_or_not_at_all() {
    both(async |database| {
        let store = database.open().await;
        store.append(append("taken", 0, &["1"])).await.unwrap();
        let block = vec![
            append("a", 0, &["1"]),
            append("taken", 0, &["1"]),
            append("b", 0, &["1"]),
        ];
        let error = store.append_block(block).await.unwrap_err();
        assert!(matches!(error, AppendError::Conflict { .. }), "{error:?}");
        assert_eq!(store.head().await.unwrap(), 1);
        let block = vec![append("a", 0, &["1", "2"]), append("b", 0, &["1"])];
        let places = store.append_block(block).await.unwrap();
        assert_eq!(
            places.iter().map(|p| p.position).collect::<Vec<_>>(),
            [1, 3]
        );
        assert_sound(&whole(&store).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_recorded_can_be_changed_or_removed() {
    both(async |database| {
        let store = database.open().await;
        store.append(append("a", 0, &["1"])).await.unwrap();
        let statements = [
            "update events set payload = '2'",
            "delete from events",
            "update events set position = 9",
        ];
        for statement in statements {
            let refused = match &database.url.parse::<StoreUrl>().unwrap() {
                StoreUrl::Sqlite(path) => rusqlite::Connection::open(path)
                    .unwrap()
                    .execute(statement, [])
                    .is_err(),
                StoreUrl::Postgres(url) => {
                    let pool = sqlx::PgPool::connect(url).await.unwrap();
                    sqlx::query(statement).execute(&pool).await.is_err()
                }
            };
            assert!(refused, "{statement}");
        }
        assert_eq!(whole(&store).await[0].payload, "1");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_database_is_migrated_only_if_that_is_allowed() {
    both(async |database| {
        let url: StoreUrl = database.url.parse().unwrap();
        let error = Store::open(&url, Migrate::Check).await.unwrap_err();
        assert!(matches!(error, OpenError::NeedsMigration), "{error:?}");
        // Several processes start at once: they take turns.
        let opened = (0..4).map(|_| {
            let url = url.clone();
            tokio::spawn(async move { Store::open(&url, Migrate::Auto).await.map(drop) })
        });
        for opened in opened.collect::<Vec<_>>() {
            opened.await.unwrap().unwrap();
        }
        Store::open(&url, Migrate::Check).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_watches_learns_that_the_log_has_grown() {
    both(async |database| {
        let store = database.open().await;
        let mut watch = store.watch();
        store.append(append("a", 0, &["1", "2"])).await.unwrap();
        assert_eq!(*watch.wait_for(|head| *head == 2).await.unwrap(), 2);
    })
    .await;
}
