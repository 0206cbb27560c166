//! What has to be put right when the vault is opened: an older database that was put back, an erasure
//! that was cut off, a person whose filing was.

use std::collections::BTreeSet;

use chasqui_procedures::event::Event;
use chasqui_store::{KeyId, Party};
use jiff::{SignedDuration, Timestamp};

use super::error::VaultError;
use crate::commands::Commands;

/// For how long a person may be without a procedure: far longer than a filing takes.
pub(super) const UNFILED: SignedDuration = SignedDuration::from_hours(1);

/// How far back a start looks for them. Turning the epoch looks at all.
const RECENT: SignedDuration = SignedDuration::from_hours(24 * 8);

/// How many keys are destroyed again in one transaction.
const AT_ONCE: usize = 1_000;

/// What was put right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Keys that an older copy of the database had brought back, and that are destroyed again.
    pub destroyed_again: u64,
    /// Erasures that were cut off, and are completed.
    pub completed: u64,
    /// Persons whose procedure was never filed, and who are gone.
    pub swept: u64,
}

impl Commands {
    /// Puts the vault right. It changes nothing where nothing is wrong, and without a vault it does
    /// nothing.
    pub async fn settle_vault(&self) -> Result<Settled, VaultError> {
        if self.0.vault.is_none() {
            return Ok(Settled::default());
        }
        let destroyed_again = self.replay_ledger().await?;
        let completed = self.complete_erasures().await?;
        let settled = Settled {
            destroyed_again,
            completed,
            swept: self.sweep(RECENT).await?,
        };
        if settled != Settled::default() {
            tracing::warn!(
                destroyed_again = settled.destroyed_again,
                completed = settled.completed,
                swept = settled.swept,
                "put the vault right: keys that an older copy had brought back, erasures that were \
                 cut off, persons without a procedure"
            );
        }
        Ok(settled)
    }

    /// Makes the ledger in the database and the one outside it the same, and destroys what either says
    /// was destroyed.
    async fn replay_ledger(&self) -> Result<u64, VaultError> {
        let (ledger, store) = (&self.vault()?.ledger, &self.0.store);
        let outside = ledger.read()?;
        let inside = store.shred_ledger().await?;
        let names = |all: &[(KeyId, _)]| all.iter().map(|(key, _)| *key).collect::<BTreeSet<_>>();
        let (known_outside, known_inside) = (names(&outside.destroyed), names(&inside));
        let missing = outside.destroyed.iter().copied();
        let missing: Vec<_> = missing
            .filter(|(key, _)| !known_inside.contains(key))
            .collect();
        let mut again = 0;
        for keys in missing.chunks(AT_ONCE) {
            again += store.shred(keys, None).await?;
        }
        let news = inside.into_iter();
        let news: Vec<_> = news
            .filter(|(key, _)| !known_outside.contains(key))
            .collect();
        ledger.append(&news)?;
        // A part of an older copy that was put back beside the ledger.
        let now = self.0.clock.stored_now();
        let back = store.keys_to_destroy(false).await?;
        let back: Vec<_> = back.into_iter().map(|(key, _)| (key, now)).collect();
        for keys in back.chunks(AT_ONCE) {
            again += store.shred(keys, None).await?;
        }
        Ok(again)
    }

    /// Completes the erasures that were asked for and of which the history has the event.
    async fn complete_erasures(&self) -> Result<u64, VaultError> {
        let mut completed = 0;
        for request in self.0.store.open_erasures().await? {
            if self.says_erased(request.party).await? {
                let now = self.0.clock.stored_now();
                self.finish_erasure(request.party, now).await?;
                completed += 1;
            }
        }
        Ok(completed)
    }

    /// The same for every person of the vault, whether a request is known or not. It looks at the
    /// history of each.
    pub(super) async fn complete_all_erasures(&self) -> Result<u64, VaultError> {
        let mut completed = 0;
        for (_, party) in self.0.store.keys_to_destroy(true).await? {
            if self.says_erased(party).await? {
                let now = self.0.clock.stored_now();
                self.finish_erasure(party, now).await?;
                completed += 1;
            }
        }
        Ok(completed)
    }

    /// Whether a history has the event, whatever was said of it later.
    async fn says_erased(&self, party: Party) -> Result<bool, VaultError> {
        let history = self.load(party.procedure).await?.history;
        let says = |event: &Event| matches!(event, Event::PersonErased(erased) if erased.party == party.party);
        Ok(history.iter().any(|entry| says(&entry.event)))
    }

    /// Removes the persons without a procedure who were taken in within this time.
    pub(super) async fn sweep(&self, within: SignedDuration) -> Result<u64, VaultError> {
        let store = &self.0.store;
        let now = self.0.clock.stored_now();
        let from = now.checked_sub(within).unwrap_or(Timestamp::UNIX_EPOCH);
        match store.unfiled_persons(from, now - UNFILED).await?.as_slice() {
            [] => Ok(0),
            unfiled => {
                let swept = store.forget_unfiled(unfiled).await?;
                store.scrub_vault().await;
                Ok(swept)
            }
        }
    }
}
