//! How entries become rows. Rows that a batch touches are folded in memory and written once.

use std::collections::{HashMap, hash_map};
use std::sync::Arc;

use chasqui_procedures::Procedure;
use chasqui_procedures::event::{Entry, Event};
use chasqui_procedures::ids::ProcedureId;
use rusqlite::{Transaction, params};

use super::query;
use super::view::Row;
use crate::error::ViewError;
use crate::facts::{Dimensions, Facts};
use crate::timeliness::Cells;

/// How many rows are kept in memory between batches.
const KEPT: usize = 20_000;

/// The rows at hand: those of this batch, and some of the batches before.
#[derive(Default)]
pub(crate) struct Rows {
    rows: HashMap<ProcedureId, Held>,
    touched: Vec<ProcedureId>,
}

/// A row in memory.
struct Held {
    row: Row,
    /// What the row was counted as when it was written last.
    counted: Option<Facts>,
    /// What it is counted under as it stands.
    dimensions: Option<Arc<Dimensions>>,
    is_touched: bool,
}

impl Rows {
    /// Takes one entry in, and tells what its procedure is counted under from then on.
    pub(crate) fn project(
        &mut self,
        transaction: &Transaction<'_>,
        procedure: ProcedureId,
        entry: &Entry,
        position: u64,
        history: impl FnOnce() -> Result<Vec<Entry>, ViewError>,
    ) -> Result<Option<&Arc<Dimensions>>, ViewError> {
        let held = match self.rows.entry(procedure) {
            hash_map::Entry::Occupied(held) => held.into_mut(),
            hash_map::Entry::Vacant(place) => {
                place.insert(Held::find(transaction, procedure, position)?)
            }
        };
        let row = &mut held.row;
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
        if !std::mem::replace(&mut held.is_touched, true) {
            self.touched.push(procedure);
        }
        held.name();
        Ok(held.dimensions.as_ref())
    }

    /// Writes the rows that were touched since the last time, and counts each as it stands now: what it
    /// was in between is counted nowhere.
    pub(crate) fn flush(
        &mut self,
        transaction: &Transaction<'_>,
        cells: &mut Cells,
    ) -> Result<(), ViewError> {
        // In the order of the table's index.
        self.touched.sort_unstable();
        for procedure in self.touched.drain(..) {
            if let Some(held) = self.rows.get_mut(&procedure) {
                write(transaction, &held.row)?;
                let facts = Facts::of(&held.row.state);
                cells.recount(held.counted.as_ref(), facts.as_ref());
                held.counted = facts;
                held.is_touched = false;
            }
        }
        if self.rows.len() > KEPT {
            self.rows.clear();
        }
        Ok(())
    }
}

impl Held {
    /// A row as it was written last, or the beginning of a new one.
    fn find(
        transaction: &Transaction<'_>,
        procedure: ProcedureId,
        position: u64,
    ) -> Result<Self, ViewError> {
        let row = query::by_procedure(transaction, procedure)?.unwrap_or_else(|| Row {
            procedure,
            state: Procedure::default(),
            position,
        });
        Ok(Self {
            counted: Facts::of(&row.state),
            dimensions: None,
            is_touched: false,
            row,
        })
    }

    /// Sees to it that the dimensions are those of the row.
    fn name(&mut self) {
        let state = &self.row.state;
        let same = |dimensions: &Arc<Dimensions>| dimensions.are_of(state);
        if !self.dimensions.as_ref().is_some_and(same) {
            self.dimensions = Dimensions::of(state).map(Arc::new);
        }
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
