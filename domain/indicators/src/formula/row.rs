//! A procedure as the formulas see it: dates, and days counted on several clocks, as they stood on one day.
//!
//! Days are counted by whoever knows the calendar (`chasqui-deadlines`) and handed over; nothing is counted here. A row
//! holds nothing about a person but whether it is one.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A procedure on the day of a snapshot. Of a later day it knows nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// What may be shown of its code, in the list of the oldest.
    pub reference: String,
    /// The unit that is competent.
    pub unit: String,
    /// Its type, without version.
    pub procedure_type: String,
    /// The version of the type under which it was filed. Versions are separate series: their terms may differ.
    pub type_version: u32,
    /// How it came in.
    pub channel: String,
    /// What kind of person filed it.
    pub applicant: Applicant,
    /// Legal date of filing.
    pub filed_on: Date,
    /// Whether its filing was recorded later than on the day it happened.
    pub recorded_late: bool,
    /// When it is due by law. `None` without a term that is known.
    pub due: Option<Due>,
    /// When it is due by the unit's own promise, if there is one.
    pub service_due_on: Option<Date>,
    /// The term in business days as its type states it, without extensions. `None` for one in months, or none.
    pub term: Option<u32>,
    /// Times at which the term rested.
    pub suspensions: Vec<Suspension>,
    /// How often the term was extended.
    pub extensions: u32,
    /// When a decision was taken. It binds nobody before its notification, and stops no clock.
    pub decided_on: Option<Date>,
    /// When the decision was notified.
    pub notified_on: Option<Date>,
    /// When it ended otherwise, or its file was closed.
    pub closed_on: Option<Date>,
    /// How it ended or was decided.
    pub outcome: Option<Outcome>,
    /// When silence took effect, with the net business days until then.
    pub silence: Option<Milestone>,
    /// The first official act after filing, with the business days until then.
    pub first_act: Option<Milestone>,
    /// Requests to complete or correct, if there were any.
    pub rectified: Option<Rectified>,
    /// Net business days it was old when its history was taken over. `None`: watched since it was filed.
    pub watched_from: Option<i32>,
    /// Its days by several clocks: until it ended, or so far.
    pub days: Days,
    /// Its steps.
    pub stays: Vec<Stay>,
}

/// Legal due dates, the last day included. While the term rests, those that held before it did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Due {
    /// With suspensions, without extensions.
    pub strict_on: Date,
    /// With suspensions and extensions.
    pub on: Date,
}

/// A time at which the term rested: the days after `from`, up to and with `until`; while `until` is `None` it still
/// rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// The day it was notified, which still counts.
    pub from: Date,
    /// The day on which it ended: the last one that does not count.
    pub until: Option<Date>,
}

/// Something that happened, and how many days after filing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Milestone {
    /// The day.
    pub on: Date,
    /// Days from filing, on the clock the field names.
    pub days: i32,
}

/// Requests to complete or correct.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rectified {
    /// How many times somebody asked; at least 1.
    pub rounds: u32,
    /// The first time, with the business days until then.
    pub first: Milestone,
}

/// The days of a procedure, until it ended or so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    /// Business days on the legal clock: rest days and suspensions taken off.
    pub net: i32,
    /// Calendar days since filing.
    pub gross: i32,
    /// Calendar days of `gross` on which the term rested, whatever the cause.
    pub suspended: i32,
    /// Calendar days of `suspended` on which the applicant had to act.
    pub applicant: i32,
    /// Business days past the due date with extensions; 0 or less on time.
    pub late: i32,
}

/// A step: where a procedure was, and for how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stay {
    /// Which step.
    pub step: String,
    /// The day it began.
    pub started_on: Date,
    /// The day it was completed; `None` while it is there.
    pub completed_on: Option<Date>,
    /// Business days in it.
    pub days: i32,
}

/// What kind of person filed a procedure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Applicant {
    /// A human being.
    Natural,
    /// A company or another body.
    Legal,
    /// The source does not say.
    Unstated,
}

/// How a procedure ended or was decided, as far as the formulas tell the ways apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// By a decision, whatever it says.
    Decided,
    /// The applicant withdrew.
    Withdrawn,
    /// The applicant let it rest.
    Abandoned,
    /// It was handed to another public body.
    Referred,
    /// By silence.
    Silent,
    /// Otherwise: lapse, impossibility, agreement, or without a word.
    Other,
}

impl Row {
    /// The day on which it ended: notified, or closed otherwise, whichever came first; never before it was filed,
    /// whatever the source says.
    #[must_use]
    pub fn ended_on(&self) -> Option<Date> {
        let first = match (self.notified_on, self.closed_on) {
            (Some(notified), Some(closed)) => Some(notified.min(closed)),
            (notified, closed) => notified.or(closed),
        };
        first.map(|day| day.max(self.filed_on))
    }

    /// Whether it was open when the day was over.
    #[must_use]
    pub fn was_open_on(&self, day: Date) -> bool {
        self.filed_on <= day && self.ended_on().is_none_or(|ended| ended > day)
    }

    /// Whether the term rested on a day.
    #[must_use]
    pub fn rested_on(&self, day: Date) -> bool {
        self.suspensions
            .iter()
            .any(|one| one.from < day && one.until.is_none_or(|until| day <= until))
    }

    /// Whether it ended on or before a day in a way that is no answer and no fault of the unit, and which.
    #[must_use]
    pub fn left_by(&self, day: Date) -> Option<&'static str> {
        let reason = match self.outcome? {
            Outcome::Withdrawn => "withdrawn",
            Outcome::Abandoned => "abandoned",
            Outcome::Referred => "transferred",
            Outcome::Decided | Outcome::Silent | Outcome::Other => return None,
        };
        self.closed_on
            .is_some_and(|closed| closed <= day)
            .then_some(reason)
    }
}
