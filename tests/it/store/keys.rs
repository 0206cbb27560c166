//! API keys as they are stored: never changed but revoked, and never one too many.

use chasqui_store::ApiKeyRow;
use jiff::{SignedDuration, Timestamp};

use crate::support::both;

fn moment(hour: i64) -> Timestamp {
    let start: Timestamp = "2026-11-23T12:00:00.000001Z".parse().unwrap();
    start + SignedDuration::from_hours(hour)
}

fn row(id: &str, created: i64) -> ApiKeyRow {
    ApiKeyRow {
        id: id.to_owned(),
        environment: "live".to_owned(),
        secret_sha256: [0xab; 32],
        label: "Sistema de catastro ñ".to_owned(),
        unit: "catastro".to_owned(),
        scopes: "decide file".to_owned(),
        created_at: moment(created),
        expires_at: moment(created + 10),
        revoked_at: None,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_read_as_it_was_added() {
    both(async |database| {
        let store = database.open().await;
        let of_all = ApiKeyRow {
            unit: "*".to_owned(),
            ..row("0000000002", 0)
        };
        assert!(store.add_api_key(&row("0000000001", 0), 2).await.unwrap());
        assert!(store.add_api_key(&of_all, 2).await.unwrap());
        let found = store.api_key("0000000001").await.unwrap();
        assert_eq!(found, Some(row("0000000001", 0)));
        assert_eq!(store.api_key("0000000009").await.unwrap(), None);
        let all = store.api_keys().await.unwrap();
        assert_eq!(all, [of_all, row("0000000001", 0)]);
        let twice = store.add_api_key(&row("0000000001", 0), 9).await;
        assert!(twice.is_err(), "a handle is used once");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_revoked_once_and_changed_in_no_other_way() {
    both(async |database| {
        let store = database.open().await;
        let key = row("0000000001", 0);
        store.add_api_key(&key, 2).await.unwrap();
        assert!(key.is_active(moment(9)) && !key.is_active(moment(10)));
        let unknown = store.revoke_api_key("0000000009", moment(1)).await;
        assert!(!unknown.unwrap());
        for hour in [1, 2] {
            assert!(store.revoke_api_key(&key.id, moment(hour)).await.unwrap());
            let found = store.api_key(&key.id).await.unwrap().unwrap();
            assert_eq!(found.revoked_at, Some(moment(1)), "the first time counts");
            assert!(!found.is_active(moment(1)));
        }
        store.add_api_key(&row("0000000002", 0), 2).await.unwrap();
        let before = store.api_keys().await.unwrap();
        for statement in [
            "update api_keys set revoked_at = null",
            "update api_keys set scopes = 'decide'",
            "update api_keys set unit = '*'",
            "update api_keys set secret_sha256 = secret_sha256, label = 'x'",
            "delete from api_keys",
        ] {
            let changed = super::execute(&database, statement).await;
            assert!(changed.is_err(), "{statement}");
        }
        assert_eq!(store.api_keys().await.unwrap(), before);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_cannot_be_a_key_is_refused() {
    both(async |database| {
        let store = database.open().await;
        let good = row("0000000001", 0);
        let wrong: [fn(&mut ApiKeyRow); 10] = [
            |key| key.id = "SHOUTED123".to_owned(),
            |key| key.id = "short".to_owned(),
            |key| key.environment = "a_b".to_owned(),
            |key| key.label = String::new(),
            |key| key.unit = String::new(),
            |key| key.unit = "a b".to_owned(),
            |key| key.scopes = String::new(),
            |key| key.scopes = "file  decide".to_owned(),
            |key| key.scopes = " file".to_owned(),
            |key| key.expires_at = key.created_at,
        ];
        for spoil in wrong {
            let mut key = good.clone();
            spoil(&mut key);
            assert!(store.add_api_key(&key, 2).await.is_err(), "{key:?}");
        }
        assert_eq!(store.api_keys().await.unwrap(), []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_ask_at_once_no_more_than_the_limit_are_let_in() {
    both(async |database| {
        let stores = [database.open().await, database.open().await];
        let asked = (0..12).map(|number| {
            let store = stores[number % 2].clone();
            tokio::spawn(async move {
                let key = row(&format!("000000000{number:x}"), 0);
                store.add_api_key(&key, 2).await.unwrap()
            })
        });
        let mut added = 0;
        for asked in asked.collect::<Vec<_>>() {
            added += usize::from(asked.await.unwrap());
        }
        assert_eq!(added, 2);
        let [store, _] = &stores;
        assert_eq!(store.api_keys().await.unwrap().len(), 2);
        // Another label and another unit are counted apart.
        let other_label = ApiKeyRow {
            label: "Ventanilla".to_owned(),
            ..row("a000000001", 1)
        };
        let other_unit = ApiKeyRow {
            unit: "obras".to_owned(),
            ..row("a000000002", 1)
        };
        for key in [other_label, other_unit] {
            assert!(store.add_api_key(&key, 2).await.unwrap(), "{key:?}");
        }
        // A revoked one makes room.
        let taken = &store.api_keys().await.unwrap()[1].id;
        assert!(!store.add_api_key(&row("a000000004", 1), 2).await.unwrap());
        store.revoke_api_key(taken, moment(1)).await.unwrap();
        assert!(store.add_api_key(&row("a000000004", 1), 2).await.unwrap());
        // And so does one that has expired.
        assert!(store.add_api_key(&row("a000000005", 10), 2).await.unwrap());
    })
    .await;
}
