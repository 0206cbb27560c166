//! Wishes that end a procedure: decide, notify, withdraw, archive; and corrections.

use super::Wished;
use crate::event::{Archived, Corrected, Correction, Decided, Event, Notified, Withdrawn};
use crate::ids::Channel;
use crate::outcome::Outcome;
use crate::rejection::Rejection;

impl Wished<'_> {
    /// A decision may come late: the law obliges to decide expressly even then (COA 202).
    pub(super) fn take_decision(&self, outcome: Outcome) -> Result<Event, Rejection> {
        if self.procedure.decision.is_some() {
            return Err(Rejection::AlreadyDecided);
        }
        Ok(Event::Decided(Decided { outcome }))
    }

    /// The decision binds, and the term ends, with its notification (COA 164, 207).
    pub(super) fn notify(&self, channel: Option<&Channel>) -> Result<Event, Rejection> {
        if self.procedure.decision.is_none() {
            return Err(Rejection::NotDecided);
        }
        self.must_be_open()?;
        Ok(Event::Notified(Notified {
            channel: channel.cloned(),
        }))
    }

    pub(super) fn withdraw(&self) -> Result<Event, Rejection> {
        if self.procedure.decision.is_some() {
            return Err(Rejection::AlreadyDecided);
        }
        Ok(Event::Withdrawn(Withdrawn {}))
    }

    /// Only what was notified or withdrawn can be put away: closing is no way to end a term.
    pub(super) fn archive(&self) -> Result<Event, Rejection> {
        if let Some(on) = self.procedure.archived_on {
            return Err(Rejection::AlreadyEnded { on });
        }
        if self.procedure.notified_on.is_none() && self.procedure.withdrawn_on.is_none() {
            return Err(Rejection::NotDecided);
        }
        Ok(Event::Archived(Archived {}))
    }

    pub(super) fn correct(&self, sequence: u32, instead: &Correction) -> Result<Event, Rejection> {
        if sequence == 0 || u64::from(sequence) > self.procedure.version {
            return Err(Rejection::NoSuchEntry { sequence });
        }
        Ok(Event::Corrected(Corrected {
            sequence,
            instead: instead.clone(),
        }))
    }
}
