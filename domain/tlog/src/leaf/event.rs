//! An event's leaf: 113 bytes, whatever the event. It says when the log took it in, and two values
//! that look random to whoever has no keys.

use std::fmt;
use std::str::FromStr;

use super::{Kind, LeafTime, Lines};
use crate::disclosure::Commit;
use crate::encoding::{from_base64, to_base64};
use crate::error::{LeafError, MalformedHash};
use crate::merkle::{Hash, leaf_hash};

/// The length of every event's leaf: it is fixed so that it tells nothing.
pub const EVENT_LEAF_BYTES: usize = 113;

/// A blinded name for one event of one stream, by which the holder of the stream's tag key, and
/// nobody else, finds it. No two leaves of a log have the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tag([u8; 16]);

impl Tag {
    /// The tag with these bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

/// What stands in the log for one event.
///
/// ```
/// use chasqui_tlog::leaf::EventLeaf;
///
/// let text = "tramite-leaf/v1\n\
///     time 1767225641\n\
///     tag 2F1YXz3QunswjCR4w8DxAg==\n\
///     commit 8t4hnzde4UqzhBY8hTuXUQ/NyWHE5WCMzWmB0qIesLM=\n";
/// let leaf: EventLeaf = text.parse()?;
/// assert_eq!((leaf.time.seconds(), text.len()), (1_767_225_641, 113));
/// assert_eq!(leaf.to_string(), text);
/// # Ok::<(), chasqui_tlog::error::LeafError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EventLeaf {
    /// When it was sealed.
    pub time: LeafTime,
    /// Which event it is, to whoever can compute the tag.
    pub tag: Tag,
    /// What the event says, to whoever has the disclosures.
    pub commit: Commit,
}

impl EventLeaf {
    /// The hash that stands in the tree.
    pub fn hash(&self) -> Hash {
        leaf_hash(self.to_string().as_bytes())
    }
}

impl fmt::Display for EventLeaf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = Kind::Event;
        writeln!(
            f,
            "{kind}\ntime {}\ntag {}\ncommit {}",
            self.time, self.tag, self.commit
        )
    }
}

impl FromStr for EventLeaf {
    type Err = LeafError;

    fn from_str(text: &str) -> Result<Self, LeafError> {
        let mut lines = Lines::after(Kind::Event.as_str(), text)?;
        let leaf = Self {
            time: LeafTime::parse(lines.value("time")?)?,
            tag: lines.parsed("tag")?,
            commit: lines.parsed("commit")?,
        };
        lines.end()?;
        Ok(leaf)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_base64(&self.0))
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag({self})")
    }
}

impl FromStr for Tag {
    type Err = MalformedHash;

    fn from_str(text: &str) -> Result<Self, MalformedHash> {
        from_base64(text).map(Self).ok_or(MalformedHash)
    }
}
