//! The lines of the stream from a position on: public, every one.

use chasqui_procedures::event::Entry;
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::public_line::{PublicFiling, publish_filing};
use chasqui_procedures::publication::{PublicEntry, publish};
use jiff::Timestamp;
use rusqlite::{Connection, Row};
use serde_json::Value;
use uuid::Uuid;

use crate::error::ViewError;

/// What stands at one position.
#[derive(Clone, Debug)]
pub struct Line {
    /// Where.
    pub position: u64,
    /// What.
    pub content: Content,
}

/// The public part of an event.
#[derive(Clone, Debug)]
pub enum Content {
    /// An entry of a procedure's history. The identity is for whoever makes a pseudonym of it, and is
    /// never published as it is.
    Entry {
        /// The procedure.
        procedure: ProcedureId,
        /// What a filing says of the procedure.
        filing: Option<PublicFiling>,
        /// The entry.
        entry: Box<PublicEntry>,
    },
    /// An event of the catalogue, of a calendar, or of the log.
    Record {
        /// The kind of stream.
        kind: String,
        /// When it was recorded.
        recorded_at: Timestamp,
        /// What it says.
        record: Value,
    },
}

/// At most `limit` lines from a position on, in order and without a gap.
pub fn read(connection: &Connection, from: u64, limit: usize) -> Result<Vec<Line>, ViewError> {
    let sql = "select stream.position, stream.procedure, stream.sequence, kind, stream.recorded_at,
                      record, history.recorded_at, entry
               from stream left join history
                 on history.procedure = stream.procedure and history.sequence = stream.sequence
               where stream.position >= ? order by stream.position limit ?";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((from, limit as u64))?;
    let mut lines = Vec::new();
    while let Some(row) = rows.next()? {
        let line = line(row)?;
        let expected = from + lines.len() as u64;
        if line.position != expected {
            let found = line.position;
            return Err(ViewError::Gap { expected, found });
        }
        lines.push(line);
    }
    Ok(lines)
}

fn line(row: &Row<'_>) -> Result<Line, ViewError> {
    let damaged = |source| ViewError::Row {
        view: "stream",
        source,
    };
    let time = |micros| Timestamp::from_microsecond(micros).map_err(|error| damaged(error.into()));
    let content = match row.get::<_, Option<[u8; 16]>>(1)? {
        Some(procedure) => {
            let text: String = row.get(7)?;
            let entry: Entry =
                serde_json::from_str(&text).map_err(|error| damaged(error.into()))?;
            Content::Entry {
                procedure: ProcedureId(Uuid::from_bytes(procedure)),
                filing: publish_filing(&entry),
                entry: Box::new(publish(row.get(2)?, time(row.get(6)?)?, &entry)),
            }
        }
        None => {
            let text: String = row.get(5)?;
            Content::Record {
                kind: row.get(3)?,
                recorded_at: time(row.get(4)?)?,
                record: serde_json::from_str(&text).map_err(|error| damaged(error.into()))?,
            }
        }
    };
    Ok(Line {
        position: row.get(0)?,
        content,
    })
}
