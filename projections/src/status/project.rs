//! How entries become histories: each is kept as it was recorded.

use chasqui_procedures::event::{Entry, Event};
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::recorded::RawRecord;
use rusqlite::{Transaction, params};

use crate::error::ViewError;

/// Takes one entry in.
pub(crate) fn project(
    transaction: &Transaction<'_>,
    procedure: ProcedureId,
    entry: &Entry,
    raw: &RawRecord,
) -> Result<(), ViewError> {
    match &entry.event {
        // Every kind of event is part of a history. They are named, so that a new one is seen here.
        Event::Filed(_)
        | Event::Admitted(_)
        | Event::Assigned(_)
        | Event::StepStarted(_)
        | Event::StepCompleted(_)
        | Event::RectificationRequested(_)
        | Event::RectificationAnswered(_)
        | Event::TermSuspended(_)
        | Event::TermResumed(_)
        | Event::TermExtended(_)
        | Event::Transferred(_)
        | Event::SubprocedureOpened(_)
        | Event::SubprocedureAnswered(_)
        | Event::SubprocedureCancelled(_)
        | Event::Decided(_)
        | Event::Notified(_)
        | Event::Withdrawn(_)
        | Event::Archived(_)
        | Event::Appealed(_)
        | Event::Reopened(_)
        | Event::CodeReplaced(_)
        | Event::PersonErased(_)
        | Event::DeadlineRecomputed(_)
        | Event::SilenceAccrued(_)
        | Event::Corrected(_) => {}
    }
    transaction
        .prepare_cached("insert into history values (?, ?, ?, ?, ?)")?
        .execute(params![
            procedure.0.as_bytes(),
            raw.sequence,
            raw.position,
            raw.recorded_at.as_microsecond(),
            raw.payload,
        ])?;
    Ok(())
}

/// The entries of a procedure that are in the view so far, oldest first.
pub(crate) fn history(
    transaction: &Transaction<'_>,
    procedure: ProcedureId,
) -> Result<Vec<Entry>, ViewError> {
    let sql = "select entry from history where procedure = ? order by sequence";
    let mut statement = transaction.prepare_cached(sql)?;
    let rows = statement.query_map([procedure.0.as_bytes()], |row| row.get::<_, String>(0))?;
    rows.map(|entry| {
        serde_json::from_str(&entry?).map_err(|error| ViewError::Row {
            view: "status",
            source: error.into(),
        })
    })
    .collect()
}
