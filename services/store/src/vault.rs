//! The persons of procedures, as they are stored: ciphertext, wrapped keys, and who looked.
//!
//! The store can open none of it and judges nothing: what is encrypted how, and who may read, is decided
//! in `chasqui_commands`. It promises that a person is stored whole or not at all, that a key which was
//! destroyed never comes back, and that readings and destructions stay written.

use chasqui_procedures::ids::{ProcedureId, SubjectRef};
use jiff::Timestamp;

use crate::error::{ReadError, WriteError};
use crate::store::{Backend, Store};

/// The name of a data key: 16 random bytes.
pub type KeyId = [u8; 16];

/// A person as one procedure knows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Party {
    /// The procedure.
    pub procedure: ProcedureId,
    /// The random reference that its filing holds.
    pub party: SubjectRef,
}

/// A data key, wrapped by the key of an epoch. Times are kept to the microsecond.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyKeyRow {
    /// Its name.
    pub key_id: KeyId,
    /// Whose data it opens.
    pub party: Party,
    /// The epoch whose key opens it; from 1.
    pub epoch: u32,
    /// 72 bytes: nonce, key, tag.
    pub wrapped: Vec<u8>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// One field of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalRow {
    /// Which: a word of small letters and underlines.
    pub field: String,
    /// The key that opens it.
    pub key_id: KeyId,
    /// Random, for this ciphertext alone.
    pub nonce: [u8; 24],
    /// 272, 1,040, 4,112 or 16,400 bytes.
    pub ciphertext: Vec<u8>,
}

/// A person: the key and what it opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPerson {
    /// The key.
    pub key: PartyKeyRow,
    /// The fields, by name.
    pub fields: Vec<PersonalRow>,
}

/// A data key that is wrapped anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rewrapped {
    /// Which.
    pub key_id: KeyId,
    /// The epoch under which it was found: if that has changed since, nothing is written.
    pub from: u32,
    /// The epoch from now on.
    pub epoch: u32,
    /// See [`PartyKeyRow::wrapped`].
    pub wrapped: Vec<u8>,
}

/// That a person was read. It is never changed or removed, also when the person is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadingRow {
    /// Who was read.
    pub party: Party,
    /// Who read.
    pub reader: String,
    /// What for.
    pub purpose: String,
    /// The fields that were read, separated by single spaces.
    pub fields: String,
    /// When.
    pub at: Timestamp,
}

/// That somebody asked for a person to be erased, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureRow {
    /// Who is to be erased.
    pub party: Party,
    /// Why: a word.
    pub basis: String,
    /// Also while the procedure runs.
    pub while_open: bool,
    /// Who asked.
    pub requested_by: String,
    /// Who holds the key that asked.
    pub requested_holder: String,
    /// When.
    pub requested_at: Timestamp,
    /// Who confirmed.
    pub confirmed_by: Option<String>,
    /// When.
    pub confirmed_at: Option<Timestamp>,
    /// When key and data were destroyed.
    pub done_at: Option<Timestamp>,
}

/// Calls the database at hand.
macro_rules! on {
    ($store:ident.$call:ident($($argument:expr),*)) => {
        match &$store.0 {
            Backend::Postgres(postgres) => postgres.$call($($argument),*).await,
            Backend::Sqlite(sqlite) => sqlite.$call($($argument),*).await,
        }
    };
}

impl Store {
    /// Keeps a person, whole or not at all, and answers once they are durable. `lookups` are the digests
    /// under which they are found. Fails if the procedure has this party already, or the key was
    /// destroyed once.
    pub async fn put_person(
        &self,
        person: &StoredPerson,
        lookups: &[[u8; 32]],
    ) -> Result<(), WriteError> {
        on!(self.put_person(person, lookups))
    }

    /// A person; none if there never was one, or not any more.
    pub async fn person(&self, party: Party) -> Result<Option<StoredPerson>, ReadError> {
        on!(self.person(party))
    }

    /// The persons with this digest, in the order of their procedures.
    pub async fn persons_found(&self, lookup: &[u8; 32]) -> Result<Vec<Party>, ReadError> {
        on!(self.persons_found(lookup))
    }

