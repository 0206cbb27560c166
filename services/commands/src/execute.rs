//! The way of every command on one procedure: load, decide, append; again if somebody was quicker.

use chasqui_procedures::aggregate::ProcedureAggregate;
use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::decide::{Situation, decide};
use chasqui_procedures::event::Entry;
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::recorded::kind;
use chasqui_procedures::rejection::Rejection;
use chasqui_store::{Append, AppendError};
use cqrs_es::EventStore;
use jiff::Timestamp;

use crate::commands::Commands;
use crate::error::CommandError;
use crate::vault::VaultError;

/// How often a decision is taken anew because the procedure changed while it was taken.
const ATTEMPTS: usize = 3;

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
        // Two people erase a person, and then their key goes: see `Commands::request_erasure`.
        if matches!(command.wish, Wish::ErasePerson { .. }) {
            return Err(VaultError::NotRequested.into());
        }
        self.run(procedure, command).await
    }

    /// Carries out a wish of the vault's own.
    pub(crate) async fn execute_unchecked(
        &self,
        procedure: ProcedureId,
        wish: Wish,
    ) -> Result<Done, CommandError> {
        let occurred = None;
        self.run(procedure, Command { occurred, wish }).await
    }

    /// A procedure as the log has it; one that was never filed is empty.
    pub(crate) async fn load(
        &self,
        procedure: ProcedureId,
    ) -> Result<ProcedureAggregate, CommandError> {
        let context = self
            .0
            .procedures
            .load_aggregate(&procedure.to_string())
            .await
            .map_err(|error| CommandError::Load(error.into()))?;
        Ok(context.aggregate)
    }

    async fn run(&self, procedure: ProcedureId, command: Command) -> Result<Done, CommandError> {
        let commands = self.clone();
        tokio::spawn(async move { commands.attempt(procedure, &command).await })
            .await
            .map_err(|_| CommandError::Interrupted)?
    }

    async fn attempt(
        &self,
        procedure: ProcedureId,
        command: &Command,
    ) -> Result<Done, CommandError> {
        if let Wish::Transfer { to } | Wish::Assign { to } = &command.wish {
            self.known_unit(to).await?;
        }
        for _ in 0..ATTEMPTS {
            let ProcedureAggregate { state, history } = self.load(procedure).await?;
            let filing = state.filing.as_ref().ok_or(Rejection::NotFiled)?;
            let rules = self
                .type_version(&filing.procedure_type, filing.type_version)
                .await?;
            let now = self.0.clock.now();
            let calendar = self.0.calendars.resolve(&filing.calendars, now)?;
            let situation = Situation {
                now: self.0.clock.moment(),
                rules: &rules,
                calendar: &calendar,
                history: &history,
            };
            let entries = decide(&state, command, &situation)?;
            match self.append(procedure, state.version, entries).await {
                Err(CommandError::Append(AppendError::Conflict { .. })) => {}
                result => return result,
            }
        }
        Err(CommandError::Contended)
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
