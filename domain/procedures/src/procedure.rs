//! What a procedure's history adds up to: the state that decisions and views look at.
//!
//! It holds facts only. Whether a procedure is late is not among them: that depends on the day on
//! which somebody asks, and is computed then by `chasqui-deadlines`.

use std::collections::BTreeSet;

use chasqui_deadlines::{CalendarId, Ledger, SilenceEffect, SuspensionCause};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::catalogue::ClockStop;
use crate::event::Due;
use crate::ids::{ApplicantKind, Channel, SubjectRef, TypeId, UnitId};
use crate::moment::Moment;
use crate::outcome::{Outcome, Stage, WaitingOn};
use crate::subprocedure::Subprocedures;
use crate::tracking_code::CodeLookup;

/// A procedure (trámite) as its history leaves it. The default is one that was never filed.
///
/// ```
/// use chasqui_procedures::Procedure;
/// use chasqui_procedures::event::{Admitted, Entry, Event};
/// use chasqui_procedures::outcome::Stage;
///
/// let admitted = Entry {
///     occurred: "2025-09-02".parse()?,
///     event: Event::Admitted(Admitted {}),
///     unit: None,
///     performer: None,
///     imported: None,
///     contradicts: Vec::new(),
/// };
/// let procedure = Procedure::of(&[admitted]);
/// assert_eq!((procedure.version, procedure.stage()), (1, Stage::InReview));
/// assert_eq!(procedure.ended_on(), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// The number of entries: its version.
    pub version: u64,
    /// How it began; none if it was never filed.
    pub filing: Option<Filing>,
    /// The unit that has it.
    pub unit: Option<UnitId>,
    /// Since when that unit has it.
    pub unit_since: Option<Date>,
    /// Whether a unit has taken it up: admitted it, or did or began a step.
    pub taken_up: bool,
    /// Whether it was admitted.
    pub admitted: bool,
    /// The parts that other units do.
    #[serde(default, skip_serializing_if = "Subprocedures::is_unused")]
    pub subprocedures: Subprocedures,
    /// What stopped and lengthened its term.
    #[serde(default)]
    pub ledger: Ledger,
    /// When an answer is due, as last said.
    pub due: Option<Due>,
    /// What silence means since when, once it has accrued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silence: Option<Silence>,
    /// The decision.
    pub decision: Option<Decision>,
    /// When the decision was notified.
    pub notified_on: Option<Date>,
    /// When the applicant withdrew.
    pub withdrawn_on: Option<Date>,
    /// When the file was closed.
    pub archived_on: Option<Date>,
    /// When what the vault held of its person was destroyed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_erased_on: Option<Date>,
    /// The first and the last day on which something happened, entries about attributes left out.
    pub span: Option<(Date, Date)>,
    /// How many entries contradict others.
    #[serde(default)]
    pub contradictions: u32,
    /// The keys of imported entries, so that none is taken twice.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub imported: BTreeSet<u64>,
}

/// How a procedure began.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filing {
    /// The procedure type.
    pub procedure_type: TypeId,
    /// The type's version.
    pub type_version: u32,
    /// How it came in.
    pub channel: Option<Channel>,
    /// What kind of applicant filed it.
    pub applicant_kind: Option<ApplicantKind>,
    /// The calendars that count.
    pub calendars: Vec<CalendarId>,
    /// The legal date of filing.
    pub filed_on: Date,
    /// The moment of filing.
    pub filed_at: Moment,
    /// What ends its time.
    pub clock_stops_at: ClockStop,
    /// The keyed hash of the tracking code.
    pub code: Option<CodeLookup>,
    /// The applicant.
    pub subject: Option<SubjectRef>,
    /// Whether it was imported.
    pub imported: bool,
    /// The day on which it was last reopened: its term is counted from then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopened_on: Option<Date>,
}

/// The effect of silence (silencio administrativo), once it has accrued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Silence {
    /// What it means.
    pub effect: SilenceEffect,
    /// Since when.
    pub from: Date,
}

/// What was decided, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What.
    pub outcome: Outcome,
    /// When.
    pub on: Date,
}

impl Procedure {
    /// Where it is.
    #[must_use]
    pub fn stage(&self) -> Stage {
        if self.archived_on.is_some() || self.withdrawn_on.is_some() || self.notified_on.is_some() {
            return Stage::Ended;
        }
        if self.decision.is_some() {
            return Stage::Decided;
        }
        if self.is_suspended_for(SuspensionCause::Rectification) {
            return Stage::AwaitingApplicant;
        }
        if self.open_suspensions().next().is_some() {
            return Stage::Suspended;
        }
        if self.taken_up {
            Stage::InReview
        } else {
            Stage::Filed
        }
    }

    /// How it ended or was decided.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        if self.withdrawn_on.is_some() {
            return Some(Outcome::Withdrawn);
        }
        self.decision.map(|decision| decision.outcome)
    }

    /// The day on which its time ended, by what its type's version says ends it.
    ///
    /// A withdrawal always ends it. A closed file without a notification ends it too: what was put
    /// away is open in no office, and that it was never notified is counted on its own.
    #[must_use]
    pub fn ended_on(&self) -> Option<Date> {
        let clock = self.filing.as_ref().map(|filing| filing.clock_stops_at)?;
        let decided_on = self.decision.map(|decision| decision.on);
        match clock {
            ClockStop::Notification => {
                earliest([self.notified_on, self.withdrawn_on]).or(self.archived_on)
            }
            ClockStop::Decision => earliest([decided_on, self.withdrawn_on]),
            ClockStop::Closing => earliest([self.archived_on, self.withdrawn_on]),
        }
    }

    /// Whether the term rests for a cause.
    #[must_use]
    pub fn is_suspended_for(&self, cause: SuspensionCause) -> bool {
        self.open_suspensions().any(|open| open == cause)
    }

    /// The causes for which the term rests.
    pub fn open_suspensions(&self) -> impl Iterator<Item = SuspensionCause> {
        self.ledger
            .suspensions
            .iter()
            .filter(|one| one.to.is_none())
            .map(|one| one.cause)
    }

    /// Who has to act for it to go on.
    #[must_use]
    pub fn waiting_on(&self) -> WaitingOn {
        match self.stage() {
            Stage::Ended => WaitingOn::Nobody,
            Stage::AwaitingApplicant => WaitingOn::Applicant,
            Stage::Suspended => WaitingOn::ThirdParty,
            Stage::Filed | Stage::InReview | Stage::Decided => WaitingOn::Municipality,
        }
    }
}

fn earliest(days: [Option<Date>; 2]) -> Option<Date> {
    days.into_iter().flatten().min()
}
