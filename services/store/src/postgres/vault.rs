//! Persons on PostgreSQL, in the schema `vault`. They are written over the readers' connections.

use chasqui_procedures::ids::{ProcedureId, SubjectRef};
use jiff::Timestamp;
use sqlx::Row;
use sqlx::postgres::{PgConnection, PgRow};

use super::connect::Postgres;
use super::read::timestamp;
use crate::error::{ReadError, WriteError};
use crate::vault::{
    ErasureRow, KeyId, Party, PartyKeyRow, PersonalRow, ReadingRow, Rewrapped, StoredPerson,
};

const KEY: &str = "key_id, procedure, party, epoch, wrapped,
    (extract(epoch from created_at) * 1000000)::bigint as created_at";

const ERASURE: &str = "procedure, party, basis, while_open, requested_by, requested_holder,
    (extract(epoch from requested_at) * 1000000)::bigint as requested_at, confirmed_by,
    (extract(epoch from confirmed_at) * 1000000)::bigint as confirmed_at,
    (extract(epoch from done_at) * 1000000)::bigint as done_at";

/// Removes what keys open, and then them.
const REMOVE: [&str; 3] = [
    "delete from vault.personal where key_id = any($1)",
    "delete from vault.person_lookup where key_id = any($1)",
    "delete from vault.party_key where key_id = any($1)",
];

impl Postgres {
    pub(crate) async fn put_person(
        &self,
        person: &StoredPerson,
        lookups: &[[u8; 32]],
    ) -> Result<(), WriteError> {
        self.insert_person(person, lookups)
            .await
            .map_err(WriteError::of("a person"))
    }

