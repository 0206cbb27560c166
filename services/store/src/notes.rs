//! The log's signed checkpoints, one for a size: the fence between sealers that do not know of each other.
//!
//! The store verifies no signature; it only keeps that there is one text for a size, for ever.

use crate::error::{ReadError, WriteError};
use crate::store::{Backend, Store};

/// A signed checkpoint as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedText {
    /// How many entries it covers.
    pub size: u64,
    /// What was signed.
    pub checkpoint: String,
    /// The same with the signatures.
    pub note: String,
}

impl Store {
    /// The signed checkpoint of the largest size; none if nothing was signed yet.
    pub async fn newest_note(&self) -> Result<Option<SignedText>, ReadError> {
        match &self.0 {
            Backend::Postgres(postgres) => postgres.newest_note().await,
            Backend::Sqlite(sqlite) => sqlite.newest_note().await,
        }
    }

    /// Keeps a signed checkpoint, or other signatures of one that is kept. False, and nothing is stored,
    /// if another checkpoint of this size was signed.
    pub async fn keep_note(&self, signed: SignedText) -> Result<bool, WriteError> {
        match &self.0 {
            Backend::Postgres(postgres) => postgres.keep_note(signed).await,
            Backend::Sqlite(sqlite) => sqlite.keep_note(signed).await,
        }
    }
}
