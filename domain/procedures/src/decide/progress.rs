//! Wishes that move the work on: admit, assign, steps, transfer.

use super::Wished;
use crate::event::{Admitted, Assigned, Event, StepCompleted, StepStarted, Transferred};
use crate::ids::UnitId;
use crate::rejection::Rejection;
use crate::text::Label;

impl Wished<'_> {
    pub(super) fn admit(&self) -> Result<Event, Rejection> {
        if self.procedure.admitted {
            return Err(Rejection::AlreadyAdmitted);
        }
        Ok(Event::Admitted(Admitted {}))
    }

    pub(super) fn assign(&self, to: &UnitId) -> Result<Event, Rejection> {
        Ok(Event::Assigned(Assigned { to: to.clone() }))
    }

    pub(super) fn start_step(&self, step: &Label) -> Event {
        Event::StepStarted(StepStarted { step: step.clone() })
    }

    pub(super) fn complete_step(&self, step: &Label) -> Event {
        Event::StepCompleted(StepCompleted { step: step.clone() })
    }

    /// A transfer (derivación) never stops the term: the citizen owes nothing for the municipality's
    /// own division of labour.
    pub(super) fn transfer(&self, to: &UnitId) -> Result<Event, Rejection> {
        if self.procedure.unit.as_ref() == Some(to) {
            return Err(Rejection::AlreadyThere);
        }
        Ok(Event::Transferred(Transferred { to: to.clone() }))
    }
}
