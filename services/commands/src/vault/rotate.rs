//! Turn the epoch: wrap every key anew under a new epoch's key, and destroy the key of two epochs ago.
//!
//! What was erased two turns ago is then opened by no copy of the database, wherever it lies. A turn
//! that was cut off goes on when it is asked for again.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use chasqui_store::{PartyKeyRow, Rewrapped};
use jiff::SignedDuration;

use super::error::VaultError;
use super::keyring::{KeyRing, KeyRingError};
use super::seal::Key;
use super::settle::Settled;
use crate::commands::Commands;

/// How many keys are wrapped anew in one transaction.
const AT_ONCE: u32 = 1_000;

/// How often the vault is gone through: whoever is filed meanwhile is found the next time.
const PASSES: usize = 10;

/// What a turn did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotated {
    /// The epoch from now on.
    pub epoch: u32,
    /// Whether an earlier turn was cut off, and this one completed it.
    pub resumed: bool,
    /// How many keys were wrapped anew.
    pub rewrapped: u64,
    /// The epochs whose keys are destroyed, oldest first.
    pub destroyed: Vec<u32>,
    /// Keys that nothing opened: their epoch's key was lost, or somebody changed them.
    pub unreadable: u64,
    /// What was put right before.
    pub settled: Settled,
}

impl Commands {
    /// Turns the epoch. One process at a time may.
    pub async fn rotate_vault(&self) -> Result<Rotated, VaultError> {
        let keys = &self.vault()?.keys;
        let _lock = keys.lock()?;
        let mut settled = self.settle_vault().await?;
        settled.completed += self.complete_all_erasures().await?;
        settled.swept += self.sweep(SignedDuration::MAX).await?;
        self.newest_epoch().await?;
        let (epoch, resumed) = match keys.turning()? {
            Some(epoch) => (epoch, true),
            None => (keys.epochs()?.last().map_or(1, |newest| newest + 1), false),
        };
        if !resumed {
            keys.begin_turn(epoch)?;
        }
        keys.make(epoch)?;
        let mut rewrapped = self.rewrap_all(epoch).await?.0;
        // Whoever is filed from here on finds the old keys gone. Whoever was filed a moment ago with one
        // of them is found by the passes that follow.
        keys.retire_before(epoch.saturating_sub(1))?;
        let mut unreadable = 0;
        for _ in 0..PASSES {
            let (done, not) = self.rewrap_all(epoch).await?;
            rewrapped += done;
            unreadable = not;
            if done == 0 {
                break;
            }
        }
        let destroyed = keys.destroy_retired()?;
        keys.end_turn()?;
        self.0.store.scrub_vault().await;
        tracing::info!(epoch, rewrapped, ?destroyed, "turned the vault's epoch");
        Ok(Rotated {
            epoch,
            resumed,
            rewrapped,
            destroyed,
            unreadable,
            settled,
        })
    }

    /// One pass: how many keys were wrapped anew, and how many could not be.
    async fn rewrap_all(&self, epoch: u32) -> Result<(u64, u64), VaultError> {
        let (keys, store) = (&self.vault()?.keys, &self.0.store);
        let new = keys.key(epoch)?;
        let mut opened = BTreeMap::new();
        let (mut done, mut unreadable, mut after) = (0, 0, None);
        loop {
            let rows = store.party_keys_before(epoch, after, AT_ONCE).await?;
            let Some(last) = rows.last() else {
                return Ok((done, unreadable));
            };
            after = Some(last.key_id);
            let mut block = Vec::with_capacity(rows.len());
            for row in &rows {
                match data_key(keys, &mut opened, row)? {
                    Some(key) => block.push(Rewrapped {
                        key_id: row.key_id,
                        from: row.epoch,
                        epoch,
                        wrapped: new.wrap(epoch, &row.key_id, row.party, &key)?,
                    }),
                    None => {
                        unreadable += 1;
                        tracing::error!(procedure = %row.party.procedure, "a key does not open");
                    }
                }
            }
            done += store.rewrap(&block).await?;
        }
    }
}

/// The key of a person; none if nothing opens it.
fn data_key(
    keys: &KeyRing,
    opened: &mut BTreeMap<u32, Option<Key>>,
    row: &PartyKeyRow,
) -> Result<Option<Key>, KeyRingError> {
    let epoch_key = match opened.entry(row.epoch) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(unknown) => unknown.insert(match keys.key_or_retired(row.epoch) {
            Ok(key) => Some(key),
            Err(KeyRingError::Missing { .. }) => None,
            Err(error) => return Err(error),
        }),
    };
    let epoch_key = epoch_key.as_ref();
    Ok(epoch_key.and_then(|key| key.unwrap(row).ok()))
}
