//! Wishes that stop, restart or lengthen the term.

use chasqui_deadlines::{DeadlineError, Suspension, SuspensionCause};

use super::Wished;
use crate::due;
use crate::event::{
    Due, DueBasis, Entry, Event, RectificationAnswered, RectificationItem, RectificationRequested,
    TermExtended, TermResumed, TermSuspended,
};
use crate::rejection::Rejection;

impl Wished<'_> {
    /// Asks the applicant to complete something (subsanación, COA 140): one request at a time.
    pub(super) fn request_rectification(
        &self,
        items: &[RectificationItem],
        granted_business_days: Option<u16>,
    ) -> Result<Event, Rejection> {
        if self
            .procedure
            .is_suspended_for(SuspensionCause::Rectification)
        {
            return Err(Rejection::RectificationAlreadyOpen);
        }
        self.must_be_undecided()?;
        let days = self.situation.rules.policies.rectification_business_days;
        let granted = granted_business_days.unwrap_or(days);
        self.must_be_running()?;
        self.with_due(|due| {
            Event::RectificationRequested(RectificationRequested {
                items: items.to_vec(),
                granted_business_days: Some(granted),
                due,
            })
        })
    }

    pub(super) fn answer_rectification(&self) -> Result<Event, Rejection> {
        if !self.was_suspended_for(SuspensionCause::Rectification) {
            return Err(Rejection::NoRectificationOpen);
        }
        self.with_due(|due| Event::RectificationAnswered(RectificationAnswered { due }))
    }

    /// Suspends the term for one of the causes of COA 162. Waiting in a queue is none of them.
    pub(super) fn suspend(&self, cause: SuspensionCause) -> Result<Event, Rejection> {
        if self.procedure.is_suspended_for(cause) {
            return Err(Rejection::AlreadySuspended { cause });
        }
        // For the applicant the term rests for the granted days at most (COA 140, 162.1), by whichever
        // door the officer comes in.
        if cause == SuspensionCause::Rectification {
            return self.request_rectification(&[], None);
        }
        self.must_be_undecided()?;
        self.must_be_running()?;
        self.with_due(|due| Event::TermSuspended(TermSuspended { cause, due }))
    }

    pub(super) fn resume(&self, cause: SuspensionCause) -> Result<Event, Rejection> {
        if !self.was_suspended_for(cause) {
            return Err(Rejection::NotSuspended { cause });
        }
        self.with_due(|due| Event::TermResumed(TermResumed { cause, due }))
    }

    /// Extends the term (ampliación, COA 161): by half at most, and before it expires.
    pub(super) fn extend(&self, days: u16) -> Result<Event, Rejection> {
        self.must_be_undecided()?;
        self.must_have_term()?;
        self.with_due(|due| {
            Event::TermExtended(TermExtended {
                days: Some(days),
                due,
            })
        })
    }

    /// Whether the term rested for a cause on the day in question: nothing ends before it began.
    fn was_suspended_for(&self, cause: SuspensionCause) -> bool {
        let on = self.occurred.on();
        let open = |one: &&Suspension| one.cause == cause && one.to.is_none();
        self.procedure
            .ledger
            .suspensions
            .iter()
            .rfind(open)
            .is_some_and(|one| one.from <= on)
    }

    /// An expired term is not suspended any more: what ran out cannot be stopped. Asked of the
    /// calendar as known now, and of the history as corrected, like every other date.
    fn must_be_running(&self) -> Result<(), Rejection> {
        self.must_have_term()?;
        let on = self.occurred.on();
        let stated = self
            .procedure
            .due
            .as_ref()
            .filter(|due| due.basis == DueBasis::Stated);
        let due_on = match stated {
            Some(due) => due.on,
            None => due::deadline(
                self.procedure,
                self.situation.rules,
                self.situation.calendar,
            )?
            .and_then(|deadline| deadline.due_on),
        };
        match due_on.filter(|due_on| *due_on < on) {
            Some(due_on) => Err(DeadlineError::TermAlreadyExpired { due_on, on }.into()),
            None => Ok(()),
        }
    }

    fn must_have_term(&self) -> Result<(), Rejection> {
        self.situation
            .rules
            .term
            .map(|_| ())
            .ok_or(Rejection::NoTerm)
    }

    fn must_be_undecided(&self) -> Result<(), Rejection> {
        if self.procedure.decision.is_some() {
            Err(Rejection::AlreadyDecided)
        } else {
            Ok(())
        }
    }

    /// The event with the due date that it leaves. The arithmetic refuses what the law forbids.
    pub(super) fn with_due(
        &self,
        event: impl Fn(Option<Due>) -> Event,
    ) -> Result<Event, Rejection> {
        let entry = Entry {
            occurred: self.occurred,
            event: event(None),
            unit: None,
            performer: None,
            imported: None,
            contradicts: Vec::new(),
        };
        let (rules, calendar) = (self.situation.rules, self.situation.calendar);
        Ok(event(due::after(self.procedure, &entry, rules, calendar)?))
    }
}
