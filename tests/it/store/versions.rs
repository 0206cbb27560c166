//! Events of other versions in a database: older ones are lifted on every way out, newer ones refused.

use chasqui_commands::CommandError;
use chasqui_procedures::aggregate::ProcedureAggregate;
use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::event::Entry;
use chasqui_procedures::recorded::{Body, NewEvent, UnreadableCause, kind};
use chasqui_procedures::upcast::{Step, Upcasts, VersionError};
use chasqui_store::{Append, Store};
use cqrs_es::persist::{PersistedEventRepository, PersistedEventStore, PersistenceError};
use cqrs_es::{EventEnvelope, EventStore};
use serde_json::Value;

use super::whole;
use crate::support::both;
use crate::time::Office;

const ID: &str = "0190a0a0-0000-7000-8000-000000000001";

/// Made up, for all events are in their first version: version 0 of an assignment said `office`, and
/// version 1 said `unit`.
const STEPS: &[Step] = &[
    Step {
        event: "Assigned",
        from: 0,
        lift: |text| renamed(text, "office", "unit"),
    },
    Step {
        event: "Assigned",
        from: 1,
        lift: |text| renamed(text, "unit", "to"),
    },
];
const LATER: Upcasts<'static> = Upcasts::new(STEPS);

fn renamed(mut text: Value, from: &str, to: &str) -> Value {
    let fields = text["event"]["Assigned"].as_object_mut().unwrap();
    let value = fields.remove(from).unwrap();
    fields.insert(to.to_owned(), value);
    text
}

async fn assign(store: &Store, after: u64, version: &str, field: &str) {
    let payload =
        format!(r#"{{"occurred":"2026-03-02","event":{{"Assigned":{{"{field}":"obras"}}}}}}"#);
    let append = Append {
        kind: kind::PROCEDURE,
        id: ID.to_owned(),
        after,
        events: vec![NewEvent {
            event_type: "Assigned".into(),
            event_version: version.to_owned().into(),
            payload,
        }],
        metadata: "{}".to_owned(),
    };
    store.append(append).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_out_of_the_store_lifts_alike() {
    both(async |database| {
        let store = database.open().await;
        for (after, (version, field)) in [("0", "office"), ("1", "unit"), ("2", "to")]
            .into_iter()
            .enumerate()
        {
            assign(&store, after as u64, version, field).await;
        }
        let repository = store.repository().lifting_by(LATER);
        let by_position: Vec<Entry> = whole(&store)
            .await
            .iter()
            .map(|record| record.decode_with(&LATER).unwrap().body)
            .map(|body| {
                let Body::Procedure(_, entry) = body else {
                    panic!("an entry")
                };
                *entry
            })
            .collect();
        assert_eq!(by_position.len(), 3);
        assert!(by_position.iter().all(|entry| *entry == by_position[2]));

        let framework = PersistedEventStore::new_event_store(repository.clone());
        let loaded = EventStore::<ProcedureAggregate>::load_aggregate(&framework, ID).await;
        assert_eq!(loaded.unwrap().aggregate.history, by_position);
        let last = repository.get_last_events::<ProcedureAggregate>(ID, 1);
        let versions = last.await.unwrap().into_iter().map(|one| one.event_version);
        assert_eq!(versions.collect::<Vec<_>>(), ["2", "2"]);
        let one = repository.stream_events::<ProcedureAggregate>(ID).await;
        let all = repository.stream_all_events::<ProcedureAggregate>().await;
        for mut stream in [one.unwrap(), all.unwrap()] {
            let mut streamed = Vec::new();
            while let Some(event) = stream.next::<ProcedureAggregate>(&[]).await {
                let EventEnvelope { payload, .. } = event.unwrap();
                streamed.push(payload);
            }
            assert_eq!(streamed, by_position);
        }
    })
    .await;
}

/// The text is one that this program could read: it is the version that says it means something else.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_newer_program_wrote_is_refused_on_every_way_out() {
    both(async |database| {
        let office = Office::open(&database).await;
        let repository = office.store.repository();
        assign(&office.store, 0, "2", "to").await;
        let log = whole(&office.store).await;
        let newer = VersionError::Newer {
            version: 2,
            known: 1,
        };
        let record = log.last().unwrap();
        assert!(matches!(
            record.decode().unwrap_err().source,
            UnreadableCause::Version(error) if error == newer
        ));
        let refused = |error: &PersistenceError| {
            matches!(error, PersistenceError::DeserializationError(_))
                && error.to_string().contains(&newer.to_string())
        };
        let error = repository.get_events::<ProcedureAggregate>(ID).await;
        assert!(refused(&error.unwrap_err()));
        let mut stream = repository
            .stream_all_events::<ProcedureAggregate>()
            .await
            .unwrap();
        let error = stream.next::<ProcedureAggregate>(&[]).await.unwrap();
        assert!(refused(&error.err().unwrap()));

        let command = Command {
            occurred: None,
            wish: Wish::Admit,
        };
        let id = ID.parse().unwrap();
        let order = chasqui_commands::Order::of_operator();
        let error = office.commands.execute(order, id, command).await;
        let CommandError::Unreadable(error) = error.err().unwrap() else {
            panic!("another error")
        };
        assert_eq!(error.position, record.position);
        assert_eq!(whole(&office.store).await.len(), log.len());
    })
    .await;
}
