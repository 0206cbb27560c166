//! One batch of events into all views, in the transaction that moves the cursor.

use chasqui_procedures::recorded::{Body, RawRecord, Recorded};
use rusqlite::{Connection, Transaction};

use crate::catalogue;
use crate::error::ViewError;
use crate::register::Rows;
use crate::status;
use crate::stream;
use crate::timeliness::Cells;

/// An event as it was stored, and understood.
pub(crate) type Step = (RawRecord, Recorded);

/// What is kept in memory between batches. It is thrown away after an error.
#[derive(Default)]
pub(crate) struct Projector {
    rows: Rows,
    cells: Cells,
}

/// Where the views are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cursor {
    /// The number of events taken in: the position that comes next.
    pub(crate) position: u64,
    /// When the last of them was recorded, in microseconds since 1970.
    pub(crate) recorded_at: i64,
}

impl Projector {
    /// Takes a batch in. Fails, and changes nothing, if it does not begin where the views are.
    pub(crate) fn take(
        &mut self,
        connection: &mut Connection,
        batch: &[Step],
    ) -> Result<Cursor, ViewError> {
        let transaction = connection.transaction()?;
        let mut cursor = read_cursor(&transaction)?;
        for (raw, recorded) in batch {
            if recorded.position != cursor.position {
                let (expected, found) = (cursor.position, recorded.position);
                return Err(ViewError::Gap { expected, found });
            }
            self.step(&transaction, raw, recorded)?;
            cursor.position += 1;
            cursor.recorded_at = recorded.recorded_at.as_microsecond();
        }
        self.rows.flush(&transaction)?;
        self.cells.flush(&transaction)?;
        let sql = "update cursor set position = ?, recorded_at = ?";
        transaction
            .prepare_cached(sql)?
            .execute((cursor.position, cursor.recorded_at))?;
        transaction.commit()?;
        Ok(cursor)
    }

    fn step(
        &mut self,
        transaction: &Transaction<'_>,
        raw: &RawRecord,
        recorded: &Recorded,
    ) -> Result<(), ViewError> {
        stream::project(transaction, recorded)?;
        match &recorded.body {
            Body::Procedure(procedure, entry) => {
                status::project(transaction, *procedure, entry, raw)?;
                let history = || status::history(transaction, *procedure);
                let (before, after) =
                    self.rows
                        .project(transaction, *procedure, entry, raw.position, history)?;
                self.cells.project(before, after, entry, history)
            }
            Body::Unit(event) => catalogue::project(transaction, &catalogue::Change::Unit(event)),
            Body::Type(event) => catalogue::project(transaction, &catalogue::Change::Type(event)),
            Body::Calendar(event) => {
                let known_at = recorded.recorded_at;
                let change = catalogue::Change::Calendar { event, known_at };
                catalogue::project(transaction, &change)
            }
            Body::Log(event) => catalogue::project(transaction, &catalogue::Change::Log(event)),
        }
    }
}

/// Where the views of a file are.
pub(crate) fn read_cursor(connection: &Connection) -> rusqlite::Result<Cursor> {
    connection
        .prepare_cached("select position, recorded_at from cursor")?
        .query_row([], |row| {
            Ok(Cursor {
                position: row.get(0)?,
                recorded_at: row.get(1)?,
            })
        })
}
