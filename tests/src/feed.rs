//! A store as the views' feed, as the binary hands it to them.

use std::time::Duration;

use chasqui_procedures::recorded::RawRecord;
use chasqui_projections::{Feed, FeedError};
use chasqui_store::Store;

/// The poll that a hint spares.
const POLL: Duration = Duration::from_millis(500);

/// A store, read by position.
pub struct StoreFeed(pub Store);

impl Feed for StoreFeed {
    async fn read(&self, from: u64, limit: usize) -> Result<Vec<RawRecord>, FeedError> {
        let read = self.0.read(from, limit).await;
        read.map_err(|error| FeedError(error.into()))
    }

    async fn head(&self) -> Result<u64, FeedError> {
        self.0.head().await.map_err(|error| FeedError(error.into()))
    }

    async fn grown(&self, size: u64) {
        let mut watch = self.0.watch();
        let _ = tokio::time::timeout(POLL, watch.wait_for(|head| *head > size)).await;
    }
}
