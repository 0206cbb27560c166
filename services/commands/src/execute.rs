//! The way of every command on one procedure: load, authorise, decide, append; again if somebody was
//! quicker.

use chasqui_procedures::Procedure;
use chasqui_procedures::aggregate::ProcedureAggregate;
use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::decide::{Situation, decide};
use chasqui_procedures::event::Entry;
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::recorded::kind;
use chasqui_procedures::rejection::Rejection;
use chasqui_store::{Append, AppendError};
use cqrs_es::{AggregateError, EventStore};

use crate::authorise::{Actor, Refusal, Verb, authorise};
use crate::commands::Commands;
use crate::done::Done;
use crate::error::CommandError;
use crate::order::Order;
use crate::vault::VaultError;

/// How often a decision is taken anew because the procedure changed while it was taken.
const ATTEMPTS: usize = 3;

impl Commands {
    /// Carries out a command on a procedure. It runs to its end, also when the caller hangs up.
    pub async fn execute(
        &self,
        order: Order,
        procedure: ProcedureId,
        command: Command,
    ) -> Result<Done, CommandError> {
        // Two people erase a person, and then their key goes: see `Commands::request_erasure`.
        if matches!(command.wish, Wish::ErasePerson { .. }) {
            return Err(VaultError::NotRequested.into());
        }
        self.run(order, procedure, command).await
    }

    /// Carries out a wish of the vault's own.
    pub(crate) async fn execute_unchecked(
        &self,
        actor: Actor,
        procedure: ProcedureId,
        wish: Wish,
    ) -> Result<Done, CommandError> {
        let occurred = None;
        let command = Command { occurred, wish };
        self.run(Order::by(actor), procedure, command).await
    }

    async fn run(
        &self,
        order: Order,
        procedure: ProcedureId,
        command: Command,
    ) -> Result<Done, CommandError> {
        let commands = self.clone();
        tokio::spawn(async move {
            let attempt = commands.attempt(&order, procedure, &command);
            commands.at_most_once(&order, attempt).await
        })
        .await
        .map_err(|_| CommandError::Interrupted)?
    }

    async fn attempt(
        &self,
        order: &Order,
        procedure: ProcedureId,
        command: &Command,
    ) -> Result<Done, CommandError> {
        for _ in 0..ATTEMPTS {
            let ProcedureAggregate { state, history } = self.load(procedure).await?;
            let filing = state.filing.as_ref().ok_or(Rejection::NotFiled)?;
            may(&order.actor, &state, &command.wish)?;
            if let Some(seen) = order.seen.filter(|seen| *seen != state.version) {
                return Err(self.changed(procedure, seen, state.version).await?);
            }
            if let Wish::Transfer { to: unit }
            | Wish::Assign { to: unit }
            | Wish::OpenSubprocedure { unit, .. } = &command.wish
            {
                self.known_unit(unit).await?;
            }
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
            match self.append(order, procedure, state.version, entries).await {
                Err(CommandError::Append(AppendError::Conflict { .. })) => {}
                result => return result,
            }
        }
        Err(CommandError::Contended)
    }

    /// A procedure with its history, as the event database has it.
    pub(crate) async fn load(
        &self,
        procedure: ProcedureId,
    ) -> Result<ProcedureAggregate, CommandError> {
        let id = procedure.to_string();
        match self.0.procedures.load_aggregate(&id).await {
            Ok(context) => Ok(context.aggregate),
            Err(error @ AggregateError::DeserializationError(_)) => {
                // The framework does not know where in the log the event stands.
                for record in self.0.store.load_many(kind::PROCEDURE, vec![id]).await? {
                    record.decode()?;
                }
                Err(CommandError::Load(error.into()))
            }
            Err(error) => Err(CommandError::Load(error.into())),
        }
    }

    async fn changed(
        &self,
        procedure: ProcedureId,
        seen: u64,
        version: u64,
    ) -> Result<CommandError, CommandError> {
        let changes = self.changes_since(&procedure.to_string(), seen).await?;
        Ok(CommandError::Changed {
            seen,
            version,
            changes,
        })
    }

    /// Appends entries to a procedure whose version is known, with the answer if it is given once.
    pub(crate) async fn append(
        &self,
        order: &Order,
        procedure: ProcedureId,
        after: u64,
        entries: Vec<Entry>,
    ) -> Result<Done, CommandError> {
        let append = Append {
            kind: kind::PROCEDURE,
            id: procedure.to_string(),
            after,
            events: entries.iter().map(Into::into).collect(),
            metadata: order.metadata(),
        };
        let mut done = Done::to_be(procedure, after, &entries);
        let appended = match &order.once {
            None => self.0.store.append(append).await?,
            Some(once) => {
                let acknowledgement = once.clone().acknowledge(200, done.to_keep());
                let block = self.0.store.append_once(vec![append], acknowledgement);
                let mut places = block.await?;
                places.pop().ok_or(CommandError::Interrupted)?
            }
        };
        done.position = appended.position + entries.len().saturating_sub(1) as u64;
        done.recorded_at = appended.recorded_at;
        Ok(done)
    }
}

/// The unit that has the procedure acts on it; the unit that does a part answers for that part.
fn may(actor: &Actor, state: &Procedure, wish: &Wish) -> Result<(), Refusal> {
    let verb = Verb::from(wish);
    let has_it = authorise(actor, verb, state.unit.as_ref());
    let Wish::AnswerSubprocedure { number, .. } = wish else {
        return has_it;
    };
    let part = state.subprocedures.get(*number);
    match part.map(|part| authorise(actor, verb, Some(&part.unit))) {
        Some(Ok(())) => Ok(()),
        Some(Err(_)) | None => has_it,
    }
}