    async fn insert_person(
        &self,
        person: &StoredPerson,
        lookups: &[[u8; 32]],
    ) -> Result<(), sqlx::Error> {
        let mut transaction = self.readers.begin().await?;
        let key = &person.key;
        sqlx::query(
            "insert into vault.party_key (key_id, procedure, party, epoch, wrapped, created_at)
             values ($1, $2, $3, $4, $5, timestamptz 'epoch' + $6 * interval '1 microsecond')",
        )
        .bind(key.key_id.as_slice())
        .bind(key.party.procedure.to_string())
        .bind(key.party.party.0.to_string())
        .bind(epoch(key.epoch))
        .bind(&key.wrapped)
        .bind(key.created_at.as_microsecond())
        .execute(&mut *transaction)
        .await?;
        for field in &person.fields {
            sqlx::query(
                "insert into vault.personal (procedure, party, field, key_id, nonce, ciphertext)
                 values ($1, $2, $3, $4, $5, $6)",
            )
            .bind(key.party.procedure.to_string())
            .bind(key.party.party.0.to_string())
            .bind(&field.field)
            .bind(field.key_id.as_slice())
            .bind(field.nonce.as_slice())
            .bind(&field.ciphertext)
            .execute(&mut *transaction)
            .await?;
        }
        for lookup in lookups {
            sqlx::query("insert into vault.person_lookup (lookup, key_id) values ($1, $2)")
                .bind(lookup.as_slice())
                .bind(key.key_id.as_slice())
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await
    }

    pub(crate) async fn person(&self, party: Party) -> Result<Option<StoredPerson>, ReadError> {
        self.select_person(party)
            .await
            .map_err(ReadError::of("a person"))
    }

    async fn select_person(&self, party: Party) -> Result<Option<StoredPerson>, sqlx::Error> {
        let sql = format!("select {KEY} from vault.party_key where procedure = $1 and party = $2");
        let found = sqlx::query(&sql)
            .bind(party.procedure.to_string())
            .bind(party.party.0.to_string())
            .fetch_optional(&self.readers)
            .await?;
        let Some(found) = found else { return Ok(None) };
        let key = key(&found)?;
        let rows = sqlx::query(
            "select field, key_id, nonce, ciphertext from vault.personal
             where procedure = $1 and party = $2 order by field collate \"C\"",
        )
        .bind(party.procedure.to_string())
        .bind(party.party.0.to_string())
        .fetch_all(&self.readers)
        .await?;
        let fields = rows.iter().map(|row| {
            Ok(PersonalRow {
                field: row.try_get("field")?,
                key_id: bytes(row, "key_id")?,
                nonce: bytes(row, "nonce")?,
                ciphertext: row.try_get("ciphertext")?,
            })
        });
        let fields = fields.collect::<Result<_, sqlx::Error>>()?;
        Ok(Some(StoredPerson { key, fields }))
    }

    pub(crate) async fn persons_found(&self, lookup: &[u8; 32]) -> Result<Vec<Party>, ReadError> {
        let rows = sqlx::query(
            "select procedure, party from vault.person_lookup join vault.party_key using (key_id)
             where lookup = $1 order by procedure collate \"C\", party collate \"C\"",
        )
        .bind(lookup.as_slice())
        .fetch_all(&self.readers)
        .await;
        rows.and_then(|rows| rows.iter().map(party).collect())
            .map_err(ReadError::of("persons"))
    }

    pub(crate) async fn party_keys_before(
        &self,
        before: u32,
        after: Option<KeyId>,
        limit: u32,
    ) -> Result<Vec<PartyKeyRow>, ReadError> {
        let sql = format!(
            "select {KEY} from vault.party_key where epoch < $1 and key_id > $2
             order by key_id limit $3"
        );
        let rows = sqlx::query(&sql)
            .bind(epoch(before))
            .bind(after.as_ref().map_or(&[][..], KeyId::as_slice))
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await;
        rows.and_then(|rows| rows.iter().map(key).collect())
            .map_err(ReadError::of("data keys"))
    }

    pub(crate) async fn keys_to_destroy(
        &self,
        by_events: bool,
    ) -> Result<Vec<(KeyId, Party)>, ReadError> {
        let rows = sqlx::query(
            "select key_id, procedure, party from vault.shred_ledger join vault.party_key using (key_id)
             union
             select key_id, procedure, party from vault.party_key
             where $1 and exists (select 1 from events where aggregate_type = 'procedure'
                 and aggregate_id = party_key.procedure and event_type = 'PersonErased')
             order by key_id",
        )
        .bind(by_events)
        .fetch_all(&self.readers)
        .await;
        rows.and_then(|rows| {
            let keys = rows
                .iter()
                .map(|row| Ok((bytes(row, "key_id")?, party(row)?)));
            keys.collect()
        })
        .map_err(ReadError::of("keys to destroy"))
    }

    pub(crate) async fn rewrap(&self, keys: &[Rewrapped]) -> Result<u64, WriteError> {
        let ids: Vec<&[u8]> = keys.iter().map(|key| key.key_id.as_slice()).collect();
        let from: Vec<i32> = keys.iter().map(|key| epoch(key.from)).collect();
        let to: Vec<i32> = keys.iter().map(|key| epoch(key.epoch)).collect();
        let wrapped: Vec<&[u8]> = keys.iter().map(|key| key.wrapped.as_slice()).collect();
        sqlx::query(
            "update vault.party_key as old set epoch = new.epoch, wrapped = new.wrapped
             from unnest($1::bytea[], $2::int[], $3::int[], $4::bytea[])
                 as new (key_id, since, epoch, wrapped)
             where old.key_id = new.key_id and old.epoch = new.since",
        )
        .bind(ids)
        .bind(from)
        .bind(to)
        .bind(wrapped)
        .execute(&self.readers)
        .await
        .map(|done| done.rows_affected())
        .map_err(WriteError::of("data keys"))
    }

    pub(crate) async fn newest_vault_epoch(&self) -> Result<Option<u32>, ReadError> {
        let newest = sqlx::query_scalar::<_, Option<i32>>("select max(epoch) from vault.party_key");
        let newest = newest.fetch_one(&self.readers).await;
        newest
            .map(|epoch| epoch.map(i32::unsigned_abs))
            .map_err(ReadError::of("the vault's newest epoch"))
    }

    pub(crate) async fn vault_epochs(&self) -> Result<Vec<(u32, u64)>, ReadError> {
        let rows = sqlx::query(
            "select epoch, count(*) as keys from vault.party_key group by epoch order by epoch",
        )
        .fetch_all(&self.readers)
        .await;
        rows.and_then(|rows| {
            let counts = rows.iter().map(|row| {
                let keys: i64 = row.try_get("keys")?;
                Ok((
                    row.try_get::<i32, _>("epoch")?.unsigned_abs(),
                    keys.unsigned_abs(),
                ))
            });
            counts.collect()
        })
        .map_err(ReadError::of("the vault's epochs"))
    }

    pub(crate) async fn record_readings(&self, readings: &[ReadingRow]) -> Result<(), WriteError> {
        self.insert_readings(readings)
            .await
            .map_err(WriteError::of("a reading"))
    }

    async fn insert_readings(&self, readings: &[ReadingRow]) -> Result<(), sqlx::Error> {
        let mut transaction = self.readers.begin().await?;
        for reading in readings {
            sqlx::query(
                "insert into vault.reading (procedure, party, reader, purpose, fields, at) values
                 ($1, $2, $3, $4, $5, timestamptz 'epoch' + $6 * interval '1 microsecond')",
            )
            .bind(reading.party.procedure.to_string())
            .bind(reading.party.party.0.to_string())
            .bind(&reading.reader)
            .bind(&reading.purpose)
            .bind(&reading.fields)
            .bind(reading.at.as_microsecond())
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await
    }

    pub(crate) async fn readings(
        &self,
        procedure: ProcedureId,
    ) -> Result<Vec<ReadingRow>, ReadError> {
        let rows = sqlx::query(
            "select procedure, party, reader, purpose, fields,
                 (extract(epoch from at) * 1000000)::bigint as at
             from vault.reading where procedure = $1 order by number",
        )
        .bind(procedure.to_string())
        .fetch_all(&self.readers)
        .await;
        let reading = |row: &PgRow| {
            Ok(ReadingRow {
                party: party(row)?,
                reader: row.try_get("reader")?,
                purpose: row.try_get("purpose")?,
                fields: row.try_get("fields")?,
                at: timestamp(row, "at")?,
            })
        };
        rows.and_then(|rows| rows.iter().map(reading).collect())
            .map_err(ReadError::of("readings"))
    }

    pub(crate) async fn request_erasure(&self, request: &ErasureRow) -> Result<bool, WriteError> {
        sqlx::query(
            "insert into vault.erasure_request as old (procedure, party, basis, while_open,
                 requested_by, requested_holder, requested_at)
             values ($1, $2, $3, $4, $5, $6, timestamptz 'epoch' + $7 * interval '1 microsecond')
             on conflict (procedure, party) do update set basis = excluded.basis,
                 while_open = excluded.while_open, requested_by = excluded.requested_by,
                 requested_holder = excluded.requested_holder,
                 requested_at = excluded.requested_at, confirmed_by = null, confirmed_at = null
             where old.done_at is null",
        )
        .bind(request.party.procedure.to_string())
        .bind(request.party.party.0.to_string())
        .bind(&request.basis)
        .bind(request.while_open)
        .bind(&request.requested_by)
        .bind(&request.requested_holder)
        .bind(request.requested_at.as_microsecond())
        .execute(&self.readers)
        .await
        .map(|done| done.rows_affected() == 1)
        .map_err(WriteError::of("a request to erase"))
    }

    pub(crate) async fn confirm_erasure(
        &self,
        seen: &ErasureRow,
        by: &str,
        at: Timestamp,
    ) -> Result<bool, WriteError> {
        sqlx::query(
            "update vault.erasure_request set confirmed_by = $3,
                 confirmed_at = timestamptz 'epoch' + $4 * interval '1 microsecond'
             where procedure = $1 and party = $2 and done_at is null and requested_holder = $5
                 and requested_at = timestamptz 'epoch' + $6 * interval '1 microsecond'",
        )
        .bind(seen.party.procedure.to_string())
        .bind(seen.party.party.0.to_string())
        .bind(by)
        .bind(at.as_microsecond())
        .bind(&seen.requested_holder)
        .bind(seen.requested_at.as_microsecond())
        .execute(&self.readers)
        .await
        .map(|done| done.rows_affected() == 1)
        .map_err(WriteError::of("a confirmation"))
    }

    pub(crate) async fn erasure(&self, party: Party) -> Result<Option<ErasureRow>, ReadError> {
        let sql = format!(
            "select {ERASURE} from vault.erasure_request where procedure = $1 and party = $2"
        );
        let found = sqlx::query(&sql)
            .bind(party.procedure.to_string())
            .bind(party.party.0.to_string())
            .fetch_optional(&self.readers)
            .await;
        found
            .and_then(|row| row.as_ref().map(erasure).transpose())
            .map_err(ReadError::of("a request to erase"))
    }

    pub(crate) async fn open_erasures(&self) -> Result<Vec<ErasureRow>, ReadError> {
        let sql = format!(
            "select {ERASURE} from vault.erasure_request where done_at is null
             order by erasure_request.requested_at, procedure collate \"C\""
        );
        let rows = sqlx::query(&sql).fetch_all(&self.readers).await;
        rows.and_then(|rows| rows.iter().map(erasure).collect())
            .map_err(ReadError::of("the requests to erase"))
    }

    pub(crate) async fn shred(
        &self,
        keys: &[(KeyId, Timestamp)],
        done: Option<(Party, Timestamp)>,
    ) -> Result<u64, WriteError> {
        self.destroy(keys, done)
            .await
            .map_err(WriteError::of("a destruction of keys"))
    }

    async fn destroy(
        &self,
        keys: &[(KeyId, Timestamp)],
        done: Option<(Party, Timestamp)>,
    ) -> Result<u64, sqlx::Error> {
        let ids: Vec<&[u8]> = keys.iter().map(|(id, _)| id.as_slice()).collect();
        let times: Vec<i64> = keys.iter().map(|(_, at)| at.as_microsecond()).collect();
        let mut transaction = self.readers.begin().await?;
        sqlx::query(
            "insert into vault.shred_ledger (key_id, at)
             select key_id, timestamptz 'epoch' + at * interval '1 microsecond'
             from unnest($1::bytea[], $2::bigint[]) as shredded (key_id, at)
             on conflict (key_id) do nothing",
        )
        .bind(&ids)
        .bind(times)
        .execute(&mut *transaction)
        .await?;
        let destroyed = remove(&mut transaction, &ids).await?;
        if let Some((party, at)) = done {
            sqlx::query(
                "update vault.erasure_request
                 set done_at = timestamptz 'epoch' + $3 * interval '1 microsecond'
                 where procedure = $1 and party = $2 and done_at is null",
            )
            .bind(party.procedure.to_string())
            .bind(party.party.0.to_string())
            .bind(at.as_microsecond())
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(destroyed)
    }

    pub(crate) async fn shred_ledger(&self) -> Result<Vec<(KeyId, Timestamp)>, ReadError> {
        let rows = sqlx::query(
            "select key_id, (extract(epoch from at) * 1000000)::bigint as at
             from vault.shred_ledger order by shred_ledger.at, key_id",
        )
        .fetch_all(&self.readers)
        .await;
        rows.and_then(|rows| {
            let keys = rows
                .iter()
                .map(|row| Ok((bytes(row, "key_id")?, timestamp(row, "at")?)));
            keys.collect()
        })
        .map_err(ReadError::of("the ledger of destroyed keys"))
    }

    pub(crate) async fn unfiled_persons(
        &self,
        from: Timestamp,
        before: Timestamp,
    ) -> Result<Vec<KeyId>, ReadError> {
        let rows = sqlx::query(
            "select key_id from vault.party_key
             where created_at >= timestamptz 'epoch' + $1 * interval '1 microsecond'
                 and created_at < timestamptz 'epoch' + $2 * interval '1 microsecond'
                 and not exists (select 1 from events where aggregate_type = 'procedure'
                                 and aggregate_id = party_key.procedure)",
        )
        .bind(from.as_microsecond())
        .bind(before.as_microsecond())
        .fetch_all(&self.readers)
        .await;
        rows.and_then(|rows| rows.iter().map(|row| bytes(row, "key_id")).collect())
            .map_err(ReadError::of("persons without a procedure"))
    }

    pub(crate) async fn forget_unfiled(&self, keys: &[KeyId]) -> Result<u64, WriteError> {
        let forget = async || {
            let ids: Vec<&[u8]> = keys.iter().map(KeyId::as_slice).collect();
            let mut transaction = self.readers.begin().await?;
            let unfiled: Vec<Vec<u8>> = sqlx::query_scalar(
                "select key_id from vault.party_key where key_id = any($1)
                     and not exists (select 1 from events where aggregate_type = 'procedure'
                                     and aggregate_id = party_key.procedure)",
            )
            .bind(ids)
            .fetch_all(&mut *transaction)
            .await?;
            let unfiled: Vec<&[u8]> = unfiled.iter().map(Vec::as_slice).collect();
            let removed = remove(&mut transaction, &unfiled).await?;
            transaction.commit().await?;
            Ok::<_, sqlx::Error>(removed)
        };
        forget()
            .await
            .map_err(WriteError::of("the end of a person"))
    }

    /// Whoever does not own the tables may not; autovacuum comes by some day.
    pub(crate) async fn scrub_vault(&self) {
        let vacuum = "vacuum vault.party_key, vault.personal, vault.person_lookup";
        if let Err(error) = sqlx::query(vacuum).execute(&self.readers).await {
            tracing::debug!(error = %error, "the vault's tables were not vacuumed");
        }
    }
}

async fn remove(connection: &mut PgConnection, keys: &[&[u8]]) -> Result<u64, sqlx::Error> {
    let mut removed = 0;
    for statement in REMOVE {
        let done = sqlx::query(statement).bind(keys);
        removed = done.execute(&mut *connection).await?.rows_affected();
    }
    Ok(removed)
}

fn epoch(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn bytes<const N: usize>(row: &PgRow, column: &str) -> Result<[u8; N], sqlx::Error> {
    let bytes: Vec<u8> = row.try_get(column)?;
    <[u8; N]>::try_from(bytes).map_err(|_| sqlx::Error::Decode("bytes of another length".into()))
}

fn party(row: &PgRow) -> Result<Party, sqlx::Error> {
    let procedure: String = row.try_get("procedure")?;
    let party: String = row.try_get("party")?;
    let decode = |_| sqlx::Error::Decode("not a UUID".into());
    Ok(Party {
        procedure: procedure.parse().map_err(decode)?,
        // A reference is written as an identity is.
        party: SubjectRef(party.parse::<ProcedureId>().map_err(decode)?.0),
    })
}

fn key(row: &PgRow) -> Result<PartyKeyRow, sqlx::Error> {
    Ok(PartyKeyRow {
        key_id: bytes(row, "key_id")?,
        party: party(row)?,
        epoch: row.try_get::<i32, _>("epoch")?.unsigned_abs(),
        wrapped: row.try_get("wrapped")?,
        created_at: timestamp(row, "created_at")?,
    })
}

fn erasure(row: &PgRow) -> Result<ErasureRow, sqlx::Error> {
    let moment = |column: &str| {
        let at: Option<i64> = row.try_get(column)?;
        at.map(|_| timestamp(row, column)).transpose()
    };
    Ok(ErasureRow {
        party: party(row)?,
        basis: row.try_get("basis")?,
        while_open: row.try_get("while_open")?,
        requested_by: row.try_get("requested_by")?,
        requested_holder: row.try_get("requested_holder")?,
        requested_at: timestamp(row, "requested_at")?,
        confirmed_by: row.try_get("confirmed_by")?,
        confirmed_at: moment("confirmed_at")?,
        done_at: moment("done_at")?,
    })
}
