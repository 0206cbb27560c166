//! The legal filing date: from an instant, a zone and a filing policy to a civil date. It does not
//! decide from when days are counted; that is the clock's.

use jiff::civil::{Date, DateTime};
use serde::Serialize;

use super::Trigger;
use crate::calendar::Calendar;
use crate::day::Day;
use crate::error::DeadlineError;
use crate::policies::{FilingPolicy, OfficeHours};

/// When something was received, and as of which day it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Start {
    /// The local hour, when it is known.
    pub(crate) received_at: Option<DateTime>,
    /// The local date.
    pub(crate) received_on: Date,
    /// The legal filing date.
    pub(crate) legal: Day,
    pub(crate) deemed: Deemed,
}

/// Why the legal filing date is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Deemed {
    /// It is the date it was received.
    AsReceived,
    /// It arrived after the desk had closed: the next business day.
    AfterClosing(OfficeHours),
    /// It arrived on a day on which the desk is closed: the next business day.
    OnRestDay,
}

impl Start {
    /// Applies the filing policy (vectors D01 to D12, D27, D28).
    pub(crate) fn of(
        trigger: Trigger,
        policy: FilingPolicy,
        calendar: &Calendar,
    ) -> Result<Self, DeadlineError> {
        let instant = match trigger {
            Trigger::ReceivedAt(instant) => instant,
            Trigger::On(date) => {
                let (received_at, legal) = (None, Day::of(date)?);
                return Ok(Self {
                    received_at,
                    received_on: date,
                    legal,
                    deemed: Deemed::AsReceived,
                });
            }
        };
        let local = calendar.zone().local(instant);
        let received = Day::of(local.date())?;
        let deemed = match policy {
            FilingPolicy::CivilDate => Deemed::AsReceived,
            FilingPolicy::OfficeHours(_) if !calendar.business().contains(received) => {
                Deemed::OnRestDay
            }
            FilingPolicy::OfficeHours(hours) if local.time() > hours.close => {
                Deemed::AfterClosing(hours)
            }
            FilingPolicy::OfficeHours(_) => Deemed::AsReceived,
        };
        let legal = match deemed {
            Deemed::AsReceived => received,
            Deemed::AfterClosing(_) | Deemed::OnRestDay => {
                let next = calendar.business().on_or_after(received.plus(1));
                next.ok_or_else(|| DeadlineError::DateOutOfRange {
                    date: local.date().to_string(),
                })?
            }
        };
        Ok(Self {
            received_at: Some(local),
            received_on: local.date(),
            legal,
            deemed,
        })
    }
}
