//! Read a person, for a purpose. It is recorded before anything is shown, and the person can see it.

use chasqui_procedures::Procedure;
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::rejection::Rejection;
use chasqui_store::{Party, ReadError, ReadingRow, StoredPerson};
use jiff::Timestamp;

use super::by::By;
use super::error::VaultError;
use super::person::{Field, Person};
use super::purpose::Purpose;
use super::seal::Key;
use crate::authorise::{Verb, authorise};
use crate::commands::Commands;

/// That a person was read, as that person may see it. Nothing personal is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// When.
    pub at: Timestamp,
    /// Who: `operator:ana`, `key:<handle>`.
    pub by: String,
    /// What for.
    pub purpose: String,
    /// What was read.
    pub fields: Vec<Field>,
}

impl Commands {
    /// Reads these fields of a procedure's person, if whoever asks may. That it was read is durable
    /// before this answers; a field that is not known is not in the answer.
    pub async fn read_person(
        &self,
        by: &By,
        procedure: ProcedureId,
        purpose: &Purpose,
        fields: &[Field],
    ) -> Result<Person, VaultError> {
        let (state, party) = self.person_of(by, procedure, Verb::ReadPerson).await?;
        if let Some(on) = state.person_erased_on {
            return Err(VaultError::Erased { on });
        }
        let stored = self.0.store.person(party).await?;
        let stored = stored.ok_or(VaultError::Destroyed)?;
        // What cannot be opened is not shown, and so not read.
        let key = self.data_key(&stored)?;
        let mut fields = fields.to_vec();
        fields.sort_unstable();
        fields.dedup();
        self.record_reading(by, &[party], purpose, &fields).await?;
        open(&key, party, &stored, &fields)
    }

    /// Who read a procedure's person, oldest first. It holds nothing personal: whoever has the tracking
    /// code may see it.
    pub async fn readings(&self, procedure: ProcedureId) -> Result<Vec<Reading>, ReadError> {
        let rows = self.0.store.readings(procedure).await?;
        let reading = |row: ReadingRow| Reading {
            at: row.at,
            by: row.reader,
            purpose: row.purpose,
            fields: row
                .fields
                .split(' ')
                .filter_map(|field| field.parse().ok())
                .collect(),
        };
        Ok(rows.into_iter().map(reading).collect())
    }

    /// A procedure and its person, if whoever asks may do this to it.
    pub(super) async fn person_of(
        &self,
        by: &By,
        procedure: ProcedureId,
        verb: Verb,
    ) -> Result<(Procedure, Party), VaultError> {
        let state = self.load(procedure).await?.state;
        // Without a procedure there is no unit: only the whole municipality learns that there is none.
        authorise(&by.actor, verb, state.unit.as_ref())?;
        let filing = state.filing.as_ref().ok_or(Rejection::NotFiled)?;
        let party = filing.subject.ok_or(Rejection::NoPerson)?;
        Ok((state, Party { procedure, party }))
    }

    /// Records that persons are about to be read.
    pub(super) async fn record_reading(
        &self,
        by: &By,
        parties: &[Party],
        purpose: &Purpose,
        fields: &[Field],
    ) -> Result<(), VaultError> {
        let names: Vec<&str> = fields.iter().map(|field| field.name()).collect();
        let at = self.0.clock.stored_now();
        let rows: Vec<ReadingRow> = parties
            .iter()
            .map(|party| ReadingRow {
                party: *party,
                reader: by.name.clone(),
                purpose: purpose.to_string(),
                fields: names.join(" "),
                at,
            })
            .collect();
        Ok(self.0.store.record_readings(&rows).await?)
    }

    /// The key of a person.
    fn data_key(&self, stored: &StoredPerson) -> Result<Key, VaultError> {
        let epoch_key = self.vault()?.keys.key(stored.key.epoch)?;
        let key = epoch_key.unwrap(&stored.key);
        key.map_err(|_| tampered(stored.key.party))
    }
}

fn open(
    key: &Key,
    party: Party,
    stored: &StoredPerson,
    fields: &[Field],
) -> Result<Person, VaultError> {
    let mut opened = Vec::new();
    for field in fields {
        let row = stored.fields.iter().find(|row| row.field == field.name());
        // All six are written: one that is missing was taken away.
        let row = row.filter(|row| row.key_id == stored.key.key_id);
        let row = row.ok_or_else(|| tampered(party))?;
        let text = key.open(party, *field, row).map_err(|_| tampered(party))?;
        opened.extend(text.map(|text| (*field, text)));
    }
    Ok(Person::of_opened(opened))
}

fn tampered(party: Party) -> VaultError {
    VaultError::Tampered {
        procedure: party.procedure.to_string(),
    }
}
