//! The store as `cqrs-es` sees it: reads by the stock repositories, appends by ours.
//!
//! Snapshots are not kept: version 0.5 of the stock crates applies events to them twice. Nothing here
//! dispatches to views: they follow the log by position.

use std::sync::Arc;

use chasqui_procedures::recorded::{NewEvent, kind};
use cqrs_es::Aggregate;
use cqrs_es::persist::{
    PersistedEventRepository, PersistenceError, ReplayStream, SerializedEvent, SerializedSnapshot,
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
}

impl Repository {
    pub(crate) fn new(store: Store, stock: Stock) -> Self {
        Self { store, stock }
    }
}

impl PersistedEventRepository for Repository {
    async fn get_events<A: Aggregate>(
        &self,
        aggregate_id: &str,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        match &self.stock {
            Stock::Postgres(stock) => stock.get_events::<A>(aggregate_id).await,
            Stock::Sqlite(stock) => stock.get_events::<A>(aggregate_id).await,
        }
    }

    async fn get_last_events<A: Aggregate>(
        &self,
        aggregate_id: &str,
        last_sequence: usize,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        match &self.stock {
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
        }
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
        match &self.stock {
            Stock::Postgres(stock) => stock.stream_events::<A>(aggregate_id).await,
            Stock::Sqlite(stock) => stock.stream_events::<A>(aggregate_id).await,
        }
    }

    async fn stream_all_events<A: Aggregate>(&self) -> Result<ReplayStream, PersistenceError> {
        match &self.stock {
            Stock::Postgres(stock) => stock.stream_all_events::<A>().await,
            Stock::Sqlite(stock) => stock.stream_all_events::<A>().await,
        }
    }
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
