//! The store as `cqrs-es` sees it: reads by the stock repositories, appends by ours.
//!
//! Snapshots are not kept: version 0.5 of the stock crates applies events to them twice. Nothing here
//! dispatches to views: they follow the log by position. Events are lifted to today's form here and not
//! by the framework, whose upcasters cannot refuse one; whoever reads through a stock repository hands
//! it `chasqui_procedures::aggregate::upcasters`.

use std::sync::Arc;

use chasqui_procedures::recorded::{NewEvent, RawRecord, kind};
use chasqui_procedures::upcast::{TODAY, Upcasts, VersionError};
use cqrs_es::Aggregate;
use cqrs_es::persist::{
    PersistedEventRepository, PersistenceError, ReplayFeed, ReplayStream, SerializedEvent,
    SerializedSnapshot,
};
use postgres_es::PostgresEventRepository;
use serde_json::Value;
use sqlite_es::SqliteEventRepository;

use crate::append::Append;
use crate::error::AppendError;
use crate::store::Store;

/// The stock repository of the database at hand.
#[derive(Clone)]
pub(crate) enum Stock {
    Postgres(Arc<PostgresEventRepository>),
    Sqlite(Arc<SqliteEventRepository>),
}

/// A [`PersistedEventRepository`] over a [`Store`].
#[derive(Clone)]
pub struct Repository {
    store: Store,
    stock: Stock,
    upcasts: Upcasts<'static>,
}

/// A stored event that this program cannot read, as the framework's errors carry it.
#[derive(Debug, thiserror::Error)]
#[error(
    "cannot read event {event_type} {event_version}, number {sequence} of {aggregate_id}: {source}"
)]
pub struct UnreadableEvent {
    /// The stream.
    pub aggregate_id: String,
    /// Its number within the stream.
    pub sequence: usize,
    /// What it calls itself.
    pub event_type: String,
    /// In which version.
    pub event_version: String,
    /// Why.
    pub source: VersionError,
}

/// How many events of the whole log are read at once.
const PAGE: usize = 1_000;

impl Repository {
    pub(crate) fn new(store: Store, stock: Stock) -> Self {
        Self {
            store,
            stock,
            upcasts: TODAY,
        }
    }

    /// The same with other steps from old forms to new ones: how the lifting itself is tested.
    #[must_use]
    pub fn lifting_by(self, upcasts: Upcasts<'static>) -> Self {
        Self { upcasts, ..self }
    }

    fn lifted(&self, mut event: SerializedEvent) -> Result<SerializedEvent, PersistenceError> {
        let (name, version) = (&event.event_type, &event.event_version);
        match self.upcasts.lift_value(name, version, event.payload) {
            Ok(payload) => {
                event.event_version = self.upcasts.version(name).to_string();
                event.payload = payload;
                Ok(event)
            }
            Err(source) => Err(unreadable(UnreadableEvent {
                aggregate_id: event.aggregate_id,
                sequence: event.sequence,
                event_type: event.event_type,
                event_version: event.event_version,
                source,
            })),
        }
    }

    fn all_lifted(
        &self,
        events: Vec<SerializedEvent>,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        events.into_iter().map(|event| self.lifted(event)).collect()
    }

    /// Hands over the events of one kind of stream in the order of the log. The stock replay sorts them
    /// by their number within the stream, and ends quietly when the connection dies.
    async fn feed_all(self, kind: &'static str, mut feed: ReplayFeed) {
        let mut from = 0;
        loop {
            let page = match self.store.read(from, PAGE).await {
                Ok(page) => page,
                Err(error) => {
                    let lost = PersistenceError::ConnectionError(error.into());
                    // Nobody listens any more if this fails.
                    let _heard = feed.push(Err(lost)).await;
                    return;
                }
            };
            let Some(last) = page.last() else { return };
            from = last.position + 1;
            for record in page.iter().filter(|record| record.aggregate_type == kind) {
                let event = serialized(record).and_then(|event| self.lifted(event));
                if feed.push(event).await.is_err() {
                    return;
                }
            }
        }
    }
}

