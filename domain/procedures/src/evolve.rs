//! What follows from each event for the procedure's state. Never fails, never decides.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chasqui_deadlines::{Extension, Ledger, Suspension, SuspensionCause};
use jiff::civil::Date;

use crate::contradiction::Contradiction;
use crate::event::{Correction, Entry, Event, Filed, SilenceAccrued, Statement};
use crate::procedure::{Decision, Filing, Procedure, Silence};

impl Procedure {
    /// The state that a whole history leaves, corrections included.
    #[must_use]
    pub fn of(history: &[Entry]) -> Self {
        let mut procedure = Self::default();
        for (stored, entry) in history.iter().zip(right(history)) {
            match entry {
                Some(entry) => procedure.evolve(&entry),
                // It was recorded all the same: a source that hands it in again adds nothing.
                None => procedure.record(stored),
            }
        }
        procedure
    }

    /// The entries of a history as they are right: corrected ones mended, those that did not happen and
    /// the corrections themselves left out.
    pub fn effective(history: &[Entry]) -> impl Iterator<Item = Cow<'_, Entry>> {
        right(history)
            .flatten()
            .filter(|entry| !Self::needs_history(entry))
    }

    /// Whether an entry changes what earlier ones say, so that the state must be made anew with
    /// [`Procedure::of`].
    #[must_use]
    pub fn needs_history(entry: &Entry) -> bool {
        matches!(entry.event, Event::Corrected(_))
    }

    /// Takes one more entry in.
    pub fn evolve(&mut self, entry: &Entry) {
        self.record(entry);
        self.contradictions += u32::from(!entry.contradicts.is_empty());
        let of_an_event = entry
            .imported
            .as_ref()
            .is_none_or(|one| one.stated_as == Statement::Event);
        if of_an_event && entry.event.is_movement() {
            let on = entry.occurred.on();
            let (first, last) = self.span.unwrap_or((on, on));
            self.span = Some((first.min(on), last.max(on)));
        }
        if !entry
            .contradicts
            .iter()
            .copied()
            .any(Contradiction::voids_effect)
        {
            self.take_effect(entry);
        }
    }

    /// That there is one more entry, whatever it says.
    fn record(&mut self, entry: &Entry) {
        self.version += 1;
        self.imported
            .extend(entry.imported.as_ref().map(|imported| imported.key));
        if let Event::SubprocedureOpened(opened) = &entry.event {
            self.subprocedures.number(opened);
        }
    }

    fn take_effect(&mut self, entry: &Entry) {
        let on = entry.occurred.on();
        match &entry.event {
            Event::Filed(filed) => self.begin(entry, filed),
            Event::Admitted(_) => {
                self.admitted = true;
                self.taken_up = true;
            }
            Event::Assigned(_) | Event::StepStarted(_) | Event::StepCompleted(_) => {
                self.taken_up = true;
            }
            Event::RectificationRequested(asked) => {
                let mut suspension = Suspension::open(SuspensionCause::Rectification, on);
                suspension.grant_business_days = asked.granted_business_days;
                self.ledger.suspensions.push(suspension);
                self.taken_up = true;
            }
            Event::RectificationAnswered(_) => self.resume(SuspensionCause::Rectification, entry),
            Event::TermSuspended(suspended) => {
                self.ledger
                    .suspensions
                    .push(Suspension::open(suspended.cause, on));
                self.taken_up = true;
            }
            Event::TermResumed(resumed) => self.resume(resumed.cause, entry),
            Event::TermExtended(extended) => {
                if let Some(days) = extended.days {
                    self.ledger.extensions.push(Extension::new(days, on));
                }
            }
            Event::Transferred(transferred) => {
                self.unit = Some(transferred.to.clone());
                self.unit_since = Some(on);
            }
            Event::SubprocedureOpened(opened) => {
                self.subprocedures.begin(opened, on);
                self.taken_up = true;
            }
            Event::SubprocedureAnswered(answered) => {
                let result = Some(answered.result);
                self.subprocedures.end(answered.number, on, result);
            }
            Event::SubprocedureCancelled(cancelled) => {
                self.subprocedures.end(cancelled.number, on, None);
            }
            Event::Decided(decided) => {
                self.decision = Some(Decision {
                    outcome: decided.outcome,
                    on,
                });
                self.taken_up = true;
            }
            Event::Notified(_) => self.notified_on = self.notified_on.or(Some(on)),
            Event::Withdrawn(_) => self.withdrawn_on = Some(on),
            Event::Archived(_) => self.archived_on = Some(on),
            Event::SilenceAccrued(accrued) => {
                let SilenceAccrued { effect, .. } = *accrued;
                self.silence = Some(Silence { effect, from: on });
            }
            Event::Reopened(_) => self.reopen(on),
            Event::CodeReplaced(replaced) => {
                if let Some(filing) = &mut self.filing {
                    filing.code = replaced.code;
                }
            }
            Event::PersonErased(_) => self.person_erased_on = Some(on),
            Event::DeadlineRecomputed(_) | Event::Corrected(_) | Event::Appealed(_) => {}
        }
        // A source's own due date stays; what is computed here follows each event that moves it.
        if let Some(due) = entry.event.due() {
            self.due = Some(due);
        }
    }

    fn begin(&mut self, entry: &Entry, filed: &Filed) {
        self.unit = Some(filed.unit.clone());
        self.unit_since = Some(entry.occurred.on());
        self.filing = Some(Filing {
            procedure_type: filed.procedure_type.clone(),
            type_version: filed.type_version,
            channel: filed.channel.clone(),
            applicant_kind: filed.applicant_kind.clone(),
            calendars: filed.calendars.clone(),
            filed_on: filed.filed_on,
            filed_at: entry.occurred,
            clock_stops_at: filed.clock_stops_at,
            code: filed.code,
            subject: filed.subject,
            imported: entry.imported.is_some(),
            reopened_on: None,
        });
    }

    /// What ended it no longer stands, and what stopped its old term says nothing of the new one.
    fn reopen(&mut self, on: Date) {
        (self.decision, self.silence) = (None, None);
        (self.notified_on, self.withdrawn_on, self.archived_on) = (None, None, None);
        self.ledger = Ledger::default();
        if let Some(filing) = &mut self.filing {
            filing.reopened_on = Some(on);
        }
    }

    fn resume(&mut self, cause: SuspensionCause, entry: &Entry) {
        let open = self.ledger.suspensions.iter_mut().rev();
        if let Some(suspension) = open
            .into_iter()
            .find(|one| one.cause == cause && one.to.is_none())
        {
            // A source may state an end before the beginning; the suspension then lasted no day.
            suspension.to = Some(entry.occurred.on().max(suspension.from));
        }
    }
}

