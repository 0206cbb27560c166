//! Is this all of it? Whoever holds a stream's tag key sees every event of it in the public log, and
//! sees that no further one exists. Nobody else can tell which leaves belong together.

use super::TagKey;
use crate::error::HistoryError;
use crate::leaf::{Leaf, LeafTime, Tag};

/// The tags of a whole log, 24 bytes a leaf.
///
/// It is never made of a log in which a tag occurs twice: that is a stream with two histories.
///
/// ```
/// use chasqui_tlog::leaf::Leaf;
/// use chasqui_tlog::sealing::{TagIndexBuilder, TagKey};
///
/// let key = TagKey::from_bytes([7; 32]);
/// let mut log = TagIndexBuilder::default();
/// for tag in [key.tag(1), TagKey::from_bytes([8; 32]).tag(1), key.tag(2)] {
///     let commit = "8t4hnzde4UqzhBY8hTuXUQ/NyWHE5WCMzWmB0qIesLM=";
///     let entry = format!("tramite-leaf/v1\ntime 1767225641\ntag {tag}\ncommit {commit}\n");
///     log.push(&Leaf::parse(entry.as_bytes())?)?;
/// }
/// let log = log.finish()?;
/// assert_eq!(log.check_history(&key, 2)?, [0, 2]);
/// assert!(log.check_history(&key, 1).is_err(), "an event would be hidden");
/// assert!(log.check_history(&key, 3).is_err(), "an event would be missing");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct TagIndex {
    /// Sorted by tag.
    tags: Vec<(Tag, u64)>,
    size: u64,
}

/// Takes the leaves of a log in order, from the first on.
#[derive(Debug, Clone, Default)]
pub struct TagIndexBuilder {
    tags: Vec<(Tag, u64)>,
    size: u64,
    latest: Option<LeafTime>,
}

impl TagIndexBuilder {
    /// Takes the next leaf; refused if it is older than the one before it.
    pub fn push(&mut self, leaf: &Leaf) -> Result<(), HistoryError> {
        if self.latest > Some(leaf.time()) {
            return Err(HistoryError::TimeWentBack { index: self.size });
        }
        if let Leaf::Event(event) = leaf {
            self.tags.push((event.tag, self.size));
        }
        self.latest = Some(leaf.time());
        self.size += 1;
        Ok(())
    }

    /// The index, if no tag occurs twice.
    pub fn finish(mut self) -> Result<TagIndex, HistoryError> {
        self.tags.sort_unstable();
        for pair in self.tags.windows(2) {
            if let [(one, first), (other, second)] = pair
                && one == other
            {
                return Err(HistoryError::TagTwice {
                    first: *first,
                    second: *second,
                });
            }
        }
        Ok(TagIndex {
            tags: self.tags,
            size: self.size,
        })
    }
}

impl TagIndex {
    /// Where in the log the event with this tag stands.
    pub fn position(&self, tag: &Tag) -> Option<u64> {
        let place = self.tags.binary_search_by_key(tag, |(tag, _)| *tag).ok()?;
        Some(self.tags[place].1)
    }

    /// Checks that the stream has exactly this many events in the log, in order, and no next one;
    /// gives their places.
    pub fn check_history(&self, key: &TagKey, events: u64) -> Result<Vec<u64>, HistoryError> {
        // More cannot be in the log; without this a hostile number would keep us busy for ever.
        if events > self.size {
            return Err(HistoryError::Missing { seq: self.size + 1 });
        }
        let mut positions: Vec<u64> = Vec::new();
        for seq in 1..=events {
            let position = self
                .position(&key.tag(seq))
                .ok_or(HistoryError::Missing { seq })?;
            if positions.last().is_some_and(|last| *last > position) {
                return Err(HistoryError::OutOfOrder { seq });
            }
            positions.push(position);
        }
        match self.position(&key.tag(events + 1)) {
            None => Ok(positions),
            Some(index) => Err(HistoryError::Hidden {
                seq: events + 1,
                index,
            }),
        }
    }

    /// How many leaves the log had.
    pub const fn size(&self) -> u64 {
        self.size
    }
}
