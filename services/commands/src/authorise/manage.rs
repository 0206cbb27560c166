//! Make keys, list them, revoke them. Only the command line does this: nobody has a verb for it.

use chasqui_procedures::text::Label;
use chasqui_store::{ApiKeyRow, ReadError, WriteError};
use jiff::{SignedDuration, Timestamp};

use super::actor::Grant;
use super::key::{ApiKey, KeyId};
use super::scope::{UnitScope, Verbs};
use super::verb::{Reach, Verb};
use crate::commands::Commands;
use crate::error::CommandError;
use crate::secrets::NoRandomness;

/// How many keys of one holder, which is a label in a unit, are active at once: two, so that one can be
/// put in the other's place without an interruption.
pub const MOST_ACTIVE: u32 = 2;

/// For how many days a key opens at most. No key opens for ever.
pub const MOST_DAYS: i64 = 731;

/// A key to make.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// For whom it acts.
    pub unit: UnitScope,
    /// What it may do.
    pub verbs: Verbs,
    /// The system that holds it. Never a person.
    pub label: Label,
    /// From then on it opens nothing.
    pub expires_at: Timestamp,
}

/// A key that was made: the only time that its secret is known.
#[derive(Debug)]
pub struct CreatedKey {
    /// The key to hand to its holder.
    pub key: ApiKey,
    /// What it allows.
    pub grant: Grant,
}

/// A key that was made once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownKey {
    /// What it allows, or allowed.
    pub grant: Grant,
    /// Since when it opens nothing, if it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl KnownKey {
    /// Whether it opens anything at a moment.
    #[must_use]
    pub fn is_active(&self, at: Timestamp) -> bool {
        at < self.grant.expires_at && self.revoked_at.is_none_or(|revoked| at < revoked)
    }
}

/// A key was not made, or not revoked.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// It would never open anything.
    #[error("the key would have expired already, on {0}")]
    Expired(Timestamp),
    /// No key opens for that long.
    #[error("the key would open until {0}, and {MOST_DAYS} days are the most")]
    TooLong(Timestamp),
    /// It would allow nothing.
    #[error("the key would allow nothing")]
    NoVerbs,
    /// Only whoever acts for the whole municipality may do this.
    #[error("{0} is not for a key of one unit")]
    NotForOneUnit(Verb),
    /// Its holder has two active keys already.
    #[error("{label:?} of {unit} has {MOST_ACTIVE} active keys already")]
    TooMany {
        /// The unit, or `*`.
        unit: UnitScope,
        /// The holder.
        label: String,
    },
    /// No key has this handle.
    #[error("there is no key {0:?}")]
    Unknown(String),
    /// The unit is not in the catalogue, or the catalogue cannot be read.
    #[error(transparent)]
    Unit(#[from] CommandError),
    /// No random bytes for a secret.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The keys could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The key could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl Commands {
    /// Makes a key. Its secret is in the answer, and nowhere else.
    pub async fn create_key(&self, new: NewKey) -> Result<CreatedKey, KeyError> {
        let now = self.0.clock.now();
        check(&new, now)?;
        if let UnitScope::One(unit) = &new.unit {
            self.known_unit(unit).await?;
        }
        let key = ApiKey::random(self.environment())?;
        let row = ApiKeyRow {
            id: key.id().to_string(),
            environment: key.environment().to_string(),
            secret_sha256: key.digest(),
            label: new.label.to_string(),
            unit: new.unit.to_string(),
            scopes: new.verbs.to_string(),
            created_at: stored(now),
            expires_at: stored(new.expires_at),
            revoked_at: None,
        };
        if !self.0.store.add_api_key(&row, MOST_ACTIVE).await? {
            return Err(KeyError::TooMany {
                unit: new.unit,
                label: row.label,
            });
        }
        let grant = Grant::of_row(&row).expect("invariant: a row is read as it was written");
        Ok(CreatedKey { key, grant })
    }

    /// All keys that ever were made, by unit, label and age. One that this program cannot read opens
    /// nothing, and is left out.
    pub async fn keys(&self) -> Result<Vec<KnownKey>, KeyError> {
        let rows = self.0.store.api_keys().await?;
        let known = rows.iter().filter_map(|row| {
            Some(KnownKey {
                grant: Grant::of_row(row)?,
                revoked_at: row.revoked_at,
            })
        });
        Ok(known.collect())
    }

    /// Revokes a key: from now on it opens nothing. One that was revoked earlier stays so.
    pub async fn revoke_key(&self, id: &str) -> Result<KnownKey, KeyError> {
        let unknown = || KeyError::Unknown(id.chars().take(40).collect());
        let id = KeyId::parse(id).ok_or_else(unknown)?;
        let now = self.0.clock.now();
        if !self.0.store.revoke_api_key(id.as_str(), now).await? {
            return Err(unknown());
        }
        let keys = self.keys().await?;
        keys.into_iter()
            .find(|key| key.grant.id == id)
            .ok_or_else(unknown)
    }
}

fn check(new: &NewKey, now: Timestamp) -> Result<(), KeyError> {
    if new.expires_at <= now {
        return Err(KeyError::Expired(new.expires_at));
    }
    if new.expires_at.duration_since(now) > SignedDuration::from_hours(24 * MOST_DAYS) {
        return Err(KeyError::TooLong(new.expires_at));
    }
    if new.verbs == Verbs::default() {
        return Err(KeyError::NoVerbs);
    }
    let beyond = |verb: &Verb| verb.reach() == Reach::Municipality;
    match (&new.unit, new.verbs.iter().find(beyond)) {
        (UnitScope::One(_), Some(verb)) => Err(KeyError::NotForOneUnit(verb)),
        (UnitScope::One(_) | UnitScope::All, _) => Ok(()),
    }
}

/// A moment as exactly as it is stored: what is answered is what will be read.
fn stored(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}
