//! From an event to its leaf, and back: keys, salts, tags, the fields that every event commits, and
//! what the holder of a key can check.
//!
//! Everything is computed from what is handed in, so that a leaf can be made again after a crash and
//! compared by an audit. It deliberately draws no key: the vault does.

mod chain;
mod facts;
mod history;
mod keys;
mod opened;
mod seal;
mod stream;

pub use chain::check_chain;
pub use facts::{Facts, MANDATORY_FIELDS};
pub use history::{TagIndex, TagIndexBuilder};
pub use keys::{SaltKey, StreamKey, TagKey};
pub use opened::OpenedEvent;
pub use seal::{Extra, SealedEvent, seal};
pub use stream::StreamName;
