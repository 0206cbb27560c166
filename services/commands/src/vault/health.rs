//! How the vault is: what an operator should know before something is lost, or stays too long.

use std::collections::BTreeSet;
use std::path::PathBuf;

use jiff::Timestamp;

use super::error::VaultError;
use super::settle::UNFILED;
use crate::commands::Commands;

/// After how many days an epoch should be turned: twice this is less than the 15 days in which an erasure
/// has to be complete (LOPDP 15).
pub const WEEK_DAYS: i64 = 7;

/// What was found. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VaultHealth {
    /// How many persons the vault holds.
    pub persons: u64,
    /// The newest epoch, and when its key was made; none if there is none yet.
    pub epoch: Option<(u32, Timestamp)>,
    /// Whether the newest epoch is older than [`WEEK_DAYS`] days while somebody is in the vault.
    pub is_late: bool,
    /// Epochs that wrap keys and whose own key is not here: those persons cannot be read.
    pub missing_epochs: Vec<u32>,
    /// Files of keys that others than their owner can read.
    pub open_to_others: Vec<PathBuf>,
    /// Keys that are still there although ledger or history say that they were destroyed.
    pub undestroyed: u64,
    /// Keys that only one of the ledgers knows: the database's or the file's.
    pub ledgers_differ_by: u64,
    /// Lines of the ledger's file that say nothing.
    pub unreadable_lines: u64,
    /// Persons whose procedure was never filed.
    pub unfiled: u64,
    /// Erasures that wait for a second person.
    pub waiting: u64,
    /// Whether a turn of the epoch was cut off.
    pub is_turning: bool,
}

impl VaultHealth {
    /// Whether everything is as it should be.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !self.is_late
            && self.missing_epochs.is_empty()
            && self.open_to_others.is_empty()
            && self.undestroyed == 0
            && self.ledgers_differ_by == 0
            && self.unfiled == 0
            && !self.is_turning
    }
}

impl Commands {
    /// Looks at the vault. It goes through the histories of all persons, and changes nothing.
    pub async fn vault_health(&self) -> Result<VaultHealth, VaultError> {
        let (vault, store) = (self.vault()?, &self.0.store);
        let epochs = vault.keys.epochs()?;
        let used = store.vault_epochs().await?;
        let persons = used.iter().map(|(_, keys)| keys).sum();
        let newest = epochs.last().copied();
        let newest = newest.map(|epoch| Ok::<_, VaultError>((epoch, vault.keys.made_at(epoch)?)));
        let newest = newest.transpose()?;
        let now = self.0.clock.now();
        let age = newest.map(|(_, made)| now.duration_since(made).as_hours());
        let outside = vault.ledger.read()?;
        let inside = store.shred_ledger().await?;
        let outside_keys: BTreeSet<_> = outside.destroyed.iter().map(|(key, _)| *key).collect();
        let inside_keys: BTreeSet<_> = inside.iter().map(|(key, _)| *key).collect();
        let missing = used.iter().map(|(epoch, _)| *epoch);
        Ok(VaultHealth {
            persons,
            epoch: newest,
            is_late: persons > 0 && age.is_some_and(|hours| hours > 24 * WEEK_DAYS),
            missing_epochs: missing.filter(|epoch| !epochs.contains(epoch)).collect(),
            open_to_others: vault.keys.open_to_others()?,
            undestroyed: store.keys_to_destroy(true).await?.len() as u64,
            ledgers_differ_by: outside_keys.symmetric_difference(&inside_keys).count() as u64,
            unreadable_lines: outside.unreadable as u64,
            unfiled: store
                .unfiled_persons(Timestamp::UNIX_EPOCH, now - UNFILED)
                .await?
                .len() as u64,
            waiting: store.open_erasures().await?.len() as u64,
            is_turning: vault.keys.turning()?.is_some(),
        })
    }
}
