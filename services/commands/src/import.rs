//! Import: a source's claims of many procedures, as blocks that are recorded whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use chasqui_procedures::Procedure;
use chasqui_procedures::catalogue::TypeVersion;
use chasqui_procedures::contradiction::Contradiction;
use chasqui_procedures::event::{Entry, Statement};
use chasqui_procedures::historical::{ClaimedProcedure, record};
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::recorded::{Body, kind};
use chasqui_store::{Append, AppendError};

use crate::commands::Commands;
use crate::error::CommandError;
use crate::order::by;

/// A procedure to import.
#[derive(Clone, Debug)]
pub struct ImportItem {
    /// Its identity: see `Secrets::imported_procedure`.
    pub procedure: ProcedureId,
    /// The type's version that governs it.
    pub rules: Arc<TypeVersion>,
    /// What the source says of it.
    pub claimed: ClaimedProcedure,
}

/// What an import of a block recorded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Procedures that were not there before.
    pub procedures_filed: u64,
    /// Entries recorded from the source's events.
    pub events_appended: u64,
    /// Entries recorded from attributes of procedures.
    pub attributes_appended: u64,
    /// Events that were there already.
    pub already_there: u64,
    /// How often each contradiction was named.
    pub contradictions: BTreeMap<Contradiction, u64>,
    /// The log's size after the block, if anything was recorded.
    pub position: Option<u64>,
}

/// How often a block is tried anew when somebody else changed one of its procedures.
const ATTEMPTS: usize = 5;

/// Whether an import records anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportMode {
    /// Record what is new.
    Record,
    /// Only tell what would be recorded.
    DryRun,
}

impl Commands {
    /// Records what is new in a block of procedures, in one transaction: all of it or nothing. An
    /// import that was interrupted records the rest when it is run again.
    ///
    /// Each procedure stands in a block once. A block should have a few thousand events.
    pub async fn import(
        &self,
        items: &[ImportItem],
        mode: ImportMode,
    ) -> Result<Imported, CommandError> {
        for _ in 0..ATTEMPTS {
            match self.attempt_import(items, mode).await {
                Err(CommandError::Append(AppendError::Conflict { .. })) => {}
                result => return result,
            }
        }
        Err(CommandError::Contended)
    }

    async fn attempt_import(
        &self,
        items: &[ImportItem],
        mode: ImportMode,
    ) -> Result<Imported, CommandError> {
        let states = self.states(items).await?;
        let mut imported = Imported::default();
        let mut block = Vec::new();
        for (item, state) in items.iter().zip(states) {
            let calendar = self
                .0
                .calendars
                .resolve(&item.rules.calendars, self.0.clock.now())?;
            let entries = record(&state, &item.claimed, &item.rules, &calendar);
            account(&mut imported, item, &state, &entries);
            if entries.is_empty() {
                continue;
            }
            block.push(Append {
                kind: kind::PROCEDURE,
                id: item.procedure.to_string(),
                after: state.version,
                events: entries.iter().map(Into::into).collect(),
                metadata: by("import"),
            });
        }
        if mode == ImportMode::Record {
            let last = block.last().map(|append| append.events.len() as u64);
            let appended = self.0.store.append_block(block).await?;
            imported.position = appended
                .last()
                .zip(last)
                .map(|(one, count)| one.position + count);
        }
        Ok(imported)
    }

    /// The procedures as they stand, in the order of the items.
    async fn states(&self, items: &[ImportItem]) -> Result<Vec<Procedure>, CommandError> {
        let ids = items
            .iter()
            .map(|item| item.procedure.to_string())
            .collect();
        let mut histories: BTreeMap<ProcedureId, Vec<Entry>> = BTreeMap::new();
        for raw in self.0.store.load_many(kind::PROCEDURE, ids).await? {
            if let Body::Procedure(procedure, entry) = raw.decode()?.body {
                histories.entry(procedure).or_default().push(*entry);
            }
        }
        let state = |item: &ImportItem| {
            histories
                .get(&item.procedure)
                .map(|history| Procedure::of(history))
                .unwrap_or_default()
        };
        Ok(items.iter().map(state).collect())
    }
}

fn account(imported: &mut Imported, item: &ImportItem, before: &Procedure, entries: &[Entry]) {
    imported.procedures_filed += u64::from(before.filing.is_none() && !entries.is_empty());
    let of_events = |stated_as: Statement| stated_as == Statement::Event;
    let new = entries.iter().filter_map(|entry| entry.imported.as_ref());
    let from_events = new.clone().filter(|one| of_events(one.stated_as)).count() as u64;
    let claimed = item
        .claimed
        .claims
        .iter()
        .filter(|claim| of_events(claim.stated_as));
    imported.events_appended += from_events;
    imported.attributes_appended += new.count() as u64 - from_events;
    imported.already_there += claimed.count() as u64 - from_events;
    for contradiction in entries.iter().flat_map(|entry| &entry.contradicts) {
        *imported.contradictions.entry(*contradiction).or_default() += 1;
    }
}
