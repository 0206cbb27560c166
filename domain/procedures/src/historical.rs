//! Historical mode: what a source claims is recorded as it claims it, with contradictions named.
//!
//! A command may be refused; a claim about the past may not, or the record would be prettier than
//! what happened. Only what cannot be placed at all never gets here. The same record of the same source
//! is taken once, however often it is handed in.

use chasqui_deadlines::{Calendar, SuspensionCause};
use jiff::civil::Date;

use crate::catalogue::TypeVersion;
use crate::contradiction::Contradiction;
use crate::due;
use crate::event::{
    Admitted, Archived, Decided, Due, DueBasis, Entry, Event, Filed, Imported, Notified,
    RectificationAnswered, RectificationRequested, Statement, StepCompleted, StepStarted,
    TermExtended, TermResumed, TermSuspended, Withdrawn,
};
use crate::ids::{ApplicantKind, Channel, PerformerRef, SourceName, UnitId};
use crate::moment::Moment;
use crate::outcome::Outcome;
use crate::procedure::Procedure;
use crate::text::Label;
use crate::tracking_code::CodeLookup;

/// What a source says of one procedure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedProcedure {
    /// The source.
    pub source: SourceName,
    /// The unit that has it.
    pub unit: UnitId,
    /// How it came in.
    pub channel: Option<Channel>,
    /// What kind of applicant filed it.
    pub applicant_kind: Option<ApplicantKind>,
    /// The legal moment of filing, if the source states one apart from its events.
    pub filed: Option<Moment>,
    /// The due date, if the source states one. It then stays: nothing is computed over it.
    pub due_on: Option<Date>,
    /// The keyed hash of its tracking code.
    pub code: Option<CodeLookup>,
    /// The claims, in the source's order.
    pub claims: Vec<Claim>,
}

/// One thing that a source says happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// When.
    pub occurred: Moment,
    /// What.
    pub what: Claimed,
    /// The unit that did it.
    pub unit: Option<UnitId>,
    /// The official who did it, as a pseudonym.
    pub performer: Option<PerformerRef>,
    /// The record's identity within the procedure.
    pub key: u64,
    /// Whether it was stated as an event or as an attribute.
    pub stated_as: Statement,
}

/// See [`Claim::what`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// It was filed.
    Filed,
    /// It was taken up.
    Admitted,
    /// A step began.
    StepStarted(Label),
    /// A step was completed.
    StepCompleted(Label),
    /// The applicant was asked.
    RectificationRequested,
    /// The applicant answered.
    RectificationAnswered,
    /// The term stopped.
    Suspended(SuspensionCause),
    /// It went on.
    Resumed(SuspensionCause),
    /// It was extended.
    Extended,
    /// It was decided.
    Decided(Outcome),
    /// The decision was notified.
    Notified,
    /// The applicant withdrew.
    Withdrawn,
    /// The file was closed.
    Archived,
}

/// The entries that a source's claims add to a procedure's history. Empty if all are there already.
///
/// ```
/// use chasqui_procedures::Procedure;
/// use chasqui_procedures::catalogue::TypeVersion;
/// use chasqui_procedures::contradiction::Contradiction;
/// use chasqui_procedures::historical::{Claim, Claimed, ClaimedProcedure, record};
///
/// # let book = chasqui_deadlines::CalendarBook::ecuador();
/// # let calendar = book.resolve(book.default_calendars(), jiff::Timestamp::MAX)?;
/// # let rules: TypeVersion = serde_json::from_str(
/// #     r#"{"id":"LMU-20","version":1,"name":"Licencia","term":{"amount":10,"unit":"business_days"}}"#,
/// # )?;
/// let claim = |key, occurred: &str, what| {
///     let (unit, performer, stated_as) = (None, None, Default::default());
///     Ok::<_, Box<dyn std::error::Error>>(Claim {
///         occurred: occurred.parse()?, what, unit, performer, key, stated_as
///     })
/// };
/// let claimed = ClaimedProcedure {
///     source: "sitra-2026".parse()?,
///     unit: "az-norte".parse()?,
///     channel: None,
///     applicant_kind: None,
///     filed: None,
///     due_on: None,
///     code: None,
///     claims: vec![claim(1, "2025-09-01", Claimed::Filed)?, claim(2, "2025-09-03", Claimed::Notified)?],
/// };
/// let entries = record(&Procedure::default(), &claimed, &rules, &calendar);
/// // It is recorded as the source claims it, and what it contradicts has a name.
/// assert_eq!(entries[1].contradicts, [Contradiction::NotifiedUndecided]);
/// // Handed in again, it adds nothing.
/// assert_eq!(record(&Procedure::of(&entries), &claimed, &rules, &calendar), []);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn record(
    procedure: &Procedure,
    claimed: &ClaimedProcedure,
    rules: &TypeVersion,
    calendar: &Calendar,
) -> Vec<Entry> {
    let mut recorder = Recorder {
        state: procedure.clone(),
        claimed,
        rules,
        calendar,
        entries: Vec::new(),
    };
    recorder.run();
    recorder.entries
}

