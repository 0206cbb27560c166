//! How entries become histories: each is kept as it was recorded.

use chasqui_procedures::event::{Entry, Event};
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::recorded::RawRecord;
use rusqlite::{Transaction, params};

use crate::error::ViewError;

/// The lines that a transaction adds, before they are written: in the order of the table, so that each page
/// of it is touched once and not once for every event.
#[derive(Default)]
pub(crate) struct Histories(Vec<RawLine>);

struct RawLine {
    procedure: ProcedureId,
    sequence: u64,
    position: u64,
    recorded_at: i64,
    entry: String,
}

impl Histories {
    /// Takes one entry in.
    pub(crate) fn project(&mut self, procedure: ProcedureId, entry: &Entry, raw: RawRecord) {
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
        self.0.push(RawLine {
            procedure,
            sequence: raw.sequence,
            position: raw.position,
            recorded_at: raw.recorded_at.as_microsecond(),
            entry: raw.payload,
        });
    }

    /// Writes what was taken in since the last time.
    pub(crate) fn flush(&mut self, transaction: &Transaction<'_>) -> Result<(), ViewError> {
        self.0
            .sort_unstable_by_key(|line| (line.procedure, line.sequence));
        let mut insert =
            transaction.prepare_cached("insert into history values (?, ?, ?, ?, ?)")?;
        for line in self.0.drain(..) {
            insert.execute(params![
                line.procedure.0.as_bytes(),
                line.sequence,
                line.position,
                line.recorded_at,
                line.entry,
            ])?;
        }
        Ok(())
    }

    /// The entries of a procedure that were taken in so far, oldest first.
    pub(crate) fn of(
        &mut self,
        transaction: &Transaction<'_>,
        procedure: ProcedureId,
    ) -> Result<Vec<Entry>, ViewError> {
        self.flush(transaction)?;
        history(transaction, procedure)
    }
}

fn history(transaction: &Transaction<'_>, procedure: ProcedureId) -> Result<Vec<Entry>, ViewError> {
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
