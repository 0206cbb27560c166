//! A stream's events one after the other: each names the leaf of the one before it.

use super::OpenedEvent;
use crate::error::HistoryError;
use crate::merkle::Hash;

/// Checks that these events are the first ones of one stream, all of them, in order.
///
/// Each comes with its leaf's hash and must have `stream`, `seq` and `prev` opened.
pub fn check_chain(events: &[(Hash, &OpenedEvent)]) -> Result<(), HistoryError> {
    let mut before = None;
    for ((leaf, event), seq) in events.iter().zip(1..) {
        let stream = event.value("stream");
        if stream.is_none() || stream != events[0].1.value("stream") {
            return Err(HistoryError::OtherStream { seq });
        }
        if event.seq() != Some(seq) || event.prev() != Some(before) {
            return Err(HistoryError::BrokenChain { seq });
        }
        before = Some(*leaf);
    }
    Ok(())
}
