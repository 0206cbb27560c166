//! What can have happened to a procedure: the vocabulary of its life.
//!
//! An [`Entry`] is one line of a procedure's history: when it happened, who says so, and the
//! [`Event`] itself. Events are facts; nothing here decides whether they were allowed (`decide`) or
//! what follows from them (`evolve`). No field holds a person, an address, a code or free text.

use std::sync::Arc;

use chasqui_deadlines::{CalendarId, CalendarVersion, SilenceEffect, SuspensionCause};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::catalogue::ClockStop;
use crate::contradiction::Contradiction;
use crate::erasure::ErasureBasis;
use crate::ids::{ApplicantKind, Channel, PerformerRef, SourceName, SubjectRef, TypeId, UnitId};
use crate::moment::Moment;
use crate::outcome::Outcome;
use crate::subprocedure::{SubprocedureAnswered, SubprocedureCancelled, SubprocedureOpened};
use crate::text::Label;
use crate::tracking_code::CodeLookup;

/// One line of a procedure's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// When it happened, as precisely as is known. When it was *recorded* is the store's to say.
    pub occurred: Moment,
    /// What happened.
    pub event: Event,
    /// The unit that did it, where that is not simply the unit that has the procedure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// A keyed pseudonym of the official who did it; private.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub performer: Option<PerformerRef>,
    /// Where an imported entry comes from; absent for what was recorded here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<Imported>,
    /// How this claim contradicts the history before it. Only an imported entry may.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contradicts: Vec<Contradiction>,
}

/// Where an imported entry comes from: the same record of the same source is never taken twice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Imported {
    /// The source's name, from the mapping.
    pub source: SourceName,
    /// The record's identity within the procedure: a digest of what the source says of it.
    pub key: u64,
    /// Whether the source states it as an event or as an attribute of the whole procedure.
    #[serde(default, skip_serializing_if = "Statement::is_event")]
    pub stated_as: Statement,
}

/// How a source states something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Statement {
    /// As an event of its log.
    #[default]
    Event,
    /// As an attribute of the procedure, such as an end date. Counted in no figure about events.
    Attribute,
}

impl Statement {
    fn is_event(&self) -> bool {
        *self == Self::Event
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Event {
    /// The procedure was filed (ingreso, COA 158): always the first entry of a history.
    Filed(Box<Filed>),
    /// It was found complete and taken up (admisión a trámite).
    Admitted(Admitted),
    /// A unit's section took it over for work, without a change of competence.
    Assigned(Assigned),
    /// A step of the work began.
    StepStarted(StepStarted),
    /// A step of the work was completed.
    StepCompleted(StepCompleted),
    /// The applicant was asked to complete or correct (subsanación, COA 140): the term stops.
    RectificationRequested(RectificationRequested),
    /// The applicant answered the request: the term goes on.
    RectificationAnswered(RectificationAnswered),
    /// The term was suspended for another cause of COA 162.
    TermSuspended(TermSuspended),
    /// The suspension ended.
    TermResumed(TermResumed),
    /// The term was extended (ampliación, COA 161).
    TermExtended(TermExtended),
    /// Another unit became competent (derivación); the term goes on.
    Transferred(Transferred),
    /// Another unit was asked to do a part (subtrámite); the procedure stays where it is.
    SubprocedureOpened(SubprocedureOpened),
    /// That unit did its part.
    SubprocedureAnswered(SubprocedureAnswered),
    /// The part is not needed any more.
    SubprocedureCancelled(SubprocedureCancelled),
    /// The decision was taken. It does not yet bind: the legal clock stops at notification.
    Decided(Decided),
    /// The decision was notified (COA 164-174).
    Notified(Notified),
    /// The applicant withdrew (desistimiento, COA 201).
    Withdrawn(Withdrawn),
    /// The file was closed and put away.
    Archived(Archived),
    /// An earlier entry was wrong. The entry stays; this says what is right, and why.
    Corrected(Corrected),
    /// The applicant appealed against the decision (recurso de apelación, COA 219). Nothing moves by it.
    Appealed(Appealed),
    /// What was decided no longer stands, and the procedure goes on; its term begins anew.
    Reopened(Reopened),
    /// The tracking code was replaced, or taken away: the old one opens nothing any more.
    CodeReplaced(CodeReplaced),
    /// What the vault held of the person was destroyed (supresión, LOPDP 15). The history stays.
    PersonErased(PersonErased),
    /// The law's calendar moved, and the due date with it (COA 159). Nobody wished it.
    DeadlineRecomputed(Box<DeadlineRecomputed>),
    /// The silence term ran out and nothing had been notified (silencio administrativo, COA 207).
    SilenceAccrued(SilenceAccrued),
}

/// A due date, with what it was computed from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Due {
    /// The last day to notify, extensions included; none while the term is suspended.
    pub on: Option<Date>,
    /// The same without extensions: the strict measure of being on time.
    pub base_on: Option<Date>,
    /// Who says so.
    pub basis: DueBasis,
}

/// Who says when a procedure is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DueBasis {
    /// Computed here, with this version of the calendars.
    Computed(CalendarVersion),
    /// Stated by the source of an import.
    Stated,
}

