//! Who presents a key: found by its handle, known by its secret's digest.

use chasqui_procedures::text::Label;
use chasqui_store::{ApiKeyRow, ReadError};
use subtle::ConstantTimeEq;

use super::actor::{Actor, Grant};
use super::key::{ApiKey, Environment, KeyId};
use super::scope::Verbs;
use crate::commands::Commands;

/// Nobody was authenticated.
#[derive(Debug, thiserror::Error)]
pub enum AuthenticationError {
    /// What was presented opens nothing. It is not said whether it never was a key, or is unknown,
    /// revoked, expired, or of another deployment.
    #[error("what was presented opens nothing")]
    OpensNothing,
    /// The keys could not be read: whether it opens anything is not known.
    #[error(transparent)]
    Read(#[from] ReadError),
}

/// A handle that no key has: `i` is not a symbol of ours.
const NOBODY: &str = "iiiiiiiiii";

/// The text of a key, read where none was presented, so that reading takes its time there as well. What
/// it gives is thrown away.
const DECOY: &str = "chq_live_0123456789_\
    000000000000000000000000000000000000000000000000000gjjwnt6";

impl Commands {
    /// The actor who presents a key. Whatever is presented goes the same way: a digest is made of it, a
    /// handle is looked up, two digests are compared in constant time. What does not open is told by one
    /// answer, which takes as long for all.
    pub async fn authenticate(&self, presented: &str) -> Result<Actor, AuthenticationError> {
        let key = ApiKey::parse(presented);
        let (id, digest) = match &key {
            Some(key) => (key.id().as_str(), key.digest()),
            None => (NOBODY, decoy()),
        };
        let row = self.0.store.api_key(id).await?;
        let stored = row.as_ref().map_or([0; 32], |row| row.secret_sha256);
        let fits = bool::from(stored.ct_eq(&digest));
        let opens = |row: &ApiKeyRow| {
            let of_here = key.is_some_and(|key| key.environment() == self.environment());
            fits && of_here && row.is_active(self.0.clock.now())
        };
        let grant = row.filter(opens).as_ref().and_then(Grant::of_row);
        grant
            .filter(|grant| grant.environment == self.environment())
            .map(|grant| Actor::Key(Box::new(grant)))
            .ok_or(AuthenticationError::OpensNothing)
    }

    /// The environment of this log's keys.
    #[must_use]
    pub fn environment(&self) -> Environment {
        if self.0.opened.synthetic {
            Environment::Demo
        } else {
            Environment::Live
        }
    }
}

/// A digest, with the work that reading a key and making its digest takes.
fn decoy() -> [u8; 32] {
    std::hint::black_box(ApiKey::parse(DECOY)).map_or([0; 32], |key| key.digest())
}

impl Grant {
    /// What a row allows; none if a newer program wrote it in a way that this one cannot read.
    pub(super) fn of_row(row: &ApiKeyRow) -> Option<Self> {
        Some(Self {
            id: KeyId::parse(&row.id)?,
            environment: Environment::of_name(&row.environment)?,
            label: Label::parse(&row.label).ok()?,
            unit: row.unit.parse().ok()?,
            verbs: Verbs::of_stored(&row.scopes),
            created_at: row.created_at,
            expires_at: row.expires_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_decoy_is_a_key_and_nobody_is_not_a_handle() {
        assert!(ApiKey::parse(DECOY).is_some());
        assert_ne!(decoy(), [0; 32]);
        assert!(KeyId::parse(NOBODY).is_none());
    }
}
