//! The store as the views' feed: the one place where the write side and the read side are joined.

use std::time::Duration;

use chasqui_procedures::recorded::RawRecord;
use chasqui_projections::{Feed, FeedError};
use chasqui_store::Store;

/// How long the views wait before they ask the database again, if nothing wakes them.
const POLL: Duration = Duration::from_millis(500);

/// A store, read by position.
pub(crate) struct StoreFeed(pub(crate) Store);

impl Feed for StoreFeed {
    async fn read(&self, from: u64, limit: usize) -> Result<Vec<RawRecord>, FeedError> {
        self.0
            .read(from, limit)
            .await
            .map_err(|error| FeedError(error.into()))
    }

    async fn head(&self) -> Result<u64, FeedError> {
        self.0.head().await.map_err(|error| FeedError(error.into()))
    }

    async fn grown(&self, size: u64) {
        let mut watch = self.0.watch();
        // What this process appends is known at once, and what another one appends soon after. Hints may
        // be lost, a poll is not.
        let _ = tokio::time::timeout(POLL, watch.wait_for(|head| *head > size)).await;
    }
}
