//! Decrees: what changes a calendar besides its rules, as data with the instant it became known.
//! A decree is never code, and a new one never changes what was known before it.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::CalendarId;
use crate::language::LocalName;

/// One decree, proclamation or resolution that changes a calendar.
///
/// It cannot act before it is known: a calendar resolved as known at an earlier instant does not
/// contain it. Where two decrees speak of the same day, the one known last prevails.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Decree {
    /// A short name, unique in the book (`EC-D172`).
    pub id: Arc<str>,
    /// The calendar it changes.
    pub calendar: CalendarId,
    /// What it does.
    pub effect: DecreeEffect,
    /// The first day it speaks of.
    pub from: Date,
    /// The last day it speaks of, included; `None` only for a suspension of terms whose end is not
    /// known yet, or for its resumption.
    #[serde(default)]
    pub to: Option<Date>,
    /// When it became known. Without it, the beginning of the day it was issued; without that
    /// too, it counts as always known, which the data should say only of old decrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_at: Option<Timestamp>,
    /// The day it was issued.
    #[serde(default)]
    pub issued_on: Option<Date>,
    /// Whether the hours are to be worked another day. Whether such a day is a "declared holiday"
    /// under COA 159 is an open question: see [`RecoverableDays`](crate::RecoverableDays).
    #[serde(default)]
    pub recoverable: bool,
    /// Its name, as a receipt shows it.
    pub name: LocalName,
}

/// What a decree does to the days it speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum DecreeEffect {
    /// They are rest days.
    Rest,
    /// They are worked, although the rules say rest (a holiday moved elsewhere). It never turns a
    /// weekend into business days: days "recovered" on a Saturday are not counted (COA 159).
    Work,
    /// All terms are suspended, although the desk may be open: an emergency. It stands in a
    /// national calendar or in an entity's own, never in a canton's: that one would reach
    /// procedures of other entities through their applicants.
    TermsSuspended,
    /// A suspension of terms ends: terms run again from this day.
    TermsResumed,
}

impl Decree {
    /// The most decrees a book can hold.
    pub const MAX: usize = 10_000;

    /// The last day of the range, when it has one.
    pub(crate) fn last_day(&self) -> Option<Date> {
        match self.effect {
            DecreeEffect::Rest | DecreeEffect::Work => Some(self.to.unwrap_or(self.from)),
            DecreeEffect::TermsSuspended | DecreeEffect::TermsResumed => self.to,
        }
    }
}
