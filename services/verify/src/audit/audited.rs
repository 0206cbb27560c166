//! What is asked of an audit, and what it found.

use std::collections::{BTreeMap, HashSet};

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::leaf::{DatasetLeaf, EventLeaf, FileDigest, Tag};
use chasqui_tlog::sealing::TagIndex;

use crate::signers::{Age, Signers};

/// What to look for beyond the log's own soundness.
#[derive(Default)]
pub struct Question<'a> {
    /// Now, in POSIX seconds.
    pub now: u64,
    /// How old the newest signed time may be, in seconds; any age if nothing is said.
    pub max_age: Option<u64>,
    /// Checkpoints that were signed before, which the log must continue.
    pub earlier: Vec<SignedCheckpoint>,
    /// Tags whose leaves are wanted.
    pub find: HashSet<Tag>,
    /// Places whose leaves are wanted.
    pub at: HashSet<u64>,
    /// A file that a data set's entry may name.
    pub file: Option<FileDigest>,
    /// Is told how many entries were checked, of how many.
    pub progress: Option<&'a mut dyn FnMut(u64, u64)>,
}

/// A log that is whole.
#[derive(Debug)]
pub struct Audited {
    /// The checkpoint that was checked.
    pub checkpoint: SignedCheckpoint,
    /// Who signed it.
    pub signers: Signers,
    /// The newest time that is signed.
    pub age: Age,
    /// Entries read, hashed and understood.
    pub entries: u64,
    /// Those that stand for events.
    pub events: u64,
    /// Those that name data sets.
    pub datasets: u64,
    /// Tiles computed again and compared.
    pub tiles: u64,
    /// Bundles read.
    pub bundles: u64,
    /// Bytes of tiles and bundles.
    pub bytes: u64,
    /// The times of the first and the last entry, in POSIX seconds.
    pub times: (u64, u64),
    /// The sizes of the earlier checkpoints that it continues.
    pub continues: Vec<u64>,
    /// The tags of all events, each there once.
    pub tags: TagIndex,
    pub(crate) found: BTreeMap<u64, EventLeaf>,
    pub(crate) files: Vec<(u64, DatasetLeaf)>,
}

impl Audited {
    /// A leaf that was looked for, if it stands at this place.
    #[must_use]
    pub fn leaf(&self, index: u64) -> Option<EventLeaf> {
        self.found.get(&index).copied()
    }
}
