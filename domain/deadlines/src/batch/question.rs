//! The `input` object of the vectors, as it comes in. It is read strictly: a field nobody knows is
//! a mistake, and a mistake is said, not skipped.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::Deserialize;

use crate::calendar::{CalendarBook, CalendarId};
use crate::compute::{Input, Trigger};
use crate::error::DeadlineError;
use crate::ledger::{Extension, Ledger, Suspension};
use crate::policies::{FilingPolicy, OfficeHours, PlazoAnchor, Policies, Roll};
use crate::silence::{RawSilence, SilenceRule};
use crate::term::{RawTerm, Term};

/// One question to the calculator: about a deadline, or about a date of publication.
///
/// Exactly one of `filed_at`, `trigger_date`, `reporting_month` and `year` says what is asked.
/// Whatever is not given is the profile's default. It is built from JSON ([`BatchInput::parse`]);
/// a program that has the parts in hand calls [`compute`](crate::compute) with an
/// [`Input`](crate::Input) instead, and [`DeadlineAnswer::of`](crate::DeadlineAnswer::of).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct BatchInput {
    /// `ecuador` (the default), `france`, `united_kingdom`.
    pub profile: Option<String>,
    /// A named set of policies of the profile.
    pub policy_set: Option<String>,
    /// A whole set of policies, instead of a named one.
    pub policies: Option<Policies>,
    /// When it was received.
    pub filed_at: Option<Timestamp>,
    /// Or the date of the event from which the term runs.
    pub trigger_date: Option<Date>,
    pub(super) filing_policy: Option<FilingPolicyName>,
    /// Opening time as `[hour, minute, second]`.
    pub office_open: Option<[i8; 3]>,
    /// Closing time as `[hour, minute, second]`.
    pub office_close: Option<[i8; 3]>,
    /// Where a *plazo* begins.
    pub plazo_anchor: Option<PlazoAnchor>,
    /// What happens on a rest day.
    pub roll: Option<Roll>,
    pub(super) term: Option<RawTerm>,
    pub(super) silence: Option<RawSilence>,
    /// The calendars of the union.
    pub calendars: Option<Vec<String>>,
    /// As known on a date (at its end) or at an instant; everything known, if absent.
    pub calendar_as_of: Option<String>,
    /// The ledger's suspensions.
    pub suspensions: Vec<Suspension>,
    /// The ledger's extensions.
    pub extensions: Vec<Extension>,
    /// The day of the question.
    pub as_of: Option<Date>,
    /// When the decision was notified.
    pub notified_at: Option<Timestamp>,
    /// When it was decided. It is accepted and changes nothing: what stops the clock is the
    /// notification (COA 207, vector D76).
    pub decided_at: Option<Timestamp>,
    /// A month (`2026-01`): by when must it be registered (LOTAIP 19)?
    pub reporting_month: Option<String>,
    /// A year: by when in January is the annual report due (LOTAIP 11)?
    pub year: Option<i16>,
}

/// The filing policy by its name; the hours are fields of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FilingPolicyName {
    CivilDate,
    OfficeHours,
}

/// What is asked.
#[derive(Debug, Clone)]
pub(super) enum Asked {
    Deadline(Box<Input>),
    RegisterBy { year: i16, month: i8 },
    AnnualReport { year: i16 },
}

impl BatchInput {
    /// Reads a question from JSON.
    ///
    /// # Errors
    /// [`DeadlineError::InvalidInput`] says what is wrong and where.
    pub fn parse(json: &str) -> Result<Self, DeadlineError> {
        const MAX_BYTES: usize = 256 * 1024;
        if json.len() > MAX_BYTES {
            return Err(DeadlineError::TooMany {
                what: "bytes in a question",
                limit: MAX_BYTES,
            });
        }
        // A list would be read as the fields in their order.
        if json.trim_start().starts_with('[') {
            return Err(invalid("a question is an object"));
        }
        serde_json::from_str(json).map_err(|error| DeadlineError::InvalidInput {
            detail: error.to_string(),
        })
    }

