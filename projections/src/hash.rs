//! One digest a table: equal on every node whose views are at the same position.

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

use crate::error::ViewError;
use crate::schema::{TABLES, Table};

/// The digest of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableHash {
    /// The view that the table belongs to.
    pub view: &'static str,
    /// The table.
    pub table: &'static str,
    /// How many rows it has.
    pub rows: u64,
    /// SHA-256 over its rows in their order, in hexadecimal.
    pub digest: String,
}

/// The digests of all tables.
pub fn hash(connection: &Connection) -> Result<Vec<TableHash>, ViewError> {
    TABLES
        .iter()
        .map(|table| hash_of(connection, table))
        .collect()
}

fn hash_of(connection: &Connection, table: &Table) -> Result<TableHash, ViewError> {
    let sql = format!("select * from {} order by {}", table.name, table.order);
    let mut statement = connection.prepare(&sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let (mut digest, mut count) = (Sha256::new(), 0);
    while let Some(row) = rows.next()? {
        count += 1;
        for column in 0..columns {
            add(&mut digest, row.get_ref(column)?);
        }
    }
    let digest = digest
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    Ok(TableHash {
        view: table.view,
        table: table.name,
        rows: count,
        digest,
    })
}

/// Kind and length come first, so that no two rows give the same bytes.
fn add(digest: &mut Sha256, value: ValueRef<'_>) {
    let (kind, bytes): (u8, &[u8]) = match value {
        ValueRef::Null => (0, &[]),
        ValueRef::Integer(number) => {
            return digest.update([&[1][..], &number.to_be_bytes()].concat());
        }
        ValueRef::Real(number) => return digest.update([&[2][..], &number.to_be_bytes()].concat()),
        ValueRef::Text(text) => (3, text),
        ValueRef::Blob(blob) => (4, blob),
    };
    digest.update([kind]);
    digest.update((bytes.len() as u64).to_be_bytes());
    digest.update(bytes);
}
