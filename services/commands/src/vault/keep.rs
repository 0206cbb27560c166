//! Take a person in, before their procedure is filed.
//!
//! The vault is written first and the event second, each durable before the next. A filing that was
//! acknowledged therefore has its person. Where the event fails the person goes again at once; where the
//! process dies in between, a person is left whom nothing leads to, and who is swept an hour later.

use chasqui_procedures::ids::{ProcedureId, SubjectRef};
use chasqui_store::{AppendError, KeyId, Party, PartyKeyRow, StoredPerson};
use uuid::Uuid;

use super::error::VaultError;
use super::keyring::KeyRingError;
use super::person::{Field, Person, found_under};
use super::seal::Key;
use crate::commands::Commands;
use crate::error::CommandError;
use crate::secrets::NoRandomness;

/// A person who is in the vault and in no event yet.
pub(crate) struct Kept {
    /// What the event holds.
    pub(crate) subject: SubjectRef,
    key_id: KeyId,
}

impl Commands {
    /// Puts a person into the vault, durably.
    pub(crate) async fn keep_person(
        &self,
        procedure: ProcedureId,
        person: &Person,
    ) -> Result<Kept, VaultError> {
        let keys = &self.vault()?.keys;
        loop {
            let epoch = self.newest_epoch().await?;
            let epoch_key = match keys.key(epoch) {
                Err(KeyRingError::Missing { .. }) if keys.epochs()?.last() > Some(&epoch) => {
                    continue;
                }
                found => found?,
            };
            let kept = self.put(procedure, person, (epoch, &epoch_key)).await?;
            // The epoch may have turned twice meanwhile, its key about to be destroyed.
            if keys.epochs()?.contains(&epoch) {
                return Ok(kept);
            }
            self.0.store.forget_unfiled(&[kept.key_id]).await?;
        }
    }

    async fn put(
        &self,
        procedure: ProcedureId,
        person: &Person,
        (epoch, epoch_key): (u32, &Key),
    ) -> Result<Kept, VaultError> {
        let key = Key::random()?;
        let (key_id, subject) = (random()?, SubjectRef(random_uuid()?));
        let party = Party {
            procedure,
            party: subject,
        };
        let fields = Field::ALL
            .into_iter()
            .map(|field| key.seal(&key_id, party, field, person.get(field)));
        let stored = StoredPerson {
            key: PartyKeyRow {
                key_id,
                party,
                epoch,
                wrapped: epoch_key.wrap(epoch, &key_id, party, &key)?,
                created_at: self.0.clock.stored_now(),
            },
            fields: fields.collect::<Result<_, _>>()?,
        };
        let lookups: Vec<[u8; 32]> = person
            .get(Field::Identification)
            .map(found_under)
            .unwrap_or_default()
            .iter()
            .map(|text| self.0.secrets.person_lookup(text.reveal()))
            .collect();
        self.0.store.put_person(&stored, &lookups).await?;
        Ok(Kept { subject, key_id })
    }

    /// Takes a person out again whose procedure was not filed. If it is not known whether it was, they
    /// stay: sweeping finds out.
    pub(crate) async fn forget_if_not_filed(&self, kept: Kept, error: &CommandError) {
        if matches!(error, CommandError::Append(AppendError::Unavailable { .. })) {
            return;
        }
        if let Err(error) = self.0.store.forget_unfiled(&[kept.key_id]).await {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(error, "a person without a procedure is swept later");
        }
    }

    /// The epoch that wraps new keys. The first one is made where no person was ever taken in.
    ///
    /// Fails if the database knows of a later epoch than the folder: then the folder was lost, or another
    /// machine has turned the epoch and its folder was not copied here.
    pub(super) async fn newest_epoch(&self) -> Result<u32, VaultError> {
        let keys = &self.vault()?.keys;
        let here = keys.epochs()?.last().copied();
        match (here, self.0.store.newest_vault_epoch().await?) {
            (Some(here), Some(used)) if here < used => Ok(keys.key(used).map(|_| used)?),
            (None, Some(used)) => Ok(keys.key(used).map(|_| used)?),
            (Some(here), _) => Ok(here),
            (None, None) => {
                keys.make_first()?;
                Ok(1)
            }
        }
    }
}

fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(bytes)
}

/// Random to the last bit: a reference tells not even when it was made.
fn random_uuid() -> Result<Uuid, NoRandomness> {
    Ok(uuid::Builder::from_random_bytes(random()?).into_uuid())
}