impl PersistedEventRepository for Repository {
    async fn get_events<A: Aggregate>(
        &self,
        aggregate_id: &str,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        self.all_lifted(match &self.stock {
            Stock::Postgres(stock) => stock.get_events::<A>(aggregate_id).await,
            Stock::Sqlite(stock) => stock.get_events::<A>(aggregate_id).await,
        }?)
    }

    async fn get_last_events<A: Aggregate>(
        &self,
        aggregate_id: &str,
        last_sequence: usize,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        self.all_lifted(match &self.stock {
            Stock::Postgres(stock) => {
                stock
                    .get_last_events::<A>(aggregate_id, last_sequence)
                    .await
            }
            Stock::Sqlite(stock) => {
                stock
                    .get_last_events::<A>(aggregate_id, last_sequence)
                    .await
            }
        }?)
    }

    async fn get_snapshot<A: Aggregate>(
        &self,
        _aggregate_id: &str,
    ) -> Result<Option<SerializedSnapshot>, PersistenceError> {
        Ok(None)
    }

    async fn persist<A: Aggregate>(
        &self,
        events: &[SerializedEvent],
        _snapshot_update: Option<(String, Value, usize)>,
    ) -> Result<(), PersistenceError> {
        let Some(first) = events.first() else {
            return Ok(());
        };
        let append = Append {
            kind: known_kind(A::TYPE)?,
            id: first.aggregate_id.clone(),
            after: first.sequence.saturating_sub(1) as u64,
            events: events.iter().map(new_event).collect(),
            metadata: first.metadata.to_string(),
        };
        match self.store.append(append).await {
            Ok(_) => Ok(()),
            Err(AppendError::Conflict { .. }) => Err(PersistenceError::OptimisticLockError),
            Err(error @ (AppendError::Refused { .. } | AppendError::AlreadyAnswered(_))) => {
                Err(PersistenceError::UnknownError(error.into()))
            }
            Err(error @ (AppendError::Overloaded | AppendError::Unavailable { .. })) => {
                Err(PersistenceError::ConnectionError(error.into()))
            }
        }
    }

    async fn stream_events<A: Aggregate>(
        &self,
        aggregate_id: &str,
    ) -> Result<ReplayStream, PersistenceError> {
        let events = self.get_events::<A>(aggregate_id).await?;
        let (mut feed, stream) = ReplayStream::new(events.len().max(1));
        for event in events {
            feed.push(Ok(event)).await?;
        }
        Ok(stream)
    }

    async fn stream_all_events<A: Aggregate>(&self) -> Result<ReplayStream, PersistenceError> {
        let kind = known_kind(A::TYPE)?;
        let (feed, stream) = ReplayStream::new(PAGE);
        tokio::spawn(self.clone().feed_all(kind, feed));
        Ok(stream)
    }
}

fn unreadable(error: impl std::error::Error + Send + Sync + 'static) -> PersistenceError {
    PersistenceError::DeserializationError(error.into())
}

fn serialized(record: &RawRecord) -> Result<SerializedEvent, PersistenceError> {
    let sequence = usize::try_from(record.sequence).map_err(unreadable)?;
    Ok(SerializedEvent {
        aggregate_id: record.aggregate_id.clone(),
        sequence,
        aggregate_type: record.aggregate_type.clone(),
        event_type: record.event_type.clone(),
        event_version: record.event_version.clone(),
        payload: serde_json::from_str(&record.payload).map_err(unreadable)?,
        metadata: serde_json::from_str(&record.metadata).map_err(unreadable)?,
    })
}

fn known_kind(name: &str) -> Result<&'static str, PersistenceError> {
    [
        kind::PROCEDURE,
        kind::UNIT,
        kind::PROCEDURE_TYPE,
        kind::CALENDAR,
        kind::LOG,
    ]
    .into_iter()
    .find(|kind| *kind == name)
    .ok_or_else(|| PersistenceError::UnknownError(format!("unknown stream {name:?}").into()))
}

fn new_event(event: &SerializedEvent) -> NewEvent {
    NewEvent {
        event_type: event.event_type.clone().into(),
        event_version: event.event_version.clone().into(),
        payload: event.payload.to_string(),
    }
}
