//! The `expected` object of the vectors: exactly the fields that a question of its kind has.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::calendar::DayName;
use crate::compute::{Deadline, EndedBy};
use crate::day::Day;
use crate::error::DeadlineError;
use crate::standing::ClockState;
use crate::term::Term;

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum BatchAnswer {
    /// About a deadline.
    Deadline(Box<DeadlineAnswer>),
    /// By when a month must be registered.
    RegisterBy {
        /// The last day.
        register_by: Date,
        /// Its weekday.
        weekday: &'static str,
    },
    /// By when the annual report is due.
    AnnualReport {
        /// The last day.
        due: Date,
    },
}

/// A deadline as the vectors write it. A field that is always there may be null; a field that does
/// not belong to a question is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DeadlineAnswer {
    /// The date it counts as filed.
    pub legal_filing_date: Date,
    /// With suspensions, without extensions.
    pub base_due_date: Option<Date>,
    /// The legal due date.
    pub due_date: Option<Date>,
    /// Its weekday, in three letters.
    pub due_weekday: Option<&'static str>,
    /// For business days: the first that counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day_one: Option<Date>,
    /// For months and years: where they begin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub computation_start: Option<Date>,
    /// 24:00 local of the due date.
    pub expires_at_utc: Option<Timestamp>,
    /// The business days suspended, when all suspensions have an end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspended_business_days: Option<u32>,
    /// The suspensions with the end the law gives them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspensions_effective: Option<Vec<SuspensionAnswer>>,
    /// Present when a suspension came too late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suspension_ineffective: Option<bool>,
    /// The days that consumed a término of up to 20 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted_days: Option<Vec<Date>>,
    /// The local date of the notification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notified_date: Option<Date>,
    /// Within the legal term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_time_legal: Option<bool>,
    /// Within the term without extensions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_time_strict: Option<bool>,
    /// Calendar days to the notification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gross_calendar_days: Option<u32>,
    /// Business days to the notification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gross_business_days: Option<u32>,
    /// The same without suspended days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub net_business_days: Option<u32>,
    /// Business days after the due date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_late_business: Option<u32>,
    /// The last day of the silence term.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silence_term_expires: Option<Option<Date>>,
    /// The first day on which silence has its effect; null when a notification came first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub silence_effective_from: Option<Option<Date>>,
    /// Days of the term that have run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elapsed: Option<i64>,
    /// Days of the term that are left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remaining: Option<i64>,
    /// What the clock does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockState>,
    /// Business days after the due date, when there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_overdue_business: Option<u32>,
}

/// One suspension with its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SuspensionAnswer {
    /// When it was notified.
    pub from: Date,
    /// Its last day.
    pub effective_to: Option<Date>,
    /// What ended it.
    pub ended_by: Option<EndedBy>,
}

impl DeadlineAnswer {
    /// Says of a deadline how it stands on a day, and how a notification measures up to it, if
    /// those are given.
    ///
    /// # Errors
    /// [`DeadlineError::DateOutOfRange`] for a day or a notification out of range.
    pub fn of(
        deadline: &Deadline,
        as_of: Option<Date>,
        notified_at: Option<Timestamp>,
    ) -> Result<Self, DeadlineError> {
        let counts_business_days = matches!(deadline.input().term, Term::BusinessDays(_));
        let mut answer = Self {
            legal_filing_date: deadline.legal_filing_date,
            base_due_date: deadline.base_due_on,
            due_date: deadline.due_on,
            due_weekday: deadline.due_on.map(weekday),
            day_one: deadline.day_one.filter(|_| counts_business_days),
            computation_start: deadline.computation_start,
            expires_at_utc: deadline.expires_at,
            ..Self::default()
        };
        answer.add_suspensions(deadline);
        let is_short = deadline.input().term.amount() <= 20;
        if counts_business_days && is_short && deadline.due_on.is_some() {
            answer.counted_days = Some(deadline.counted_days());
        }
        let local = |at: Timestamp| deadline.calendar().zone().local(at).date();
        let notified_on = notified_at.map(local);
        if let Some(notified_on) = notified_on {
            answer.add_timeliness(deadline, notified_on)?;
        }
        if let Some(silence) = deadline.silence {
            answer.silence_term_expires = Some(silence.expires_on);
            answer.silence_effective_from = Some(silence.accrued_from(notified_on));
        }
        if let Some(as_of) = as_of {
            Day::of(as_of)?;
            answer.add_standing(deadline, as_of);
        }
        Ok(answer)
    }

    fn add_suspensions(&mut self, deadline: &Deadline) {
        if deadline.suspensions.is_empty() || deadline.suspended_business_days().is_none() {
            return;
        }
        self.suspended_business_days = deadline.suspended_business_days();
        let ends = deadline
            .suspensions
            .iter()
            .map(|suspension| SuspensionAnswer {
                from: suspension.from,
                effective_to: suspension.effective_to,
                ended_by: suspension.ended_by,
            });
        self.suspensions_effective = Some(ends.collect());
        let too_late = deadline.ineffective_suspensions().next().is_some();
        self.suspension_ineffective = too_late.then_some(true);
    }

    fn add_timeliness(&mut self, deadline: &Deadline, on: Date) -> Result<(), DeadlineError> {
        let notified = deadline.timeliness(on)?;
        self.notified_date = Some(notified.notified_on);
        self.on_time_legal = Some(notified.on_time_legal);
        self.on_time_strict = Some(notified.on_time_strict);
        self.gross_calendar_days = Some(notified.gross_calendar_days);
        self.gross_business_days = Some(notified.gross_business_days);
        self.net_business_days = Some(notified.net_business_days);
        self.days_late_business = Some(notified.business_days_late);
        Ok(())
    }

    fn add_standing(&mut self, deadline: &Deadline, as_of: Date) {
        let standing = deadline.standing(as_of, None);
        self.elapsed = Some(standing.elapsed_days);
        self.remaining = Some(standing.remaining_days);
        self.clock = Some(standing.clock);
        self.days_overdue_business = deadline.due_on.map(|_| standing.business_days_overdue);
    }
}

pub(super) fn weekday(date: Date) -> &'static str {
    DayName::from(date.weekday()).short()
}
