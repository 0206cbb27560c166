//! How an event moves a procedure from its old cells to its new ones: a difference, never a recount.

use std::collections::HashMap;
use std::sync::Arc;

use chasqui_procedures::Procedure;
use chasqui_procedures::event::{Entry, Event, Statement};
use jiff::civil::Date;
use rusqlite::{Transaction, params};

use super::view::Measure;
use crate::error::ViewError;
use crate::facts::{Dimensions, Facts};

/// The changes of cells that are not written yet.
#[derive(Default)]
pub(crate) struct Cells(HashMap<Cell, i64>);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Cell {
    measure: Measure,
    dimensions: Arc<Dimensions>,
    /// The year and the month.
    month: (i16, i8),
    days: i32,
}

impl Cells {
    /// Moves a procedure from the cells that it was counted in to those of how it stands now.
    pub(crate) fn recount(&mut self, before: Option<&Facts>, after: Option<&Facts>) {
        if before != after {
            before
                .into_iter()
                .flat_map(of_procedure)
                .for_each(|cell| self.add(cell, -1));
            after
                .into_iter()
                .flat_map(of_procedure)
                .for_each(|cell| self.add(cell, 1));
        }
    }

    /// Counts one entry under what its procedure is counted under after it.
    pub(crate) fn project(
        &mut self,
        dimensions: &Arc<Dimensions>,
        entry: &Entry,
        history: impl FnOnce() -> Result<Vec<Entry>, ViewError>,
    ) -> Result<(), ViewError> {
        match &entry.event {
            // A correction may move or remove an event that was counted.
            Event::Corrected(_) => {
                let history = history()?;
                let earlier = history.len().saturating_sub(1);
                for (entries, sign) in [(&history[..earlier], -1), (&history[..], 1)] {
                    for entry in Procedure::effective(entries) {
                        self.add_event(dimensions, &entry, sign);
                    }
                }
            }
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
            | Event::Reopened(_) => self.add_event(dimensions, entry, 1),
            // What follows from the calendar alone is no movement of the procedure.
            Event::CodeReplaced(_)
            | Event::PersonErased(_)
            | Event::DeadlineRecomputed(_)
            | Event::SilenceAccrued(_) => {}
        }
        Ok(())
    }

    /// Writes the changes. A cell that falls to zero goes, so that a rebuild gives the same rows.
    pub(crate) fn flush(&mut self, transaction: &Transaction<'_>) -> Result<(), ViewError> {
        let mut add = transaction.prepare_cached(
            "insert into timeliness values (?, ?, ?, ?, ?, ?, ?)
             on conflict do update set count = count + excluded.count",
        )?;
        let mut remove = transaction.prepare_cached(
            "delete from timeliness where (measure, procedure_type, unit, channel, month, days)
             = (?, ?, ?, ?, ?, ?) and count = 0",
        )?;
        for (cell, change) in std::mem::take(&mut self.0)
            .into_iter()
            .filter(|(_, n)| *n != 0)
        {
            let Dimensions {
                procedure_type,
                unit,
                channel,
            } = &*cell.dimensions;
            let days = cell.days;
            let (year, month) = cell.month;
            let month = format!("{year:04}-{month:02}");
            let measure = cell.measure.id();
            add.execute(params![
                measure,
                procedure_type,
                unit,
                channel,
                month,
                days,
                change
            ])?;
            if change < 0 {
                remove.execute(params![measure, procedure_type, unit, channel, month, days])?;
            }
        }
        Ok(())
    }

    fn add(&mut self, cell: Cell, change: i64) {
        *self.0.entry(cell).or_default() += change;
    }

    fn add_event(&mut self, dimensions: &Arc<Dimensions>, entry: &Entry, change: i64) {
        let stated_as = entry
            .imported
            .as_ref()
            .map_or(Statement::Event, |one| one.stated_as);
        if stated_as == Statement::Event && entry.event.is_movement() {
            let on = entry.occurred.on();
            self.add(cell(dimensions, Measure::Events, on, 0), change);
        }
    }
}

/// The cells that a procedure is counted in.
fn of_procedure(facts: &Facts) -> Vec<Cell> {
    let cell = |measure, on, days| cell(&facts.dimensions, measure, on, days);
    let mut cells = vec![cell(Measure::Filed, facts.filed_on, 0)];
    if let Some((first, last)) = facts.span {
        cells.push(cell(Measure::Span, first, days(first, last)));
    }
    if let Some(ended_on) = facts.ended_on {
        let took = days(facts.filed_on, ended_on);
        cells.push(cell(Measure::Ended, ended_on, took));
        if let Some(due_on) = facts.due_on {
            cells.push(cell(Measure::Late, ended_on, days(due_on, ended_on)));
        }
    }
    cells
}

fn cell(dimensions: &Arc<Dimensions>, measure: Measure, on: Date, days: i32) -> Cell {
    Cell {
        measure,
        dimensions: Arc::clone(dimensions),
        month: (on.year(), on.month()),
        days,
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to)
        .map(|span| span.get_days())
        .expect("invariant: days between two dates fit")
}
