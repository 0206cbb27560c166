//! Leaves: what stands in the log, byte for byte. A leaf is hashed as it is stored and never written
//! again from its parts.
//!
//! An event's leaf is 113 bytes that say nothing to whoever has no keys; how they are made is the
//! business of [`sealing`](crate::sealing). The other kinds are public statements of the log itself:
//! which file was published, which catalogue counts, which key signs, what was erased, what broke.

mod event;
mod kind;
mod label;
mod lines;
mod public;
mod time;

pub use event::{EVENT_LEAF_BYTES, EventLeaf, Tag};
pub use kind::{Kind, Leaf};
pub use label::{FileDigest, Label, ShredId};
pub use public::{CatalogLeaf, DatasetLeaf, IncidentLeaf, KeyChange, KeyLeaf, ShredLeaf};
pub use time::LeafTime;

pub(crate) use lines::Lines;
pub use lines::MAX_LEAF_BYTES;
