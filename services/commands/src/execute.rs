//! The way of every command on one procedure: load, decide, append; again if somebody was quicker.

use chasqui_procedures::aggregate::ProcedureAggregate;
use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::decide::{Situation, decide};
use chasqui_procedures::event::Entry;
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::recorded::{Body, kind};
use chasqui_procedures::rejection::Rejection;
use chasqui_store::{Append, AppendError};
use cqrs_es::Aggregate;
use jiff::Timestamp;

use crate::commands::Commands;
use crate::error::CommandError;

/// How often a procedure is loaded and decided on again because it changed meanwhile.
const RELOADS: usize = 3;

/// What a command did. It is durable.
#[derive(Clone, Debug)]
pub struct Done {
    /// The procedure.
    pub procedure: ProcedureId,
    /// Its version from now on.
    pub version: u64,
    /// The log's position of its last entry.
    pub position: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The entries that were added.
    pub entries: Vec<Entry>,
}

impl Commands {
    /// Carries out a command on a procedure. It runs to its end, also when the caller hangs up.
    pub async fn execute(
        &self,
        procedure: ProcedureId,
        command: Command,
    ) -> Result<Done, CommandError> {
        let room = self.admit()?;
        let commands = self.clone();
        let carry_out = async move {
            let _room = room;
            commands.attempt(procedure, &command).await
        };
        tokio::spawn(carry_out)
            .await
            .map_err(|_| CommandError::Interrupted)?
    }

    async fn attempt(
        &self,
        procedure: ProcedureId,
        command: &Command,
    ) -> Result<Done, CommandError> {
        if let Wish::Transfer { to } | Wish::Assign { to } = &command.wish {
            self.is_unit(to).await?;
        }
        let hot = &self.0.hot;
        // Two commands on one procedure are decided one after the other; those of other processes meet
        // in the store.
        let slot = hot.slot(procedure);
        let mut place = slot.aggregate.lock().await;
        let mut is_stale = place.is_some();
        let mut reloads = 0;
        loop {
            let mut aggregate = match place.take() {
                Some(aggregate) => aggregate,
                None => self.load(procedure).await?,
            };
            let entries = match self.decide(&aggregate, command).await {
                Ok(entries) => entries,
                // What is refused on what was kept may be right on what has been added since.
                Err(_) if is_stale => {
                    is_stale = false;
                    continue;
                }
                Err(error) => {
                    if aggregate.history.is_empty() {
                        hot.forget(procedure);
                    } else {
                        hot.keep(&slot, aggregate.history.len());
                        *place = Some(aggregate);
                    }
                    return Err(error);
                }
            };
            is_stale = false;
            match self
                .append(procedure, aggregate.state.version, entries)
                .await
            {
                Ok(done) => {
                    done.entries
                        .iter()
                        .for_each(|entry| aggregate.apply(entry.clone()));
                    hot.keep(&slot, aggregate.history.len());
                    *place = Some(aggregate);
                    return Ok(done);
                }
                Err(CommandError::Append(AppendError::Conflict { .. })) if reloads < RELOADS => {
                    reloads += 1;
                }
                Err(CommandError::Append(AppendError::Conflict { .. })) => {
                    return Err(CommandError::Contended);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// Keeps a procedure that is new: more is soon to be done with it.
    pub(crate) async fn remember(&self, done: &Done) {
        let slot = self.0.hot.slot(done.procedure);
        let mut aggregate = ProcedureAggregate::default();
        done.entries
            .iter()
            .for_each(|entry| aggregate.apply(entry.clone()));
        self.0.hot.keep(&slot, aggregate.history.len());
        *slot.aggregate.lock().await = Some(aggregate);
    }

    /// A procedure as the store has it; without a history if it has none.
    async fn load(&self, procedure: ProcedureId) -> Result<ProcedureAggregate, CommandError> {
        let id = procedure.to_string();
        let mut aggregate = ProcedureAggregate::default();
        for record in self.0.store.load(kind::PROCEDURE, id).await? {
            if let Body::Procedure(_, entry) = record.decode()?.body {
                aggregate.apply(*entry);
            }
        }
        Ok(aggregate)
    }

    /// What a command adds to a procedure as it stands.
    async fn decide(
        &self,
        aggregate: &ProcedureAggregate,
        command: &Command,
    ) -> Result<Vec<Entry>, CommandError> {
        let ProcedureAggregate { state, history } = aggregate;
        let filing = state.filing.as_ref().ok_or(Rejection::NotFiled)?;
        let rules = self
            .rules_of(&filing.procedure_type, filing.type_version)
            .await?;
        let now = self.0.clock.now();
        let calendar = self.0.calendars.resolve(&filing.calendars, now)?;
        let situation = Situation {
            now: self.0.clock.moment(),
            rules: &rules,
            calendar: &calendar,
            history,
        };
        Ok(decide(state, command, &situation)?)
    }

    /// Appends entries to a procedure whose version is known.
    pub(crate) async fn append(
        &self,
        procedure: ProcedureId,
        after: u64,
        entries: Vec<Entry>,
    ) -> Result<Done, CommandError> {
        let append = Append {
            kind: kind::PROCEDURE,
            id: procedure.to_string(),
            after,
            events: entries.iter().map(Into::into).collect(),
            metadata: "{}".to_owned(),
        };
        let appended = self.0.store.append(append).await?;
        Ok(Done {
            procedure,
            version: appended.version,
            position: appended.position + entries.len().saturating_sub(1) as u64,
            recorded_at: appended.recorded_at,
            entries,
        })
    }
}
