//! Where the events come from: the log by position. A store offers it, or a mirror's files.

use std::error::Error;
use std::future::Future;

use chasqui_procedures::recorded::RawRecord;

/// A log that can be read from any position on, in order and without a gap.
pub trait Feed: Send + Sync + 'static {
    /// At most `limit` events from a position on. Fewer than `limit` means that the end was reached;
    /// an error is an error and never a short answer.
    fn read(
        &self,
        from: u64,
        limit: usize,
    ) -> impl Future<Output = Result<Vec<RawRecord>, FeedError>> + Send;

    /// The number of events in the log.
    fn head(&self) -> impl Future<Output = Result<u64, FeedError>> + Send;

    /// Returns when the log may hold more than `size` events: at a hint, or when it is time to ask.
    fn grown(&self, size: u64) -> impl Future<Output = ()> + Send;
}

/// The log could not be read. The runner asks again.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the log")]
pub struct FeedError(#[source] pub Box<dyn Error + Send + Sync>);
