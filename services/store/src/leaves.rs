//! What the sealer keeps beside the events: the log's entries, and a key for each stream.
//!
//! The store does not know what an entry says, makes no key, and signs nothing.

use crate::error::{ReadError, WriteError};
use crate::store::{Backend, Store};

/// An event in its stream: the kind of stream, the stream, and the event's number in it, from 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The kind of stream.
    pub kind: String,
    /// The stream.
    pub id: String,
    /// The event's number in it, from 1.
    pub sequence: u64,
}

/// What is known of a stream before one of its events is sealed.
#[derive(Clone, Default)]
pub struct Thread {
    /// The stream's key, if it has one already.
    pub key: Option<[u8; 32]>,
    /// The entry of the event before; none for the first one, or if it is not sealed.
    pub before: Option<Vec<u8>>,
}

/// A stream's new key. It has no printed form.
#[derive(Clone)]
pub struct NewStreamKey {
    /// The kind of stream.
    pub kind: String,
    /// The stream.
    pub id: String,
    /// 32 random bytes.
    pub key: [u8; 32],
}

impl Store {
    /// How many entries the log has: the position that the next one takes.
    pub async fn leaf_head(&self) -> Result<u64, ReadError> {
        match &self.0 {
            Backend::Postgres(postgres) => postgres.leaf_head().await,
            Backend::Sqlite(sqlite) => sqlite.leaf_head().await,
        }
    }

    /// The log's entries from a position on, at most `limit`, in order.
    pub async fn leaves(&self, from: u64, limit: usize) -> Result<Vec<Vec<u8>>, ReadError> {
        match &self.0 {
            Backend::Postgres(postgres) => postgres.leaves(from, limit).await,
            Backend::Sqlite(sqlite) => sqlite.leaves(from, limit).await,
        }
    }

    /// For each of these events, its stream's key and the entry of the event before it, in the same order.
    pub async fn threads(&self, places: Vec<Place>) -> Result<Vec<Thread>, ReadError> {
        match &self.0 {
            Backend::Postgres(postgres) => postgres.threads(places).await,
            Backend::Sqlite(sqlite) => sqlite.threads(places).await,
        }
    }

    /// Adds entries from a position on, and the keys that they were made with, all or none. False, and
    /// nothing is stored, if the log does not end there any more or a stream has got its key meanwhile:
    /// another sealer was quicker.
    pub async fn add_leaves(
        &self,
        from: u64,
        leaves: Vec<Vec<u8>>,
        keys: Vec<NewStreamKey>,
    ) -> Result<bool, WriteError> {
        match &self.0 {
            Backend::Postgres(postgres) => postgres.add_leaves(from, leaves, keys).await,
            Backend::Sqlite(sqlite) => sqlite.add_leaves(from, leaves, keys).await,
        }
    }
}