/// See [`Event::Filed`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Filed {
    /// The procedure type, in the version that will govern it to its end.
    pub procedure_type: TypeId,
    /// See `procedure_type`.
    pub type_version: u32,
    /// The unit it was filed with.
    pub unit: UnitId,
    /// How it came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// What kind of applicant filed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applicant_kind: Option<ApplicantKind>,
    /// The calendars whose rest days count: national, the unit's, the applicant's (COA 159).
    pub calendars: Vec<CalendarId>,
    /// The legal date of filing: it differs from the day it was handed in after office hours.
    pub filed_on: Date,
    /// What will end its time, by the type's version.
    #[serde(default, skip_serializing_if = "ClockStop::is_notification")]
    pub clock_stops_at: ClockStop,
    /// When an answer is due; none if the type has no term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// The keyed hash of the tracking code; private.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<CodeLookup>,
    /// The applicant, as a random reference into the vault; private.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectRef>,
}

/// See [`Event::Admitted`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Admitted {}

/// See [`Event::Assigned`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Assigned {
    /// The unit or section that now works on it.
    pub to: UnitId,
}

/// See [`Event::StepStarted`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StepStarted {
    /// The step's name in the catalogue or in the source.
    pub step: Label,
}

/// See [`Event::StepCompleted`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct StepCompleted {
    /// The step's name in the catalogue or in the source.
    pub step: Label,
}

/// See [`Event::RectificationRequested`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RectificationRequested {
    /// What is missing, as coded items. Wording typed by staff lives in the vault.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<RectificationItem>,
    /// The business days granted to answer; none if the source does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub granted_business_days: Option<u16>,
    /// The due date after it: open while the request is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// One thing that the applicant is asked to complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RectificationItem {
    /// The requirement's name in the catalogue.
    pub requirement: Label,
    /// Whether the State already holds it, and so may not ask for it (LOOETA 11): an indicator.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub already_held_by_state: bool,
}

/// See [`Event::RectificationAnswered`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RectificationAnswered {
    /// The due date after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// See [`Event::TermSuspended`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TermSuspended {
    /// The cause: the law's list is closed, and waiting in a queue is not on it.
    pub cause: SuspensionCause,
    /// The due date after it: open while the suspension is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// See [`Event::TermResumed`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TermResumed {
    /// The cause that ended.
    pub cause: SuspensionCause,
    /// The due date after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// See [`Event::TermExtended`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TermExtended {
    /// By how many days, business days for a term in business days; none if the source does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
    /// The due date after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// See [`Event::Transferred`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Transferred {
    /// The unit that is competent from now on.
    pub to: UnitId,
}

/// See [`Event::Decided`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Decided {
    /// What was decided.
    pub outcome: Outcome,
}

/// See [`Event::Notified`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Notified {
    /// By which channel the decision reached the applicant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
}

/// See [`Event::Withdrawn`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {}

/// See [`Event::Archived`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Archived {}

/// See [`Event::Corrected`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Corrected {
    /// The sequence of the entry that was wrong.
    pub sequence: u32,
    /// What is right instead.
    pub instead: Correction,
    /// Why the entry was wrong.
    pub reason: CorrectionReason,
    /// The due date of the history as it is right; none if a source states it, or there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// Why an entry was wrong: a closed list, because an event holds no free text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum CorrectionReason {
    /// It was typed wrongly.
    TypingMistake,
    /// It belongs to another procedure.
    WrongProcedure,
    /// It was recorded twice.
    RecordedTwice,
    /// A document that came later shows another day or another content.
    DocumentShowsOtherwise,
    /// The act is void: a notification that never reached the applicant, say.
    ActIsVoid,
}

impl CorrectionReason {
    /// All of them, in the order of this file.
    pub const ALL: [Self; 5] = [
        Self::TypingMistake,
        Self::WrongProcedure,
        Self::RecordedTwice,
        Self::DocumentShowsOtherwise,
        Self::ActIsVoid,
    ];

    /// The name in the API and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TypingMistake => "typing_mistake",
            Self::WrongProcedure => "wrong_procedure",
            Self::RecordedTwice => "recorded_twice",
            Self::DocumentShowsOtherwise => "document_shows_otherwise",
            Self::ActIsVoid => "act_is_void",
        }
    }
}

/// See [`Event::Appealed`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Appealed {}

/// See [`Event::Reopened`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reopened {
    /// Why.
    pub cause: ReopenCause,
    /// The due date of the new term.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

/// Why a procedure that was decided or had ended goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ReopenCause {
    /// An appeal was upheld, and the matter sent back.
    AppealUpheld,
    /// A court ordered it.
    CourtOrder,
    /// The authority revised its own act (revisión de oficio).
    OwnRevision,
}

impl ReopenCause {
    /// All of them, in the order of this file.
    pub const ALL: [Self; 3] = [Self::AppealUpheld, Self::CourtOrder, Self::OwnRevision];

