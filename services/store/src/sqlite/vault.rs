//! Persons on SQLite, in tables whose names begin with `vault_`.

use std::time::Duration;

use chasqui_procedures::ids::{ProcedureId, SubjectRef};
use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use super::connect::Sqlite;
use super::read::timestamp;
use crate::error::{ReadError, WriteError};
use crate::vault::{
    ErasureRow, KeyId, Party, PartyKeyRow, PersonalRow, ReadingRow, Rewrapped, StoredPerson,
};

const KEY: &str = "procedure, party, key_id, epoch, wrapped, created_at";

const ERASURE: &str = "procedure, party, basis, while_open, requested_by, requested_holder, \
     requested_at, confirmed_by, confirmed_at, done_at";

const UNFILED: &str = "not exists (select 1 from events where aggregate_type = 'procedure' \
     and aggregate_id = vault_party_key.procedure)";

impl Sqlite {
    pub(crate) async fn put_person(
        &self,
        person: &StoredPerson,
        lookups: &[[u8; 32]],
    ) -> Result<(), WriteError> {
        let (person, lookups) = (person.clone(), lookups.to_vec());
        self.with_writer("a person", move |transaction| {
            let StoredPerson { key, fields } = &person;
            let (procedure, party) = names(key.party);
            transaction.execute(
                &format!("insert into vault_party_key ({KEY}) values (?, ?, ?, ?, ?, ?)"),
                params![
                    procedure,
                    party,
                    key.key_id,
                    key.epoch,
                    key.wrapped,
                    key.created_at.as_microsecond()
                ],
            )?;
            for row in fields {
                transaction.execute(
                    "insert into vault_personal (procedure, party, field, key_id, nonce, ciphertext) \
                     values (?, ?, ?, ?, ?, ?)",
                    params![procedure, party, row.field, row.key_id, row.nonce, row.ciphertext],
                )?;
            }
            for lookup in &lookups {
                transaction.execute(
                    "insert into vault_person_lookup (lookup, key_id) values (?, ?)",
                    params![lookup, key.key_id],
                )?;
            }
            Ok(())
        })
        .await
    }

    pub(crate) async fn person(&self, party: Party) -> Result<Option<StoredPerson>, ReadError> {
        let names = names(party);
        self.with_reader("a person", move |connection| {
            let (procedure, party) = &names;
            let sql =
                format!("select {KEY} from vault_party_key where procedure = ? and party = ?");
            let mut statement = connection.prepare_cached(&sql)?;
            let Some(key) = statement.query_row((procedure, party), key).optional()? else {
                return Ok(None);
            };
            let fields = connection
                .prepare_cached(
                    "select field, key_id, nonce, ciphertext from vault_personal \
                     where procedure = ? and party = ? order by field",
                )?
                .query_map((procedure, party), field)?
                .collect::<rusqlite::Result<_>>()?;
            Ok(Some(StoredPerson { key, fields }))
        })
        .await
    }

    pub(crate) async fn persons_found(&self, lookup: &[u8; 32]) -> Result<Vec<Party>, ReadError> {
        let lookup = *lookup;
        self.with_reader("persons", move |connection| {
            connection
                .prepare_cached(
                    "select procedure, party from vault_person_lookup \
                     join vault_party_key using (key_id) where lookup = ? \
                     order by procedure, party",
                )?
                .query_map([lookup], party)?
                .collect()
        })
        .await
    }

    pub(crate) async fn party_keys_before(
        &self,
        epoch: u32,
        after: Option<KeyId>,
        limit: u32,
    ) -> Result<Vec<PartyKeyRow>, ReadError> {
        self.with_reader("data keys", move |connection| {
            let sql = format!(
                "select {KEY} from vault_party_key where epoch < ? and key_id > ? \
                 order by key_id limit ?"
            );
            let after = after.as_ref().map_or(&[][..], KeyId::as_slice);
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_map((epoch, after, limit), key)?.collect()
        })
        .await
    }

    pub(crate) async fn keys_to_destroy(
        &self,
        by_events: bool,
    ) -> Result<Vec<(KeyId, Party)>, ReadError> {
        self.with_reader("keys to destroy", move |connection| {
            connection
                .prepare_cached(
                    "select procedure, party, key_id \
                     from vault_shred_ledger join vault_party_key using (key_id) \
                     union select procedure, party, key_id from vault_party_key \
                     where ? and exists (select 1 from events \
                         where aggregate_type = 'procedure' \
                         and aggregate_id = vault_party_key.procedure \
                         and event_type = 'PersonErased') \
                     order by key_id",
                )?
                .query_map([by_events], |row| Ok((row.get(2)?, party(row)?)))?
                .collect()
        })
        .await
    }

    pub(crate) async fn rewrap(&self, keys: &[Rewrapped]) -> Result<u64, WriteError> {
        let keys = keys.to_vec();
        self.with_writer("data keys", move |transaction| {
            wipe_what_is_removed(transaction)?;
            let mut changed = 0;
            let mut statement = transaction.prepare_cached(
                "update vault_party_key set epoch = ?, wrapped = ? where key_id = ? and epoch = ?",
            )?;
            for key in &keys {
                let parts = params![key.epoch, key.wrapped, key.key_id, key.from];
                changed += statement.execute(parts)? as u64;
            }
            Ok(changed)
        })
        .await
    }

