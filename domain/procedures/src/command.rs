//! What can be asked of a procedure. Commands are wishes: `decide` grants or refuses them.

use chasqui_deadlines::{CalendarId, SuspensionCause};

use crate::erasure::ErasureBasis;
use crate::event::{Correction, CorrectionReason, RectificationItem, ReopenCause};
use crate::ids::{ApplicantKind, Channel, SubjectRef, UnitId};
use crate::moment::Moment;
use crate::outcome::Outcome;
use crate::subprocedure::SubprocedureResult;
use crate::text::Label;
use crate::tracking_code::CodeLookup;

/// A wish, with the moment at which it happened if that is not now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// When it happened, if it is recorded later than it happened.
    pub occurred: Option<Moment>,
    /// What is wished.
    pub wish: Wish,
}

/// What can be wished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// File a procedure.
    File(Box<File>),
    /// Take it up.
    Admit,
    /// Give it to a section for work.
    Assign {
        /// The section.
        to: UnitId,
    },
    /// Begin a step.
    StartStep {
        /// Its name.
        step: Label,
    },
    /// Complete a step.
    CompleteStep {
        /// Its name.
        step: Label,
    },
    /// Ask the applicant to complete or correct something.
    RequestRectification {
        /// What is missing.
        items: Vec<RectificationItem>,
        /// The business days granted; none for those of the type's version.
        granted_business_days: Option<u16>,
    },
    /// Record that the applicant answered.
    AnswerRectification,
    /// Suspend the term.
    Suspend {
        /// The legal cause.
        cause: SuspensionCause,
    },
    /// Let it go on.
    Resume {
        /// The cause that ended.
        cause: SuspensionCause,
    },
    /// Extend the term.
    Extend {
        /// By how many days of the term's own kind.
        days: u16,
    },
    /// Give it to another unit, which becomes competent.
    Transfer {
        /// The other unit.
        to: UnitId,
    },
    /// Ask another unit to do a part.
    OpenSubprocedure {
        /// The other unit.
        unit: UnitId,
        /// What it is to do.
        name: Label,
    },
    /// Record that it did its part.
    AnswerSubprocedure {
        /// Which part.
        number: u16,
        /// What came of it.
        result: SubprocedureResult,
    },
    /// Do without the part.
    CancelSubprocedure {
        /// Which part.
        number: u16,
    },
    /// Decide.
    Decide {
        /// What is decided.
        outcome: Outcome,
    },
    /// Record that the decision reached the applicant.
    Notify {
        /// By which channel.
        channel: Option<Channel>,
    },
    /// Record that the applicant withdrew.
    Withdraw,
    /// Close the file.
    Archive,
    /// Say what is right instead of an earlier entry.
    Correct {
        /// The entry's number.
        sequence: u32,
        /// What is right.
        instead: Correction,
        /// Why the entry was wrong.
        reason: CorrectionReason,
    },
    /// Replace the tracking code, or take it away.
    ReplaceCode {
        /// The keyed hash of the new code; none to leave it without one.
        code: Option<CodeLookup>,
    },
    /// Erase what the vault holds of the person.
    ErasePerson {
        /// Why.
        basis: ErasureBasis,
        /// Also while the procedure runs.
        while_open: bool,
    },
    /// Record that the applicant appealed.
    Appeal,
    /// Let a procedure go on whose decision no longer stands.
    Reopen {
        /// Why.
        cause: ReopenCause,
    },
}

/// See [`Wish::File`]. The type's version is part of the situation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// The unit it is filed with.
    pub unit: UnitId,
    /// How it came in.
    pub channel: Option<Channel>,
    /// What kind of applicant files it.
    pub applicant_kind: Option<ApplicantKind>,
    /// The unit's and the applicant's calendars, beside the type's own.
    pub calendars: Vec<CalendarId>,
    /// The keyed hash of its tracking code.
    pub code: Option<CodeLookup>,
    /// The applicant, whose data is in the vault.
    pub subject: Option<SubjectRef>,
}
