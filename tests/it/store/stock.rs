//! The stock crates and ours on one table: each reads what the other wrote, and extends it.

use chasqui_deadlines::{CalendarBook, Policies, SilenceRule};
use chasqui_procedures::aggregate::{ProcedureAggregate, Services};
use chasqui_procedures::catalogue::{ClockStop, Sheet, TypeVersion};
use chasqui_procedures::command::{Command, File, Wish};
use chasqui_procedures::recorded::Body;
use chasqui_procedures::text::Label;

use cqrs_es::persist::{PersistedEventRepository, PersistedEventStore};
use cqrs_es::{CqrsFramework, EventStore};
use jiff::Timestamp;
use postgres_es::PostgresEventRepository;
use sqlite_es::SqliteEventRepository;

use super::{assert_sound, whole};
use crate::support::{Database, Kind, both};

const ID: &str = "0190a0a0-0000-7000-8000-000000000001";
const OTHER: &str = "0190a0a0-0000-7000-8000-000000000002";

#[tokio::test(flavor = "multi_thread")]
async fn stock_writers_and_ours_extend_each_others_streams() {
    both(async |database| {
        let store = database.open().await;
        let ours = framework(store.repository());
        ours.execute(ID, file()).await.unwrap();
        with_stock(&database, ID, wish(Wish::Admit)).await;
        with_stock(&database, OTHER, file()).await;
        ours.execute(OTHER, wish(Wish::Admit)).await.unwrap();
        let log = whole(&store).await;
        assert_sound(&log);
        assert_eq!(log.len(), 4);
        assert!(
            log.iter()
                .all(|record| { matches!(record.decode().unwrap().body, Body::Procedure(..)) })
        );
        assert_eq!(
            store.head().await.unwrap(),
            4,
            "the stock writer moved the head as well"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_framework_sees_our_conflicts_as_its_own() {
    both(async |database| {
        let store = database.open().await;
        framework(store.repository())
            .execute(ID, file())
            .await
            .unwrap();
        let repository = store.repository();
        let events = repository
            .get_events::<ProcedureAggregate>(ID)
            .await
            .unwrap();
        let error = repository
            .persist::<ProcedureAggregate>(&events, None)
            .await
            .unwrap_err();
        assert!(
            matches!(
                error,
                cqrs_es::persist::PersistenceError::OptimisticLockError
            ),
            "{error:?}"
        );
    })
    .await;
}

async fn with_stock(database: &Database, id: &str, command: Command) {
    match database.kind {
        Kind::Postgres => {
            let pool = sqlx::PgPool::connect(&database.url).await.unwrap();
            framework(PostgresEventRepository::new(pool))
                .execute(id, command)
                .await
                .unwrap();
        }
        Kind::Sqlite => {
            let pool = sqlx::SqlitePool::connect(&database.url).await.unwrap();
            framework(SqliteEventRepository::new(pool))
                .execute(id, command)
                .await
                .unwrap();
        }
    }
}

fn framework<R: PersistedEventRepository + 'static>(
    repository: R,
) -> CqrsFramework<ProcedureAggregate, impl EventStore<ProcedureAggregate>> {
    let store = PersistedEventStore::new_event_store(repository);
    CqrsFramework::new(store, vec![], services())
}

fn services() -> Services {
    let book = CalendarBook::ecuador();
    let now: Timestamp = "2026-03-02T15:00:00Z".parse().unwrap();
    let calendar = book.resolve(book.default_calendars(), now).unwrap();
    Services {
        now: "2026-03-02T10:00:00-05:00".parse().unwrap(),
        rules: rules(),
        calendar,
    }
}

fn rules() -> TypeVersion {
    TypeVersion {
        id: "permit".parse().unwrap(),
        version: 1,
        name: Label::parse("Permit").unwrap(),
        units: vec![],
        term: Some("15bd".parse().unwrap()),
        silence: SilenceRule::default(),
        policies: Policies::default(),
        clock_stops_at: ClockStop::Notification,
        calendars: vec![],
        steps: vec![],
        sheet: Sheet::default(),
    }
}

fn file() -> Command {
    wish(Wish::File(Box::new(File {
        unit: "cadastre".parse().unwrap(),
        channel: None,
        applicant_kind: None,
        calendars: vec![],
        code: None,
        subject: None,
    })))
}

fn wish(wish: Wish) -> Command {
    Command {
        occurred: None,
        wish,
    }
}