    /// Data keys that are wrapped by an epoch before this one, at most `limit`, in the order of their
    /// names, those that follow `after`.
    pub async fn party_keys_before(
        &self,
        epoch: u32,
        after: Option<KeyId>,
        limit: u32,
    ) -> Result<Vec<PartyKeyRow>, ReadError> {
        on!(self.party_keys_before(epoch, after, limit))
    }

    /// Keys that are still there although the ledger, or with `by_events` their procedure's history,
    /// says that they were destroyed. The histories of all persons are looked at then.
    pub async fn keys_to_destroy(&self, by_events: bool) -> Result<Vec<(KeyId, Party)>, ReadError> {
        on!(self.keys_to_destroy(by_events))
    }

    /// Puts new wrappings in the place of old ones, in one transaction; says how many.
    pub async fn rewrap(&self, keys: &[Rewrapped]) -> Result<u64, WriteError> {
        on!(self.rewrap(keys))
    }

    /// The newest epoch that wraps a data key; none if there is no data key.
    pub async fn newest_vault_epoch(&self) -> Result<Option<u32>, ReadError> {
        on!(self.newest_vault_epoch())
    }

    /// How many data keys each epoch wraps, oldest first.
    pub async fn vault_epochs(&self) -> Result<Vec<(u32, u64)>, ReadError> {
        on!(self.vault_epochs())
    }

    /// Records readings, all or none, and answers once they are durable.
    pub async fn record_readings(&self, readings: &[ReadingRow]) -> Result<(), WriteError> {
        on!(self.record_readings(readings))
    }

    /// Who read a procedure's persons, oldest first.
    pub async fn readings(&self, procedure: ProcedureId) -> Result<Vec<ReadingRow>, ReadError> {
        on!(self.readings(procedure))
    }

    /// Records that somebody asks for an erasure. What was asked before and not carried out gives way.
    /// False if it was carried out already.
    pub async fn request_erasure(&self, request: &ErasureRow) -> Result<bool, WriteError> {
        on!(self.request_erasure(request))
    }

    /// Records who confirms what `seen` asks for. False if something else is asked for by now, or it
    /// was carried out.
    pub async fn confirm_erasure(
        &self,
        seen: &ErasureRow,
        by: &str,
        at: Timestamp,
    ) -> Result<bool, WriteError> {
        on!(self.confirm_erasure(seen, by, at))
    }

    /// What was asked for a person's erasure.
    pub async fn erasure(&self, party: Party) -> Result<Option<ErasureRow>, ReadError> {
        on!(self.erasure(party))
    }

    /// Every erasure that was asked for and not carried out, oldest first.
    pub async fn open_erasures(&self) -> Result<Vec<ErasureRow>, ReadError> {
        on!(self.open_erasures())
    }

    /// Destroys keys and what they opened, and writes them in the ledger, in one transaction. With
    /// `done`, that party's erasure is carried out. Says how many keys were still there.
    pub async fn shred(
        &self,
        keys: &[(KeyId, Timestamp)],
        done: Option<(Party, Timestamp)>,
    ) -> Result<u64, WriteError> {
        let destroyed = on!(self.shred(keys, done))?;
        on!(self.scrub_vault());
        Ok(destroyed)
    }

    /// Every key that was destroyed, oldest first.
    pub async fn shred_ledger(&self) -> Result<Vec<(KeyId, Timestamp)>, ReadError> {
        on!(self.shred_ledger())
    }

    /// The persons whose procedure has no event, and who were stored between two moments: their filing
    /// was cut off, and nobody was told of it. Each of them is looked up, so the time should be short.
    pub async fn unfiled_persons(
        &self,
        from: Timestamp,
        before: Timestamp,
    ) -> Result<Vec<KeyId>, ReadError> {
        on!(self.unfiled_persons(from, before))
    }

    /// Removes those of these persons whose procedure has no event; says how many.
    pub async fn forget_unfiled(&self, keys: &[KeyId]) -> Result<u64, WriteError> {
        on!(self.forget_unfiled(keys))
    }

    /// Wipes what removed rows leave behind in the database's files, as far as the database lets us. It
    /// is never needed for secrecy, which hangs on the epochs, and so never fails.
    pub async fn scrub_vault(&self) {
        on!(self.scrub_vault());
    }
}
