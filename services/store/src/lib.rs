//! The write side: events are appended, read by stream, and followed by position.
//!
//! One [`Store`] speaks to PostgreSQL or to an embedded SQLite file; what it promises is the same on
//! both and is held by one suite of tests: an acknowledged append is durable and never lost, positions
//! are dense from 0 in commit order and become visible in that order, a stream's sequence never forks.
//! The store knows nothing of what events mean, and no view is ever kept here.

mod append;
mod connect;
mod error;
mod idempotency;
mod keys;
mod leaves;
mod load;
mod notes;
mod postgres;
mod queue;
mod repository;
mod sqlite;
mod store;
mod vault;

pub use append::{Append, Appended};
pub use connect::{Migrate, StoreUrl};
pub use error::{AppendError, OpenError, ReadError, WriteError};
pub use idempotency::{Acknowledgement, IdempotencyKey, StoredAnswer};
pub use keys::ApiKeyRow;
pub use leaves::{NewStreamKey, Place, Thread};
pub use notes::SignedText;
pub use repository::{Repository, UnreadableEvent};
pub use store::{Head, Store};
pub use vault::{
    ErasureRow, KeyId, Party, PartyKeyRow, PersonalRow, ReadingRow, Rewrapped, StoredPerson,
};
