//! How an event moves a procedure from its old cells to its new ones: a difference, never a recount.

use std::collections::BTreeMap;

use chasqui_procedures::Procedure;
use chasqui_procedures::event::{Entry, Event, Statement};
use jiff::civil::Date;
use rusqlite::{Transaction, params};

use super::view::Measure;
use crate::error::ViewError;
use crate::facts::{Dimensions, Facts};

/// The changes of cells that are not written yet.
#[derive(Default)]
pub(crate) struct Cells(BTreeMap<Cell, i64>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    measure: Measure,
    dimensions: Dimensions,
    month: String,
    days: i32,
}

impl Cells {
    /// Takes one entry in: the procedure's old cells out, its new cells in, and the event's own.
    pub(crate) fn project(
        &mut self,
        before: Option<Facts>,
        after: &Procedure,
        entry: &Entry,
        history: impl FnOnce() -> Result<Vec<Entry>, ViewError>,
    ) -> Result<(), ViewError> {
        let after = Facts::of(after);
        if before != after {
            before
                .iter()
                .flat_map(of_procedure)
                .for_each(|cell| self.add(cell, -1));
            after
                .iter()
                .flat_map(of_procedure)
                .for_each(|cell| self.add(cell, 1));
        }
        let Some(facts) = after else { return Ok(()) };
        match &entry.event {
            // A correction may move or remove an event that was counted.
            Event::Corrected(_) => {
                let history = history()?;
                let earlier = history.len().saturating_sub(1);
                for (entries, sign) in [(&history[..earlier], -1), (&history[..], 1)] {
                    for entry in Procedure::effective(entries) {
                        self.add_event(&facts, &entry, sign);
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
            | Event::Reopened(_) => self.add_event(&facts, entry, 1),
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
            } = &cell.dimensions;
            let Cell { month, days, .. } = &cell;
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

    fn add_event(&mut self, facts: &Facts, entry: &Entry, change: i64) {
        let stated_as = entry
            .imported
            .as_ref()
            .map_or(Statement::Event, |one| one.stated_as);
        if stated_as == Statement::Event && entry.event.is_movement() {
            self.add(cell(facts, Measure::Events, entry.occurred.on(), 0), change);
        }
    }
}

/// The cells that a procedure is counted in.
fn of_procedure(facts: &Facts) -> Vec<Cell> {
    let mut cells = vec![cell(facts, Measure::Filed, facts.filed_on, 0)];
    if let Some((first, last)) = facts.span {
        cells.push(cell(facts, Measure::Span, first, days(first, last)));
    }
    if let Some(ended_on) = facts.ended_on {
        cells.push(cell(
            facts,
            Measure::Ended,
            ended_on,
            days(facts.filed_on, ended_on),
        ));
        if let Some(due_on) = facts.due_on {
            cells.push(cell(facts, Measure::Late, ended_on, days(due_on, ended_on)));
        }
    }
    cells
}

fn cell(facts: &Facts, measure: Measure, on: Date, days: i32) -> Cell {
    let month = format!("{:04}-{:02}", on.year(), on.month());
    Cell {
        measure,
        dimensions: facts.dimensions.clone(),
        month,
        days,
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to)
        .map(|span| span.get_days())
        .expect("invariant: days between two dates fit")
}
