//! Wishes about the parts that other units do.

use super::Wished;
use crate::event::Event;
use crate::ids::UnitId;
use crate::rejection::Rejection;
use crate::subprocedure::{
    MOST_SUBPROCEDURES, SubprocedureAnswered, SubprocedureCancelled, SubprocedureOpened,
    SubprocedureResult,
};
use crate::text::Label;

impl Wished<'_> {
    /// What was decided needs no more parts; and a unit asks itself for nothing.
    pub(super) fn open_subprocedure(
        &self,
        unit: &UnitId,
        name: &Label,
    ) -> Result<Event, Rejection> {
        if self.procedure.decision.is_some() {
            return Err(Rejection::AlreadyDecided);
        }
        if self.procedure.unit.as_ref() == Some(unit) {
            return Err(Rejection::AlreadyThere);
        }
        let number = self.procedure.subprocedures.next_number();
        if number > MOST_SUBPROCEDURES {
            let most = MOST_SUBPROCEDURES;
            return Err(Rejection::TooManySubprocedures { most });
        }
        Ok(Event::SubprocedureOpened(SubprocedureOpened {
            number,
            unit: unit.clone(),
            name: name.clone(),
        }))
    }

    pub(super) fn answer_subprocedure(
        &self,
        number: u16,
        result: SubprocedureResult,
    ) -> Result<Event, Rejection> {
        self.must_be_open_part(number)?;
        let answered = SubprocedureAnswered { number, result };
        Ok(Event::SubprocedureAnswered(answered))
    }

    pub(super) fn cancel_subprocedure(&self, number: u16) -> Result<Event, Rejection> {
        self.must_be_open_part(number)?;
        Ok(Event::SubprocedureCancelled(SubprocedureCancelled {
            number,
        }))
    }

    fn must_be_open_part(&self, number: u16) -> Result<(), Rejection> {
        let part = self.procedure.subprocedures.get(number);
        let part = part.ok_or(Rejection::NoSuchSubprocedure { number })?;
        if let Some(on) = part.ended_on {
            return Err(Rejection::SubprocedureEnded { number, on });
        }
        let opened_on = part.opened_on;
        if self.occurred.on() < opened_on {
            return Err(Rejection::BeforeSubprocedure { number, opened_on });
        }
        Ok(())
    }
}