    /// Decides what is asked.
    pub(super) fn asked(&self, book: &CalendarBook) -> Result<Asked, DeadlineError> {
        match (
            self.filed_at,
            self.trigger_date,
            &self.reporting_month,
            self.year,
        ) {
            (Some(at), None, None, None) => self.input(Trigger::ReceivedAt(at), book),
            (None, Some(date), None, None) => self.input(Trigger::On(date), book),
            (None, None, Some(month), None) => reporting_month(month),
            (None, None, None, Some(year)) => Ok(Asked::AnnualReport { year }),
            _ => Err(invalid(
                "one of filed_at, trigger_date, reporting_month and year is needed",
            )),
        }
    }

    /// The calendars of the union, or the profile's own.
    pub(super) fn calendar_ids(
        &self,
        book: &CalendarBook,
    ) -> Result<Vec<CalendarId>, DeadlineError> {
        match &self.calendars {
            None => Ok(book.default_calendars().to_vec()),
            Some(names) if names.len() > CalendarBook::MAX_UNION => Err(DeadlineError::TooMany {
                what: "calendars",
                limit: CalendarBook::MAX_UNION,
            }),
            Some(names) => names.iter().map(|name| CalendarId::parse(name)).collect(),
        }
    }

    /// The instant as of which the calendar is known.
    pub(super) fn known_at(&self, book: &CalendarBook) -> Result<Timestamp, DeadlineError> {
        let Some(text) = &self.calendar_as_of else {
            return Ok(Timestamp::MAX);
        };
        if let Ok(instant) = text.parse::<Timestamp>() {
            return Ok(instant);
        }
        let date: Date = text
            .parse()
            .map_err(|_| invalid("calendar_as_of is no date"))?;
        let end = book.zone().end_of(date)?;
        Ok(end
            .checked_sub(jiff::SignedDuration::from_nanos(1))
            .unwrap_or(end))
    }

    fn input(&self, trigger: Trigger, book: &CalendarBook) -> Result<Asked, DeadlineError> {
        let term = self
            .term
            .clone()
            .ok_or_else(|| invalid("a term is needed"))?;
        let silence = self
            .silence
            .clone()
            .map(SilenceRule::try_from)
            .transpose()?;
        let ledger = Ledger {
            suspensions: self.suspensions.clone(),
            extensions: self.extensions.clone(),
        };
        Ok(Asked::Deadline(Box::new(Input {
            trigger,
            term: Term::try_from(term)?,
            silence: silence.unwrap_or_default(),
            policies: self.policies(book)?,
            ledger,
        })))
    }

    fn policies(&self, book: &CalendarBook) -> Result<Policies, DeadlineError> {
        let base = match (&self.policies, &self.policy_set) {
            (Some(policies), None) => *policies,
            (None, Some(name)) => book.policies(name)?,
            (None, None) => book.default_policies(),
            (Some(_), Some(_)) => {
                return Err(invalid("policies and policy_set exclude each other"));
            }
        };
        Ok(Policies {
            filing: self.filing(base.filing)?,
            plazo_anchor: self.plazo_anchor.unwrap_or(base.plazo_anchor),
            roll: self.roll.unwrap_or(base.roll),
            ..base
        })
    }

    fn filing(&self, base: FilingPolicy) -> Result<FilingPolicy, DeadlineError> {
        match self.filing_policy {
            None => Ok(base),
            Some(FilingPolicyName::CivilDate) => Ok(FilingPolicy::CivilDate),
            Some(FilingPolicyName::OfficeHours) => {
                let hour = |given: Option<[i8; 3]>, default: Time| match given {
                    None => Ok(default),
                    Some([hour, minute, second]) => Time::new(hour, minute, second, 0)
                        .map_err(|_| DeadlineError::InvalidOfficeHours),
                };
                Ok(FilingPolicy::OfficeHours(OfficeHours {
                    open: hour(self.office_open, OfficeHours::DEFAULT.open)?,
                    close: hour(self.office_close, OfficeHours::DEFAULT.close)?,
                }))
            }
        }
    }
}

fn reporting_month(text: &str) -> Result<Asked, DeadlineError> {
    let parsed = text.split_once('-').and_then(|(year, month)| {
        (year.len() == 4 && month.len() == 2).then_some(())?;
        Some((year.parse().ok()?, month.parse().ok()?))
    });
    let (year, month) = parsed.ok_or_else(|| invalid("reporting_month is written 2026-01"))?;
    Ok(Asked::RegisterBy { year, month })
}

fn invalid(detail: &str) -> DeadlineError {
    DeadlineError::InvalidInput {
        detail: detail.to_owned(),
    }
}
