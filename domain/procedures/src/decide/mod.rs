//! Whether a wish is granted: history and rules in, events or a rejection out. Pure.

mod clock;
mod ending;
mod filing;
mod progress;

use chasqui_deadlines::Calendar;

use crate::catalogue::TypeVersion;
use crate::command::{Command, Wish};
use crate::event::{Entry, Event};
use crate::moment::Moment;
use crate::procedure::{Filing, Procedure};
use crate::rejection::Rejection;

/// What a decision needs to know beside the history.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// Now, as the municipality's clocks show it.
    pub now: Moment,
    /// The version of the procedure type that governs it.
    pub rules: &'a TypeVersion,
    /// The calendars that count for it, as known now.
    pub calendar: &'a Calendar,
}

/// Decides on a wish. Grants it with the entries to record, or refuses it with the fact that
/// forbids it; a refused wish changes nothing.
pub fn decide(
    procedure: &Procedure,
    command: &Command,
    situation: &Situation<'_>,
) -> Result<Vec<Entry>, Rejection> {
    let occurred = command.occurred.unwrap_or(situation.now);
    if situation.now.is_before(&occurred) {
        return Err(Rejection::InTheFuture);
    }
    let event = if let Wish::File(file) = &command.wish {
        filing::file(procedure, file, occurred, situation)?
    } else {
        let filing = procedure.filing.as_ref().ok_or(Rejection::NotFiled)?;
        let wished = Wished {
            procedure,
            filing,
            occurred,
            situation,
        };
        wished.decide(&command.wish)?
    };
    let entry = Entry {
        occurred,
        event,
        unit: None,
        performer: None,
        imported: None,
        contradicts: Vec::new(),
    };
    Ok(vec![entry])
}

/// A wish about a procedure that was filed.
struct Wished<'a> {
    procedure: &'a Procedure,
    filing: &'a Filing,
    occurred: Moment,
    situation: &'a Situation<'a>,
}

impl Wished<'_> {
    fn decide(&self, wish: &Wish) -> Result<Event, Rejection> {
        if let Wish::Correct { sequence, instead } = wish {
            return self.correct(*sequence, instead);
        }
        let filed_on = self.filing.filed_on;
        if self.occurred.on() < filed_on {
            return Err(Rejection::BeforeFiling { filed_on });
        }
        // A decision is still notified, and a file still closed, after the procedure has ended.
        if !matches!(wish, Wish::Archive | Wish::Notify { .. }) {
            self.must_be_open()?;
        }
        match wish {
            Wish::Archive => self.archive(),
            Wish::Notify { channel } => self.notify(channel.as_ref()),
            Wish::Admit => self.admit(),
            Wish::Assign { to } => self.assign(to),
            Wish::StartStep { step } => Ok(self.start_step(step)),
            Wish::CompleteStep { step } => Ok(self.complete_step(step)),
            Wish::RequestRectification {
                items,
                granted_business_days,
            } => self.request_rectification(items, *granted_business_days),
            Wish::AnswerRectification => self.answer_rectification(),
            Wish::Suspend { cause } => self.suspend(*cause),
            Wish::Resume { cause } => self.resume(*cause),
            Wish::Extend { days } => self.extend(*days),
            Wish::Transfer { to } => self.transfer(to),
            Wish::Decide { outcome } => self.take_decision(*outcome),
            Wish::Withdraw => self.withdraw(),
            Wish::File(_) | Wish::Correct { .. } => Err(Rejection::AlreadyFiled),
        }
    }

    fn must_be_open(&self) -> Result<(), Rejection> {
        let ended = [
            self.procedure.notified_on,
            self.procedure.withdrawn_on,
            self.procedure.archived_on,
        ];
        match ended.into_iter().flatten().min() {
            Some(on) => Err(Rejection::AlreadyEnded { on }),
            None => Ok(()),
        }
    }
}