/// Each entry as it is right; none for one that did not happen.
fn right(history: &[Entry]) -> impl Iterator<Item = Option<Cow<'_, Entry>>> {
    let corrections = corrections(history);
    history
        .iter()
        .enumerate()
        .map(move |(index, entry)| match corrections.get(&(index + 1)) {
            None => Some(Cow::Borrowed(entry)),
            Some(Correction::DidNotHappen) => None,
            Some(Correction::OccurredAt(moment)) => {
                let mut mended = Entry {
                    occurred: *moment,
                    ..entry.clone()
                };
                // A legal day of filing that was simply the day of the entry goes with it.
                if let Event::Filed(filed) = &mut mended.event
                    && filed.filed_on == entry.occurred.on()
                {
                    filed.filed_on = moment.on();
                }
                Some(Cow::Owned(mended))
            }
            Some(Correction::Outcome(outcome)) => {
                let mut entry = entry.clone();
                if let Event::Decided(decided) = &mut entry.event {
                    decided.outcome = *outcome;
                }
                Some(Cow::Owned(entry))
            }
        })
}

/// What is right instead of which entry, by its sequence.
///
/// Read from the end: the last correction of an entry holds, unless it was corrected itself to be none.
/// Only what stands before a correction can be corrected by it.
fn corrections(history: &[Entry]) -> BTreeMap<usize, &Correction> {
    let mut corrections = BTreeMap::new();
    for (index, entry) in history.iter().enumerate().rev() {
        let (own, Event::Corrected(corrected)) = (index + 1, &entry.event) else {
            continue;
        };
        let sequence = corrected.sequence as usize;
        let holds = corrections.get(&own) != Some(&&Correction::DidNotHappen);
        if holds && sequence < own {
            corrections.entry(sequence).or_insert(&corrected.instead);
        }
    }
    corrections
}
