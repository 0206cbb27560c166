//! One batch of events into all views, in the transaction that moves the cursor.

use chasqui_procedures::recorded::{Body, RawRecord, Recorded};
use rusqlite::{Connection, Transaction};

use crate::catalogue;
use crate::error::ViewError;
use crate::register::Rows;
use crate::status::Histories;
use crate::stream;
use crate::timeliness::Cells;

/// An event as it was stored, and understood.
pub(crate) type Step = (RawRecord, Recorded);

/// What is kept in memory between batches. It is thrown away after an error.
#[derive(Default)]
pub(crate) struct Projector {
    histories: Histories,
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
    /// Takes in what `next` gives, in one transaction, until it gives nothing or `most` events are
    /// exceeded. Fails, and changes nothing, if the first does not begin where the views are or an event
    /// cannot be taken in.
    ///
    /// An error that `next` gives ends the transaction: what came before it is taken in, and the error is
    /// handed on.
    pub(crate) fn take(
        &mut self,
        connection: &mut Connection,
        most: usize,
        mut next: impl FnMut() -> Option<Result<Vec<Step>, ViewError>>,
    ) -> Result<(Cursor, Option<ViewError>), ViewError> {
        let transaction = connection.transaction()?;
        let mut cursor = read_cursor(&transaction)?;
        let until = cursor.position + most as u64;
        let mut failed = None;
        while cursor.position < until
            && let Some(batch) = next()
        {
            match batch {
                Ok(batch) => self.take_batch(&transaction, &mut cursor, batch)?,
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
        }
        self.histories.flush(&transaction)?;
        self.rows.flush(&transaction, &mut self.cells)?;
        self.cells.flush(&transaction)?;
        let sql = "update cursor set position = ?, recorded_at = ?";
        transaction
            .prepare_cached(sql)?
            .execute((cursor.position, cursor.recorded_at))?;
        transaction.commit()?;
        Ok((cursor, failed))
    }

    fn take_batch(
        &mut self,
        transaction: &Transaction<'_>,
        cursor: &mut Cursor,
        batch: Vec<Step>,
    ) -> Result<(), ViewError> {
        for (raw, recorded) in batch {
            if recorded.position != cursor.position {
                let (expected, found) = (cursor.position, recorded.position);
                return Err(ViewError::Gap { expected, found });
            }
            self.step(transaction, raw, &recorded)?;
            cursor.position += 1;
            cursor.recorded_at = recorded.recorded_at.as_microsecond();
        }
        Ok(())
    }

    fn step(
        &mut self,
        transaction: &Transaction<'_>,
        raw: RawRecord,
        recorded: &Recorded,
    ) -> Result<(), ViewError> {
        stream::project(transaction, recorded)?;
        match &recorded.body {
            Body::Procedure(procedure, entry) => {
                self.histories.project(*procedure, entry, raw);
                let position = recorded.position;
                let history = || self.histories.of(transaction, *procedure);
                let dimensions =
                    self.rows
                        .project(transaction, *procedure, entry, position, history)?;
                let history = || self.histories.of(transaction, *procedure);
                match dimensions {
                    Some(dimensions) => self.cells.project(dimensions, entry, history),
                    None => Ok(()),
                }
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
