//! How an event becomes a line of the stream: at its position, and nothing is left out.

use chasqui_procedures::public_line::publish_record;
use chasqui_procedures::recorded::{Body, Recorded};
use rusqlite::{Transaction, params};

use crate::error::ViewError;

/// Takes one event in.
pub(crate) fn project(transaction: &Transaction<'_>, recorded: &Recorded) -> Result<(), ViewError> {
    let position = recorded.position;
    if let Body::Procedure(procedure, _) = &recorded.body {
        let sql = "insert into stream (position, procedure, sequence) values (?, ?, ?)";
        let row = params![position, procedure.0.as_bytes(), recorded.sequence];
        transaction.prepare_cached(sql)?.execute(row)?;
    }
    if let Some((kind, record)) = publish_record(&recorded.body) {
        let sql = "insert into stream (position, kind, recorded_at, record) values (?, ?, ?, ?)";
        let recorded_at = recorded.recorded_at.as_microsecond();
        let row = params![position, kind, recorded_at, record.to_string()];
        transaction.prepare_cached(sql)?.execute(row)?;
    }
    Ok(())
}
