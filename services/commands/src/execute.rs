//! The way of every command on one procedure: load, authorise, decide, append; again if somebody was
//! quicker.

use chasqui_procedures::Procedure;
use chasqui_procedures::aggregate::ProcedureAggregate;
use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::decide::{Situation, decide};
use chasqui_procedures::event::Entry;
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::recorded::{Body, kind};
use chasqui_procedures::rejection::Rejection;
use chasqui_store::{Append, AppendError};
use cqrs_es::Aggregate;

use crate::authorise::{Actor, Refusal, Verb, authorise};
use crate::commands::Commands;
use crate::done::Done;
use crate::error::CommandError;
use crate::order::Order;
use crate::vault::VaultError;

/// How often a procedure is loaded and decided on again because it changed meanwhile.
const RELOADS: usize = 3;

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
        let room = self.admit()?;
        let commands = self.clone();
        tokio::spawn(async move {
            let _room = room;
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
        let hot = &self.0.hot;
        // Two commands on one procedure are decided one after the other; those of other processes meet
        // in the store.
        let slot = hot.slot(procedure);
        let mut place = slot.aggregate.lock().await;
        let mut may_be_stale = place.is_some();
        let mut reloads = 0;
        loop {
            let mut aggregate = match place.take() {
                Some(aggregate) => aggregate,
                None => self.load(procedure).await?,
            };
            let decided = self.decide(order, procedure, &aggregate, command).await;
            let entries = match decided {
                Ok(entries) => entries,
                // What is refused on what was kept may be right on what has been added since.
                Err(_) if may_be_stale => {
                    may_be_stale = false;
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
            may_be_stale = false;
            let version = aggregate.state.version;
            match self.append(order, procedure, version, &entries).await {
                Ok(done) => {
                    entries.into_iter().for_each(|entry| aggregate.apply(entry));
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
                // What is at hand is forgotten: whether it still holds is not known.
                Err(error) => return Err(error),
            }
        }
    }

    /// Keeps a procedure that is new: more is soon to be done with it.
    pub(crate) async fn remember(&self, procedure: ProcedureId, entries: Vec<Entry>) {
        let slot = self.0.hot.slot(procedure);
        let mut aggregate = ProcedureAggregate::default();
        entries.into_iter().for_each(|entry| aggregate.apply(entry));
        self.0.hot.keep(&slot, aggregate.history.len());
        *slot.aggregate.lock().await = Some(aggregate);
    }

    /// A procedure with its history, as the event database has it; without a history if it has none.
    pub(crate) async fn load(
        &self,
        procedure: ProcedureId,
    ) -> Result<ProcedureAggregate, CommandError> {
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
        order: &Order,
        procedure: ProcedureId,
        aggregate: &ProcedureAggregate,
        command: &Command,
    ) -> Result<Vec<Entry>, CommandError> {
        let ProcedureAggregate { state, history } = aggregate;
        let filing = state.filing.as_ref().ok_or(Rejection::NotFiled)?;
        may(&order.actor, state, &command.wish)?;
        if let Some(seen) = order.seen.filter(|seen| *seen != state.version) {
            return Err(self.changed(procedure, seen, state.version).await?);
        }
        if let Wish::Transfer { to: unit }
        | Wish::Assign { to: unit }
        | Wish::OpenSubprocedure { unit, .. } = &command.wish
        {
            self.is_unit(unit).await?;
        }
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
        entries: &[Entry],
    ) -> Result<Done, CommandError> {
        let append = Append {
            kind: kind::PROCEDURE,
            id: procedure.to_string(),
            after,
            events: entries.iter().map(Into::into).collect(),
            metadata: order.metadata(),
        };
        let mut done = Done::to_be(procedure, after, entries);
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