    pub(crate) async fn newest_vault_epoch(&self) -> Result<Option<u32>, ReadError> {
        self.with_reader("the vault's newest epoch", |connection| {
            connection
                .prepare_cached("select max(epoch) from vault_party_key")?
                .query_row([], |row| row.get(0))
        })
        .await
    }

    pub(crate) async fn vault_epochs(&self) -> Result<Vec<(u32, u64)>, ReadError> {
        self.with_reader("the vault's epochs", |connection| {
            connection
                .prepare_cached(
                    "select epoch, count(*) from vault_party_key group by epoch order by epoch",
                )?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
        .await
    }

    pub(crate) async fn record_readings(&self, readings: &[ReadingRow]) -> Result<(), WriteError> {
        let readings = readings.to_vec();
        self.with_writer("a reading", move |transaction| {
            for reading in &readings {
                let (procedure, party) = names(reading.party);
                transaction.execute(
                    "insert into vault_reading (procedure, party, reader, purpose, fields, at) \
                     values (?, ?, ?, ?, ?, ?)",
                    params![
                        procedure,
                        party,
                        reading.reader,
                        reading.purpose,
                        reading.fields,
                        reading.at.as_microsecond()
                    ],
                )?;
            }
            Ok(())
        })
        .await
    }

    pub(crate) async fn readings(
        &self,
        procedure: ProcedureId,
    ) -> Result<Vec<ReadingRow>, ReadError> {
        self.with_reader("readings", move |connection| {
            connection
                .prepare_cached(
                    "select procedure, party, reader, purpose, fields, at from vault_reading \
                     where procedure = ? order by number",
                )?
                .query_map([procedure.to_string()], |row| {
                    Ok(ReadingRow {
                        party: party(row)?,
                        reader: row.get(2)?,
                        purpose: row.get(3)?,
                        fields: row.get(4)?,
                        at: timestamp(row, 5)?,
                    })
                })?
                .collect()
        })
        .await
    }

    pub(crate) async fn request_erasure(&self, request: &ErasureRow) -> Result<bool, WriteError> {
        let request = request.clone();
        self.with_writer("a request to erase", move |transaction| {
            let (procedure, party) = names(request.party);
            let changed = transaction.execute(
                "insert into vault_erasure_request (procedure, party, basis, while_open, \
                     requested_by, requested_holder, requested_at) values (?, ?, ?, ?, ?, ?, ?) \
                 on conflict (procedure, party) do update set basis = excluded.basis, \
                     while_open = excluded.while_open, requested_by = excluded.requested_by, \
                     requested_holder = excluded.requested_holder, \
                     requested_at = excluded.requested_at, confirmed_by = null, \
                     confirmed_at = null \
                 where vault_erasure_request.done_at is null",
                params![
                    procedure,
                    party,
                    request.basis,
                    request.while_open,
                    request.requested_by,
                    request.requested_holder,
                    request.requested_at.as_microsecond()
                ],
            )?;
            Ok(changed == 1)
        })
        .await
    }

    pub(crate) async fn confirm_erasure(
        &self,
        seen: &ErasureRow,
        by: &str,
        at: Timestamp,
    ) -> Result<bool, WriteError> {
        let (seen, by) = (seen.clone(), by.to_owned());
        self.with_writer("a confirmation", move |transaction| {
            let (procedure, party) = names(seen.party);
            let changed = transaction.execute(
                "update vault_erasure_request set confirmed_by = ?, confirmed_at = ? \
                 where procedure = ? and party = ? and done_at is null \
                     and requested_holder = ? and requested_at = ?",
                params![
                    by,
                    at.as_microsecond(),
                    procedure,
                    party,
                    seen.requested_holder,
                    seen.requested_at.as_microsecond()
                ],
            )?;
            Ok(changed == 1)
        })
        .await
    }

    pub(crate) async fn erasure(&self, party: Party) -> Result<Option<ErasureRow>, ReadError> {
        let names = names(party);
        self.with_reader("a request to erase", move |connection| {
            let sql = format!(
                "select {ERASURE} from vault_erasure_request where procedure = ? and party = ?"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            statement
                .query_row((&names.0, &names.1), erasure)
                .optional()
        })
        .await
    }

    pub(crate) async fn open_erasures(&self) -> Result<Vec<ErasureRow>, ReadError> {
        self.with_reader("the requests to erase", |connection| {
            let sql = format!(
                "select {ERASURE} from vault_erasure_request where done_at is null \
                 order by requested_at, procedure"
            );
            let mut statement = connection.prepare_cached(&sql)?;
            statement.query_map([], erasure)?.collect()
        })
        .await
    }

    pub(crate) async fn shred(
        &self,
        keys: &[(KeyId, Timestamp)],
        done: Option<(Party, Timestamp)>,
    ) -> Result<u64, WriteError> {
        let keys = keys.to_vec();
        self.with_writer("a destruction of keys", move |transaction| {
            let mut destroyed = 0;
            for (key, at) in &keys {
                transaction
                    .prepare_cached(
                        "insert into vault_shred_ledger (key_id, at) values (?, ?) \
                         on conflict (key_id) do nothing",
                    )?
                    .execute(params![key, at.as_microsecond()])?;
                destroyed += remove(transaction, key)?;
            }
            if let Some((party, at)) = done {
                let (procedure, party) = names(party);
                transaction.execute(
                    "update vault_erasure_request set done_at = ? \
                     where procedure = ? and party = ? and done_at is null",
                    params![at.as_microsecond(), procedure, party],
                )?;
            }
            Ok(destroyed)
        })
        .await
    }

    pub(crate) async fn shred_ledger(&self) -> Result<Vec<(KeyId, Timestamp)>, ReadError> {
        self.with_reader("the ledger of destroyed keys", |connection| {
            connection
                .prepare_cached("select key_id, at from vault_shred_ledger order by at, key_id")?
                .query_map([], |row| Ok((row.get(0)?, timestamp(row, 1)?)))?
                .collect()
        })
        .await
    }

    pub(crate) async fn unfiled_persons(
        &self,
        from: Timestamp,
        before: Timestamp,
    ) -> Result<Vec<KeyId>, ReadError> {
        self.with_reader("persons without a procedure", move |connection| {
            let sql =
                format!("select key_id from vault_party_key where created_at >= ? and created_at < ? and {UNFILED}");
            let mut statement = connection.prepare_cached(&sql)?;
            statement
                .query_map([from.as_microsecond(), before.as_microsecond()], |row| row.get(0))?
                .collect()
        })
        .await
    }

    pub(crate) async fn forget_unfiled(&self, keys: &[KeyId]) -> Result<u64, WriteError> {
        let keys = keys.to_vec();
        self.with_writer("the end of a person", move |transaction| {
            let mut removed = 0;
            let sql = format!(
                "select exists (select 1 from vault_party_key where key_id = ? and {UNFILED})"
            );
            for key in &keys {
                if transaction.query_row(&sql, [key], |row| row.get(0))? {
                    removed += remove(transaction, key)?;
                }
            }
            Ok(removed)
        })
        .await
    }

    /// What was removed is overwritten in the file, and also in the write-ahead log once nobody reads it.
    pub(crate) async fn scrub_vault(&self) {
        let path = self.path.clone();
        let scrubbed = tokio::task::spawn_blocking(move || {
            let connection = Connection::open(path)?;
            connection.busy_timeout(Duration::from_secs(2))?;
            connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))
        })
        .await;
        if let Ok(Err(error)) = scrubbed {
            tracing::debug!(error = %error, "the write-ahead log was not emptied");
        }
    }
}

/// SQLite leaves the bytes of removed rows in the file, unless it is told not to.
fn wipe_what_is_removed(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.query_row("pragma secure_delete = on", [], |_| Ok(()))
}

fn remove(transaction: &Transaction<'_>, key: &KeyId) -> rusqlite::Result<u64> {
    wipe_what_is_removed(transaction)?;
    transaction.execute("delete from vault_personal where key_id = ?", [key])?;
    transaction.execute("delete from vault_person_lookup where key_id = ?", [key])?;
    let removed = transaction.execute("delete from vault_party_key where key_id = ?", [key])?;
    Ok(removed as u64)
}

fn names(party: Party) -> (String, String) {
    (party.procedure.to_string(), party.party.0.to_string())
}

/// The first two columns.
fn party(row: &Row<'_>) -> rusqlite::Result<Party> {
    let uuid = |column: usize| {
        let text: String = row.get(column)?;
        text.parse::<ProcedureId>().map_err(|error| {
            rusqlite::Error::FromSqlConversionFailure(column, Type::Text, error.into())
        })
    };
    Ok(Party {
        procedure: uuid(0)?,
        // A reference is written as an identity is.
        party: SubjectRef(uuid(1)?.0),
    })
}

fn key(row: &Row<'_>) -> rusqlite::Result<PartyKeyRow> {
    Ok(PartyKeyRow {
        party: party(row)?,
        key_id: row.get(2)?,
        epoch: row.get(3)?,
        wrapped: row.get(4)?,
        created_at: timestamp(row, 5)?,
    })
}

fn field(row: &Row<'_>) -> rusqlite::Result<PersonalRow> {
    Ok(PersonalRow {
        field: row.get(0)?,
        key_id: row.get(1)?,
        nonce: row.get(2)?,
        ciphertext: row.get(3)?,
    })
}

fn erasure(row: &Row<'_>) -> rusqlite::Result<ErasureRow> {
    let moment = |column: usize| {
        let at: Option<i64> = row.get(column)?;
        at.map(|_| timestamp(row, column)).transpose()
    };
    Ok(ErasureRow {
        party: party(row)?,
        basis: row.get(2)?,
        while_open: row.get(3)?,
        requested_by: row.get(4)?,
        requested_holder: row.get(5)?,
        requested_at: timestamp(row, 6)?,
        confirmed_by: row.get(7)?,
        confirmed_at: moment(8)?,
        done_at: moment(9)?,
    })
}
