//! Keep time: record what follows for procedures from the calendar and from the passing of days.
//!
//! It is a reconciliation, not a notification: it looks at how things stand and records what is missing.
//! Interrupted, it goes on when it is run again; run twice, it records nothing twice.

use std::collections::BTreeMap;

use chasqui_procedures::Procedure;
use chasqui_procedures::catalogue::TypeVersion;
use chasqui_procedures::clockwork::{CalendarChange, accrue_silence, recompute};
use chasqui_procedures::event::{DueBasis, Entry, Event};
use chasqui_procedures::ids::{ProcedureId, TypeId};
use chasqui_procedures::recorded::{Body, kind};
use chasqui_store::{Append, AppendError};
use jiff::Timestamp;

use crate::commands::Commands;
use crate::error::CommandError;
use crate::order::by;

/// What keeping time recorded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Due dates that moved with the calendar.
    pub moved: u64,
    /// Procedures on which silence accrued.
    pub accrued: u64,
    /// Procedures whose history the arithmetic cannot follow: they keep what was said of them.
    pub unclear: u64,
}

/// How often a block is tried anew when somebody else changed one of its procedures.
const ATTEMPTS: usize = 5;

/// The versions of procedure types that were needed so far.
pub type Rules = BTreeMap<(TypeId, u32), TypeVersion>;

impl Commands {
    /// Records what follows for these procedures, in one transaction. They should be a few thousand at
    /// most. `rules` is kept between calls, to spare loads.
    pub async fn keep_time(
        &self,
        procedures: &[ProcedureId],
        rules: &mut Rules,
    ) -> Result<Kept, CommandError> {
        for _ in 0..ATTEMPTS {
            match self.attempt_to_keep_time(procedures, rules).await {
                Err(CommandError::Append(AppendError::Conflict { .. })) => {}
                result => return result,
            }
        }
        Err(CommandError::Contended)
    }

    /// What follows for one procedure as it stands, without recording it.
    ///
    /// Fails if the arithmetic cannot follow its history.
    pub fn due_entries(
        &self,
        procedure: &Procedure,
        rules: &TypeVersion,
    ) -> Result<Vec<Entry>, CommandError> {
        let mut entries = Vec::new();
        let (Some(filing), Some(due)) = (&procedure.filing, &procedure.due) else {
            return Ok(entries);
        };
        let (now, calendars) = (self.0.clock.now(), &self.0.calendars);
        let new = calendars.resolve(&filing.calendars, now)?;
        let mut state = procedure.clone();
        if let DueBasis::Computed(version) = &due.basis
            && version != new.version()
        {
            let old = calendars.of_version(&filing.calendars, version, now)?;
            let since = old.as_ref().map_or(Timestamp::MIN, |(_, since)| *since);
            let change = CalendarChange {
                old: old.as_ref().map(|(calendar, _)| calendar),
                new: &new,
                decrees: &calendars.decreed(new.ids(), since, now),
            };
            entries.extend(recompute(&state, rules, &change, self.0.clock.moment())?);
        }
        entries.iter().for_each(|entry| state.evolve(entry));
        let today = self.0.clock.moment().on();
        entries.extend(accrue_silence(&state, rules, &new, today)?);
        Ok(entries)
    }

    async fn attempt_to_keep_time(
        &self,
        procedures: &[ProcedureId],
        rules: &mut Rules,
    ) -> Result<Kept, CommandError> {
        let mut kept = Kept::default();
        let mut block = Vec::new();
        for (id, state) in self.current(procedures).await? {
            let Some(filing) = &state.filing else {
                continue;
            };
            let key = (filing.procedure_type.clone(), filing.type_version);
            if !rules.contains_key(&key) {
                let version = self.type_version(&key.0, key.1).await?;
                rules.insert(key.clone(), version);
            }
            let entries = match self.due_entries(&state, &rules[&key]) {
                Ok(entries) => entries,
                Err(CommandError::Calendar(error)) => {
                    kept.unclear += 1;
                    tracing::warn!(procedure = %id, error = %error, "cannot keep its time");
                    continue;
                }
                Err(error) => return Err(error),
            };
            kept.count(&entries);
            if !entries.is_empty() {
                block.push(Append {
                    kind: kind::PROCEDURE,
                    id: id.to_string(),
                    after: state.version,
                    events: entries.iter().map(Into::into).collect(),
                    metadata: by("keeper"),
                });
            }
        }
        if !block.is_empty() {
            self.0.store.append_block(block).await?;
        }
        Ok(kept)
    }

    /// The procedures as the log has them.
    async fn current(
        &self,
        procedures: &[ProcedureId],
    ) -> Result<BTreeMap<ProcedureId, Procedure>, CommandError> {
        let ids = procedures.iter().map(ToString::to_string).collect();
        let mut histories: BTreeMap<ProcedureId, Vec<Entry>> = BTreeMap::new();
        for raw in self.0.store.load_many(kind::PROCEDURE, ids).await? {
            if let Body::Procedure(procedure, entry) = raw.decode()?.body {
                histories.entry(procedure).or_default().push(*entry);
            }
        }
        let states = histories
            .into_iter()
            .map(|(procedure, history)| (procedure, Procedure::of(&history)));
        Ok(states.collect())
    }
}

impl Kept {
    fn count(&mut self, entries: &[Entry]) {
        for entry in entries {
            self.moved += u64::from(matches!(entry.event, Event::DeadlineRecomputed(_)));
            self.accrued += u64::from(matches!(entry.event, Event::SilenceAccrued(_)));
        }
    }
}

impl std::ops::AddAssign for Kept {
    fn add_assign(&mut self, more: Self) {
        self.moved += more.moved;
        self.accrued += more.accrued;
        self.unclear += more.unclear;
    }
}