struct Recorder<'a> {
    state: Procedure,
    claimed: &'a ClaimedProcedure,
    rules: &'a TypeVersion,
    calendar: &'a Calendar,
    entries: Vec<Entry>,
}

impl Recorder<'_> {
    fn run(&mut self) {
        let claims = &self.claimed.claims;
        let filing = claims.iter().position(|claim| claim.what == Claimed::Filed);
        if self.state.filing.is_none() {
            self.file(filing);
        }
        let mut previous: Option<Moment> = None;
        for (place, claim) in claims.iter().enumerate() {
            let out_of_order = previous.is_some_and(|previous| claim.occurred.is_before(&previous));
            previous = Some(claim.occurred);
            if self.state.imported.contains(&claim.key) {
                continue;
            }
            let mut contradicts = self.contradictions(claim);
            let named = contradicts.contains(&Contradiction::EndBeforeFiling);
            if self.is_before_filing(claim, place, filing, named) {
                contradicts.push(Contradiction::BeforeFiling);
            }
            if out_of_order {
                contradicts.push(Contradiction::OutOfOrder);
            }
            self.add(claim, contradicts);
        }
    }

    /// A source that states the day of filing is held to that day; of one that does not, its order
    /// counts. An end stated as an attribute has no place in the order, and is judged by its date; so is
    /// one before a stated day, which is named as an end and keeps its effect.
    fn is_before_filing(
        &self,
        claim: &Claim,
        place: usize,
        filing: Option<usize>,
        named_as_end: bool,
    ) -> bool {
        match (claim.stated_as, &self.claimed.filed) {
            (Statement::Attribute, _) => false,
            (Statement::Event, Some(filed)) => !named_as_end && claim.occurred.on() < filed.on(),
            (Statement::Event, None) => filing.is_some_and(|filing| place < filing),
        }
    }

    /// The filing is always a history's first entry, wherever the source lists it. A source that lists
    /// none still tells of a procedure: it is placed at its first event, and that is named.
    fn file(&mut self, stated: Option<usize>) {
        let Some(claim) = stated
            .or(Some(0))
            .and_then(|place| self.claimed.claims.get(place))
        else {
            return;
        };
        let mut contradicts = Vec::new();
        let mut filing = claim.clone();
        if stated.is_none() {
            contradicts.push(Contradiction::FilingNotStated);
            filing.what = Claimed::Filed;
            filing.occurred = self.claimed.filed.unwrap_or(claim.occurred);
            filing.stated_as = Statement::Attribute;
            filing.key = FILING_KEY;
            filing.performer = None;
        }
        if self.state.imported.contains(&filing.key) {
            return;
        }
        if self
            .claimed
            .due_on
            .is_some_and(|due_on| due_on < self.filed_on(&filing))
        {
            contradicts.push(Contradiction::DueBeforeFiling);
        }
        self.add(&filing, contradicts);
    }

    fn filed_on(&self, filing: &Claim) -> Date {
        self.claimed.filed.unwrap_or(filing.occurred).on()
    }

    fn contradictions(&self, claim: &Claim) -> Vec<Contradiction> {
        let state = &self.state;
        let asked = state.is_suspended_for(SuspensionCause::Rectification);
        let (applies, contradiction) = match &claim.what {
            Claimed::Filed => (true, Contradiction::FiledTwice),
            Claimed::RectificationRequested => (asked, Contradiction::AskedTwice),
            Claimed::RectificationAnswered => (!asked, Contradiction::AnsweredUnasked),
            Claimed::Suspended(cause) => (
                state.is_suspended_for(*cause),
                Contradiction::SuspendedTwice,
            ),
            Claimed::Resumed(cause) => (
                !state.is_suspended_for(*cause),
                Contradiction::ResumedUnsuspended,
            ),
            Claimed::Decided(_) => (state.decision.is_some(), Contradiction::DecidedTwice),
            Claimed::Notified => (
                state.decision.is_none() && state.withdrawn_on.is_none(),
                Contradiction::NotifiedUndecided,
            ),
            Claimed::Withdrawn => (state.withdrawn_on.is_some(), Contradiction::WithdrawnTwice),
            Claimed::Archived => (state.archived_on.is_some(), Contradiction::ArchivedTwice),
            Claimed::Admitted
            | Claimed::StepStarted(_)
            | Claimed::StepCompleted(_)
            | Claimed::Extended => (false, Contradiction::AfterClosing),
        };
        let mut found: Vec<_> = applies.then_some(contradiction).into_iter().collect();
        let on = claim.occurred.on();
        if claim.what != Claimed::Archived && state.archived_on.is_some_and(|closed| on > closed) {
            found.push(Contradiction::AfterClosing);
        }
        let ends = matches!(claim.what, Claimed::Archived | Claimed::Decided(_));
        if ends
            && state
                .filing
                .as_ref()
                .is_some_and(|filing| on < filing.filed_on)
        {
            found.push(Contradiction::EndBeforeFiling);
        }
        found
    }

    fn add(&mut self, claim: &Claim, contradicts: Vec<Contradiction>) {
        let mut entry = Entry {
            occurred: claim.occurred,
            event: self.event(claim),
            unit: claim.unit.clone().filter(|unit| *unit != self.claimed.unit),
            performer: claim.performer.clone(),
            imported: Some(Imported {
                source: self.claimed.source.clone(),
                key: claim.key,
                stated_as: claim.stated_as,
            }),
            contradicts,
        };
        self.state_due(&mut entry);
        self.state.evolve(&entry);
        self.entries.push(entry);
    }

    /// Says the due date in an event that moves it: the source's own if it states one, else computed.
    fn state_due(&self, entry: &mut Entry) {
        if entry
            .contradicts
            .iter()
            .copied()
            .any(Contradiction::voids_effect)
        {
            return;
        }
        let first = matches!(entry.event, Event::Filed(_));
        let due = match self.claimed.due_on {
            Some(on) if first => Some(Due {
                on: Some(on),
                base_on: Some(on),
                basis: DueBasis::Stated,
            }),
            Some(_) => None,
            // A history that the arithmetic cannot follow keeps the due date it had.
            None => due::after(&self.state, entry, self.rules, self.calendar).unwrap_or(None),
        };
        match &mut entry.event {
            Event::Filed(event) => event.due = due,
            Event::RectificationRequested(event) => event.due = due,
            Event::RectificationAnswered(event) => event.due = due,
            Event::TermSuspended(event) => event.due = due,
            Event::TermResumed(event) => event.due = due,
            Event::TermExtended(event) => event.due = due,
            Event::Admitted(_)
            | Event::Assigned(_)
            | Event::StepStarted(_)
            | Event::StepCompleted(_)
            | Event::Transferred(_)
            | Event::SubprocedureOpened(_)
            | Event::SubprocedureAnswered(_)
            | Event::SubprocedureCancelled(_)
            | Event::Decided(_)
            | Event::Notified(_)
            | Event::Withdrawn(_)
            | Event::Archived(_)
            | Event::Corrected(_)
            | Event::Appealed(_)
            | Event::Reopened(_)
            | Event::CodeReplaced(_)
            | Event::PersonErased(_)
            | Event::DeadlineRecomputed(_)
            | Event::SilenceAccrued(_) => {}
        }
    }

    fn event(&self, claim: &Claim) -> Event {
        match &claim.what {
            Claimed::Filed => Event::Filed(Box::new(Filed {
                procedure_type: self.rules.id.clone(),
                type_version: self.rules.version,
                unit: self.claimed.unit.clone(),
                channel: self.claimed.channel.clone(),
                applicant_kind: self.claimed.applicant_kind.clone(),
                calendars: self.calendar.ids().to_vec(),
                filed_on: self.filed_on(claim),
                clock_stops_at: self.rules.clock_stops_at,
                due: None,
                code: self.claimed.code,
                subject: None,
            })),
            Claimed::Admitted => Event::Admitted(Admitted {}),
            Claimed::StepStarted(step) => Event::StepStarted(StepStarted { step: step.clone() }),
            Claimed::StepCompleted(step) => {
                Event::StepCompleted(StepCompleted { step: step.clone() })
            }
            Claimed::RectificationRequested => {
                Event::RectificationRequested(RectificationRequested {
                    items: Vec::new(),
                    granted_business_days: None,
                    due: None,
                })
            }
            Claimed::RectificationAnswered => {
                Event::RectificationAnswered(RectificationAnswered { due: None })
            }
            Claimed::Suspended(cause) => Event::TermSuspended(TermSuspended {
                cause: *cause,
                due: None,
            }),
            Claimed::Resumed(cause) => Event::TermResumed(TermResumed {
                cause: *cause,
                due: None,
            }),
            Claimed::Extended => Event::TermExtended(TermExtended {
                days: None,
                due: None,
            }),
            Claimed::Decided(outcome) => Event::Decided(Decided { outcome: *outcome }),
            Claimed::Notified => Event::Notified(Notified { channel: None }),
            Claimed::Withdrawn => Event::Withdrawn(Withdrawn {}),
            Claimed::Archived => Event::Archived(Archived {}),
        }
    }
}

/// The key of a filing that the source does not state: no digest of a record is ever 0.
const FILING_KEY: u64 = 0;
