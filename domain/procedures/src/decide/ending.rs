//! Wishes that end a procedure: decide, notify, withdraw, archive; and corrections.

use chasqui_deadlines::SuspensionCause;
use jiff::ToSpan;

use super::Wished;
use crate::due;
use crate::event::{
    Appealed, Archived, Corrected, Correction, CorrectionReason, Decided, Due, DueBasis, Entry,
    Event, Notified, ReopenCause, Reopened, Withdrawn,
};
use crate::ids::Channel;
use crate::moment::Moment;
use crate::outcome::Outcome;
use crate::procedure::Procedure;
use crate::rejection::Rejection;

impl Wished<'_> {
    /// A decision may come late: the law obliges to decide expressly even then (COA 202).
    pub(super) fn take_decision(&self, outcome: Outcome) -> Result<Event, Rejection> {
        if self.procedure.decision.is_some() {
            return Err(Rejection::AlreadyDecided);
        }
        if outcome == Outcome::Abandoned {
            self.must_be_abandoned()?;
        }
        Ok(Event::Decided(Decided { outcome }))
    }

    /// Abandonment (COA 212): two months in which the applicant left a request unanswered.
    fn must_be_abandoned(&self) -> Result<(), Rejection> {
        let suspensions = self.procedure.ledger.suspensions.iter();
        let asked_on = suspensions
            .filter(|one| one.cause == SuspensionCause::Rectification && one.to.is_none())
            .map(|one| one.from)
            .min();
        let asked_on = asked_on.ok_or(Rejection::NoRectificationOpen)?;
        let from = asked_on.saturating_add(2.months());
        if self.occurred.on() < from {
            return Err(Rejection::NotYetAbandoned { from });
        }
        Ok(())
    }

    /// The decision binds, and the term ends, with its notification (COA 164, 207).
    pub(super) fn notify(&self, channel: Option<&Channel>) -> Result<Event, Rejection> {
        // A notification dated before its decision would make a late answer punctual.
        let on = self.occurred.on();
        if self
            .procedure
            .decision
            .is_none_or(|decision| on < decision.on)
        {
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
        let ends = [self.procedure.notified_on, self.procedure.withdrawn_on];
        if !ends
            .into_iter()
            .flatten()
            .any(|end| end <= self.occurred.on())
        {
            return Err(Rejection::NotDecided);
        }
        Ok(Event::Archived(Archived {}))
    }

    /// An appeal is against a decision that was notified (COA 219).
    pub(super) fn appeal(&self) -> Result<Event, Rejection> {
        let on = self.occurred.on();
        let notified_on = self.procedure.notified_on;
        if notified_on.is_none_or(|notified_on| on < notified_on) {
            return Err(Rejection::NotNotified);
        }
        Ok(Event::Appealed(Appealed {}))
    }

    /// The term begins anew on the day of reopening: whoever has to decide again has it whole.
    pub(super) fn reopen(&self, cause: ReopenCause) -> Result<Event, Rejection> {
        let on = self.occurred.on();
        let procedure = self.procedure;
        let ends = [
            procedure.notified_on,
            procedure.withdrawn_on,
            procedure.archived_on,
        ];
        if ends.into_iter().flatten().max().is_none_or(|end| on < end) {
            return Err(Rejection::NotEnded);
        }
        self.with_due(|due| Event::Reopened(Reopened { cause, due }))
    }

    pub(super) fn correct(
        &self,
        sequence: u32,
        instead: &Correction,
        reason: CorrectionReason,
    ) -> Result<Event, Rejection> {
        if sequence == 0 || u64::from(sequence) > self.procedure.version {
            return Err(Rejection::NoSuchEntry { sequence });
        }
        let instead = match instead {
            Correction::DidNotHappen if sequence == 1 => return Err(Rejection::FilingStands),
            Correction::DidNotHappen if self.is_erasure(sequence) => {
                return Err(Rejection::ErasureStands { sequence });
            }
            Correction::OccurredAt(moment) => {
                let moment = moment.seen_from(self.situation.calendar.zone());
                self.may_occur(moment, sequence)?;
                Correction::OccurredAt(moment)
            }
            Correction::Outcome(_) if !self.is_decision(sequence) => {
                return Err(Rejection::NoDecision { sequence });
            }
            Correction::DidNotHappen | Correction::Outcome(_) => instead.clone(),
        };
        self.corrected(Corrected {
            sequence,
            instead,
            reason,
            due: None,
        })
    }

    /// The correction with the due date that the history has once it is right. What would then be
    /// forbidden, such as a later extension, forbids the correction: it has to be corrected first.
    fn corrected(&self, corrected: Corrected) -> Result<Event, Rejection> {
        let entry = Entry {
            occurred: self.occurred,
            event: Event::Corrected(corrected.clone()),
            unit: None,
            performer: None,
            imported: None,
            contradicts: Vec::new(),
        };
        let history = [self.situation.history, std::slice::from_ref(&entry)].concat();
        let right = Procedure::of(&history);
        let stated = right.due.as_ref().map(|due| &due.basis) == Some(&DueBasis::Stated);
        let (rules, calendar) = (self.situation.rules, self.situation.calendar);
        let due = due::deadline(&right, rules, calendar)?.filter(|_| !stated);
        let due = due.map(|deadline| Due {
            on: deadline.due_on,
            base_on: deadline.base_due_on,
            basis: DueBasis::Computed(calendar.version().clone()),
        });
        Ok(Event::Corrected(Corrected { due, ..corrected }))
    }

    fn is_decision(&self, sequence: u32) -> bool {
        let entry = self.situation.history.get(sequence as usize - 1);
        entry.is_some_and(|entry| matches!(entry.event, Event::Decided(_)))
    }

    fn is_erasure(&self, sequence: u32) -> bool {
        let entry = self.situation.history.get(sequence as usize - 1);
        entry.is_some_and(|entry| matches!(entry.event, Event::PersonErased(_)))
    }

    /// Only the filing itself can be moved before the filing.
    fn may_occur(&self, moment: Moment, sequence: u32) -> Result<(), Rejection> {
        let filed_on = self.filing.filed_on;
        if self.situation.now.is_before(&moment) {
            return Err(Rejection::InTheFuture);
        }
        if sequence > 1 && moment.on() < filed_on {
            return Err(Rejection::BeforeFiling { filed_on });
        }
        Ok(())
    }
}
