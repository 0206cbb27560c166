//! How entries become rows. Rows that a batch touches are folded in memory and written once.

use std::collections::BTreeMap;

use chasqui_procedures::Procedure;
use chasqui_procedures::event::{Entry, Event};
use chasqui_procedures::ids::ProcedureId;
use rusqlite::{Transaction, params};

use super::query;
use super::view::Row;
use crate::error::ViewError;
use crate::facts::Facts;

/// How many rows are kept in memory between batches.
const KEPT: usize = 20_000;

/// The rows at hand: those of this batch, and some of the batches before.
#[derive(Default)]
pub(crate) struct Rows {
    rows: BTreeMap<ProcedureId, Row>,
    touched: Vec<ProcedureId>,
}

impl Rows {
    /// Takes one entry in, and tells what figures look at before it, and the state after it.
    pub(crate) fn project(
        &mut self,
        transaction: &Transaction<'_>,
        procedure: ProcedureId,
        entry: &Entry,
        position: u64,
        history: impl FnOnce() -> Result<Vec<Entry>, ViewError>,
    ) -> Result<(Option<Facts>, &Procedure), ViewError> {
        let row = match self.rows.entry(procedure) {
            std::collections::btree_map::Entry::Occupied(row) => row.into_mut(),
            std::collections::btree_map::Entry::Vacant(place) => {
                let found = query::by_procedure(transaction, procedure)?;
                place.insert(found.unwrap_or_else(|| Row {
                    procedure,
                    state: Procedure::default(),
                    position,
                }))
            }
        };
        let before = Facts::of(&row.state);
        match &entry.event {
            Event::Corrected(_) => row.state = Procedure::of(&history()?),
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
            | Event::SilenceAccrued(_) => row.state.evolve(entry),
        }
        row.position = position;
        self.touched.push(procedure);
        Ok((before, &row.state))
    }

    /// Writes the rows that were touched since the last time.
    pub(crate) fn flush(&mut self, transaction: &Transaction<'_>) -> Result<(), ViewError> {
        self.touched.sort_unstable();
        self.touched.dedup();
        for procedure in self.touched.drain(..) {
            if let Some(row) = self.rows.get(&procedure) {
                write(transaction, row)?;
            }
        }
        if self.rows.len() > KEPT {
            self.rows.clear();
        }
        Ok(())
    }
}

fn write(transaction: &Transaction<'_>, row: &Row) -> Result<(), ViewError> {
    let sql = "insert into register values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (procedure) do update set
            code = excluded.code, unit = excluded.unit, stage = excluded.stage,
            outcome = excluded.outcome, filed_on = excluded.filed_on, due_on = excluded.due_on,
            base_due_on = excluded.base_due_on, ended_on = excluded.ended_on,
            position = excluded.position, state = excluded.state";
    let state = &row.state;
    let Some(filing) = &state.filing else {
        return Err(ViewError::Row {
            view: "register",
            source: "an entry before the filing".into(),
        });
    };
    let due = state.due.as_ref();
    transaction.prepare_cached(sql)?.execute(params![
        row.procedure.0.as_bytes(),
        filing.code.map(|code| code.0),
        filing.procedure_type.as_str(),
        state.unit.as_ref().map(|unit| unit.as_str()),
        filing
            .channel
            .as_ref()
            .map_or("", |channel| channel.as_str()),
        filing
            .applicant_kind
            .as_ref()
            .map_or("", |kind| kind.as_str()),
        state.stage().id(),
        state.outcome().map(|outcome| outcome.id()),
        filing.filed_on.to_string(),
        due.and_then(|due| due.on).map(|on| on.to_string()),
        due.and_then(|due| due.base_on).map(|on| on.to_string()),
        state.ended_on().map(|on| on.to_string()),
        filing.imported,
        row.position,
        serde_json::to_string(state).expect("invariant: a state is plain data"),
    ])?;
    Ok(())
}
