//! The keys of systems that act over the API, as they are stored: digests, never secrets.
//!
//! The store neither makes keys nor judges them: what a key opens is decided in `chasqui_commands`.

use jiff::Timestamp;

use crate::error::{ReadError, WriteError};
use crate::store::{Backend, Store};

/// One key. Times are kept to the microsecond.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKeyRow {
    /// Its public handle: ten small letters and digits.
    pub id: String,
    /// The deployment it is for: 1 to 16 small letters and digits.
    pub environment: String,
    /// SHA-256 of the 32 random bytes of its secret.
    pub secret_sha256: [u8; 32],
    /// The system that holds it. Never a person.
    pub label: String,
    /// The one unit it acts for; `*` for the whole municipality.
    pub unit: String,
    /// The verbs it may use, separated by single spaces; at least one.
    pub scopes: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// From then on it opens nothing.
    pub expires_at: Timestamp,
    /// From then on it opens nothing; set once.
    pub revoked_at: Option<Timestamp>,
}

impl ApiKeyRow {
    /// Whether it opens anything at a moment.
    #[must_use]
    pub fn is_active(&self, at: Timestamp) -> bool {
        at < self.expires_at && self.revoked_at.is_none_or(|revoked| at < revoked)
    }
}

impl Store {
    /// Adds a key. False, and nothing is stored, if `at_most` keys of this unit and label are active at
    /// its creation already; of several who ask at once not one too many is let in.
    pub async fn add_api_key(&self, row: &ApiKeyRow, at_most: u32) -> Result<bool, WriteError> {
        match &self.0 {
            Backend::Postgres(postgres) => postgres.add_api_key(row, at_most).await,
            Backend::Sqlite(sqlite) => sqlite.add_api_key(row, at_most).await,
        }
    }

    /// The key with this handle, active or not.
    pub async fn api_key(&self, id: &str) -> Result<Option<ApiKeyRow>, ReadError> {
        match &self.0 {
            Backend::Postgres(postgres) => postgres.api_key(id).await,
            Backend::Sqlite(sqlite) => sqlite.api_key(id).await,
        }
    }

    /// All keys that ever were, by unit, label and age.
    pub async fn api_keys(&self) -> Result<Vec<ApiKeyRow>, ReadError> {
        match &self.0 {
            Backend::Postgres(postgres) => postgres.api_keys().await,
            Backend::Sqlite(sqlite) => sqlite.api_keys().await,
        }
    }

    /// Revokes a key; one that was revoked earlier keeps its moment. False if there is no such key.
    pub async fn revoke_api_key(&self, id: &str, at: Timestamp) -> Result<bool, WriteError> {
        match &self.0 {
            Backend::Postgres(postgres) => postgres.revoke_api_key(id, at).await,
            Backend::Sqlite(sqlite) => sqlite.revoke_api_key(id, at).await,
        }
    }
}