    /// The name in the API and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::AppealUpheld => "appeal_upheld",
            Self::CourtOrder => "court_order",
            Self::OwnRevision => "own_revision",
        }
    }
}

/// What is right instead of an earlier entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Correction {
    /// It did not happen.
    DidNotHappen,
    /// It happened then.
    OccurredAt(Moment),
    /// The decision was this one.
    Outcome(Outcome),
}

/// See [`Event::CodeReplaced`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CodeReplaced {
    /// The keyed hash of the new code; none if there is none any more. Private.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<CodeLookup>,
}

/// See [`Event::PersonErased`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PersonErased {
    /// The reference into the vault, which leads nowhere any more; private.
    pub party: SubjectRef,
    /// Why; private, because it tells of the person.
    pub basis: ErasureBasis,
}

/// See [`Event::DeadlineRecomputed`]: never without a difference, so that each one tells of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DeadlineRecomputed {
    /// The due date until now; none while the term rests.
    pub from: Option<Date>,
    /// The due date from now on.
    pub to: Option<Date>,
    /// The same without extensions.
    pub base_to: Option<Date>,
    /// The calendars that say so.
    pub calendar_version: CalendarVersion,
    /// Why.
    pub reason: RecomputeReason,
}

/// Why a due date moved although nothing happened to the procedure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecomputeReason {
    /// These decrees made or unmade rest days, or suspended or resumed terms.
    Decrees(Vec<Arc<str>>),
    /// The calendar's own data were put right.
    CalendarData,
}

/// See [`Event::SilenceAccrued`]. It happened on the day after the term's last one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SilenceAccrued {
    /// What silence means for this type of procedure.
    pub effect: SilenceEffect,
    /// The last day on which a notification would have prevented it.
    pub expired_on: Date,
    /// The calendars that say so.
    pub calendar_version: CalendarVersion,
}

impl Event {
    /// Whether something happened to the procedure, or only something follows from the calendar or is
    /// said of an earlier entry. Figures about movements count only the former.
    #[must_use]
    pub fn is_movement(&self) -> bool {
        !matches!(
            self,
            Self::Corrected(_)
                | Self::CodeReplaced(_)
                | Self::PersonErased(_)
                | Self::DeadlineRecomputed(_)
                | Self::SilenceAccrued(_)
        )
    }

    /// The event's name, as stored and as published.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Filed(_) => "Filed",
            Self::Admitted(_) => "Admitted",
            Self::Assigned(_) => "Assigned",
            Self::StepStarted(_) => "StepStarted",
            Self::StepCompleted(_) => "StepCompleted",
            Self::RectificationRequested(_) => "RectificationRequested",
            Self::RectificationAnswered(_) => "RectificationAnswered",
            Self::TermSuspended(_) => "TermSuspended",
            Self::TermResumed(_) => "TermResumed",
            Self::TermExtended(_) => "TermExtended",
            Self::Transferred(_) => "Transferred",
            Self::SubprocedureOpened(_) => "SubprocedureOpened",
            Self::SubprocedureAnswered(_) => "SubprocedureAnswered",
            Self::SubprocedureCancelled(_) => "SubprocedureCancelled",
            Self::Decided(_) => "Decided",
            Self::Notified(_) => "Notified",
            Self::Withdrawn(_) => "Withdrawn",
            Self::Archived(_) => "Archived",
            Self::Corrected(_) => "Corrected",
            Self::Appealed(_) => "Appealed",
            Self::Reopened(_) => "Reopened",
            Self::CodeReplaced(_) => "CodeReplaced",
            Self::PersonErased(_) => "PersonErased",
            Self::DeadlineRecomputed(_) => "DeadlineRecomputed",
            Self::SilenceAccrued(_) => "SilenceAccrued",
        }
    }

    /// The due date that this event leaves, if it says one.
    #[must_use]
    pub fn due(&self) -> Option<Due> {
        match self {
            Self::Filed(filed) => filed.due.clone(),
            Self::RectificationRequested(event) => event.due.clone(),
            Self::RectificationAnswered(event) => event.due.clone(),
            Self::TermSuspended(event) => event.due.clone(),
            Self::TermResumed(event) => event.due.clone(),
            Self::TermExtended(event) => event.due.clone(),
            Self::Admitted(_)
            | Self::Assigned(_)
            | Self::StepStarted(_)
            | Self::StepCompleted(_)
            | Self::Transferred(_)
            | Self::SubprocedureOpened(_)
            | Self::SubprocedureAnswered(_)
            | Self::SubprocedureCancelled(_)
            | Self::Decided(_)
            | Self::Notified(_)
            | Self::Withdrawn(_)
            | Self::Archived(_)
            | Self::Appealed(_)
            | Self::CodeReplaced(_)
            | Self::PersonErased(_)
            | Self::SilenceAccrued(_) => None,
            Self::Corrected(event) => event.due.clone(),
            Self::Reopened(event) => event.due.clone(),
            Self::DeadlineRecomputed(event) => Some(Due {
                on: event.to,
                base_on: event.base_to,
                basis: DueBasis::Computed(event.calendar_version.clone()),
            }),
        }
    }
}
