//! Why a command is refused: the fact that forbids it.

use jiff::civil::Date;

use chasqui_deadlines::{DeadlineError, SuspensionCause};

use crate::ids::UnitId;

/// A command was refused. Nothing happened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// There is no such procedure.
    #[error("there is no such procedure")]
    NotFiled,
    /// The procedure was filed already.
    #[error("the procedure was filed already")]
    AlreadyFiled,
    /// The procedure has ended.
    #[error("the procedure ended on {on}")]
    AlreadyEnded {
        /// When.
        on: Date,
    },
    /// It was decided already.
    #[error("the procedure was decided already")]
    AlreadyDecided,
    /// It was taken up already.
    #[error("the procedure was admitted already")]
    AlreadyAdmitted,
    /// Nothing was decided that could be notified (COA 164).
    #[error("nothing was decided that could be notified")]
    NotDecided,
    /// Only a decision has an outcome.
    #[error("entry {sequence} is no decision, and has no outcome to correct")]
    NoDecision {
        /// The number asked for.
        sequence: u32,
    },
    /// Procedures of this type are filed with other units.
    #[error("procedures of this type are not filed with {unit}")]
    WrongUnit {
        /// The unit that was named.
        unit: UnitId,
    },
    /// Nothing was notified that could be appealed against (COA 219).
    #[error("nothing was notified that could be appealed against")]
    NotNotified,
    /// A procedure that goes on is not reopened.
    #[error("the procedure has not ended")]
    NotEnded,
    /// The applicant still has time to answer (COA 212).
    #[error("the procedure is not abandoned before {from}")]
    NotYetAbandoned {
        /// The first day on which it is.
        from: Date,
    },
    /// The applicant was asked and has not answered: at most one request is open (COA 140).
    #[error("a request to rectify is open already")]
    RectificationAlreadyOpen,
    /// Nobody asked the applicant for anything.
    #[error("no request to rectify is open")]
    NoRectificationOpen,
    /// The term is suspended for this cause already (COA 162).
    #[error("the term is suspended already for {}", cause.name())]
    AlreadySuspended {
        /// The cause.
        cause: SuspensionCause,
    },
    /// The term is not suspended for this cause.
    #[error("the term is not suspended for {}", cause.name())]
    NotSuspended {
        /// The cause.
        cause: SuspensionCause,
    },
    /// A type without a term has nothing to suspend or extend.
    #[error("the procedure type has no term")]
    NoTerm,
    /// It is with that unit already.
    #[error("the procedure is with that unit already")]
    AlreadyThere,
    /// It cannot have happened before the procedure was filed.
    #[error("it cannot have happened before the filing on {filed_on}")]
    BeforeFiling {
        /// The legal date of filing.
        filed_on: Date,
    },
    /// It cannot be recorded before it happens.
    #[error("it cannot be recorded before it happens")]
    InTheFuture,
    /// There is no entry with this number to correct.
    #[error("there is no entry {sequence} to correct")]
    NoSuchEntry {
        /// The number asked for.
        sequence: u32,
    },
    /// A correction cannot undo the filing: everything after it would hang in the air.
    #[error("that the procedure was filed cannot be taken back")]
    FilingStands,
    /// There is no such part.
    #[error("there is no subprocedure {number}")]
    NoSuchSubprocedure {
        /// The number asked for.
        number: u16,
    },
    /// The part was answered or cancelled already.
    #[error("subprocedure {number} ended on {on}")]
    SubprocedureEnded {
        /// Which.
        number: u16,
        /// When.
        on: Date,
    },
    /// It cannot be answered before it was opened.
    #[error("subprocedure {number} was opened on {opened_on}")]
    BeforeSubprocedure {
        /// Which.
        number: u16,
        /// When it was opened.
        opened_on: Date,
    },
    /// Too many parts for one procedure.
    #[error("a procedure has at most {most} subprocedures")]
    TooManySubprocedures {
        /// The most.
        most: u16,
    },
    /// Nobody is in the vault for this procedure.
    #[error("the vault holds no person of this procedure")]
    NoPerson,
    /// The person was erased already.
    #[error("the person was erased on {on}")]
    PersonAlreadyErased {
        /// When.
        on: Date,
    },
    /// The procedure runs, and its person has to be answered (LOPDP 18).
    #[error("the procedure has not ended, and its person has to be answered")]
    PersonNeeded,
    /// What was destroyed does not come back by saying so.
    #[error("entry {sequence} says that a person was erased, which cannot be taken back")]
    ErasureStands {
        /// The number asked for.
        sequence: u32,
    },
    /// The arithmetic of terms forbids it: a late extension, one beyond half, ... (COA 158-162).
    #[error(transparent)]
    Deadline(#[from] DeadlineError),
}

impl Rejection {
    /// The rejection's name, as API, pages and logs know it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotFiled => "NotFiled",
            Self::AlreadyFiled => "AlreadyFiled",
            Self::AlreadyEnded { .. } => "AlreadyEnded",
            Self::AlreadyDecided => "AlreadyDecided",
            Self::AlreadyAdmitted => "AlreadyAdmitted",
            Self::NotDecided => "NotDecided",
            Self::NoDecision { .. } => "NoDecision",
            Self::WrongUnit { .. } => "WrongUnit",
            Self::NotNotified => "NotNotified",
            Self::NotEnded => "NotEnded",
            Self::NotYetAbandoned { .. } => "NotYetAbandoned",
            Self::RectificationAlreadyOpen => "RectificationAlreadyOpen",
            Self::NoRectificationOpen => "NoRectificationOpen",
            Self::AlreadySuspended { .. } => "AlreadySuspended",
            Self::NotSuspended { .. } => "NotSuspended",
            Self::NoTerm => "NoTerm",
            Self::AlreadyThere => "AlreadyThere",
            Self::BeforeFiling { .. } => "BeforeFiling",
            Self::InTheFuture => "InTheFuture",
            Self::NoSuchEntry { .. } => "NoSuchEntry",
            Self::FilingStands => "FilingStands",
            Self::NoSuchSubprocedure { .. } => "NoSuchSubprocedure",
            Self::SubprocedureEnded { .. } => "SubprocedureEnded",
            Self::BeforeSubprocedure { .. } => "BeforeSubprocedure",
            Self::TooManySubprocedures { .. } => "TooManySubprocedures",
            Self::NoPerson => "NoPerson",
            Self::PersonAlreadyErased { .. } => "PersonAlreadyErased",
            Self::PersonNeeded => "PersonNeeded",
            Self::ErasureStands { .. } => "ErasureStands",
            Self::Deadline(error) => error.name(),
        }
    }
}
