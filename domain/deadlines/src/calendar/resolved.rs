//! The union of some calendars as known at an instant: which days are worked, and why the others
//! are not. It holds no procedure and no policy.

use std::sync::Arc;

use jiff::civil::Date;

use super::bits::BusinessDays;
use super::layer::Layer;
use super::profile::Profile;
use super::{
    Article, CalendarDay, CalendarId, CalendarVersion, Decree, DecreeEffect, LegalBasis,
    RestReason, Zone,
};
use crate::day::Day;
use crate::error::DeadlineError;
use crate::ledger::SuspensionCause;

/// The calendar of a procedure: the union of the national one, the unit's and the applicant's, as
/// known at an instant (COA 159).
///
/// It is immutable and shared: a clone costs a counter. Counting business days and finding the
/// n-th one take tens of nanoseconds whatever the distance. It knows no policy: how a term runs
/// over these days is [`compute`](crate::compute)'s work.
///
/// ```
/// use chasqui_deadlines::{CalendarBook, RestReason};
/// use jiff::{Timestamp, civil::date};
///
/// let book = CalendarBook::ecuador();
/// let calendar = book.resolve(book.default_calendars(), Timestamp::MAX)?;
///
/// // COA art. 159: a holiday does not count on the day it is rested ...
/// let Some(RestReason::Holiday { nominal, .. }) = calendar.reason(date(2025, 5, 2)) else { panic!() };
/// assert_eq!(nominal, date(2025, 5, 1));
/// // ... and the day it commemorates, moved away by the law, is a business day.
/// assert!(calendar.is_business_day(date(2025, 5, 1)));
/// assert_eq!(calendar.next_business_day(date(2025, 5, 1))?, date(2025, 5, 5));
/// # Ok::<(), chasqui_deadlines::DeadlineError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Calendar {
    days: Arc<Days>,
    zone: Arc<Zone>,
}

#[derive(Debug)]
struct Days {
    profile: Arc<Profile>,
    ids: Vec<CalendarId>,
    version: CalendarVersion,
    layers: Vec<Layer>,
    business: BusinessDays,
    suspended: Vec<SuspendedTerms>,
}

/// A general suspension of terms, as known: from a first day to a last one, included.
#[derive(Debug, Clone)]
pub(crate) struct SuspendedTerms {
    pub(crate) first: Day,
    pub(crate) last: Option<Day>,
    decree: Arc<Decree>,
}

impl Calendar {
    pub(super) fn new(
        profile: Arc<Profile>,
        version: CalendarVersion,
        layers: Vec<Layer>,
        business: BusinessDays,
        suspended: Vec<SuspendedTerms>,
    ) -> Self {
        let zone = Arc::new(profile.zones[0].clone());
        let ids = layers.iter().map(|layer| layer.id.clone()).collect();
        let days = Days {
            profile,
            ids,
            version,
            layers,
            business,
            suspended,
        };
        Self {
            days: Arc::new(days),
            zone,
        }
    }

    /// The same days seen from another time zone (a unit in Galápagos).
    #[must_use]
    pub fn in_zone(&self, zone: &Zone) -> Self {
        Self {
            days: Arc::clone(&self.days),
            zone: Arc::new(zone.clone()),
        }
    }

    /// The time zone of its dates.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// What it contains, as a name.
    #[must_use]
    pub fn version(&self) -> &CalendarVersion {
        &self.days.version
    }

    /// The calendars in the union, sorted.
    #[must_use]
    pub fn ids(&self) -> &[CalendarId] {
        &self.days.ids
    }

    /// The name of its profile.
    #[must_use]
    pub fn profile(&self) -> &str {
        &self.days.profile.id
    }

    /// The article of the profile's law that answers a question of time.
    #[must_use]
    pub fn article(&self, basis: LegalBasis) -> Option<&Article> {
        self.days.profile.articles.get(&basis)
    }

    /// Whether the profile's law lets a clock stop for a cause.
    #[must_use]
    pub fn allows(&self, cause: SuspensionCause) -> bool {
        self.days.profile.causes.contains(&cause)
    }

    /// Whether a date is a business day (COA 159). No date outside 1900 to 2200 is.
    #[must_use]
    pub fn is_business_day(&self, date: Date) -> bool {
        Day::of(date).is_ok_and(|day| self.days.business.contains(day))
    }

    /// The first business day after a date (COA 158).
    ///
    /// # Errors
    /// [`DeadlineError::DateOutOfRange`] at the ends of the range.
    pub fn next_business_day(&self, after: Date) -> Result<Date, DeadlineError> {
        self.add_business_days(after, 1)
    }

    /// The date itself if it is a business day, or else the next one.
    ///
    /// # Errors
    /// As [`Calendar::next_business_day`].
    pub fn business_day_on_or_after(&self, date: Date) -> Result<Date, DeadlineError> {
        let out = || DeadlineError::DateOutOfRange {
            date: date.to_string(),
        };
        self.business()
            .on_or_after(Day::of(date)?)
            .and_then(Day::date)
            .ok_or_else(out)
    }

    /// The date itself if it is a business day, or else the one before.
    ///
    /// # Errors
    /// As [`Calendar::next_business_day`].
    pub fn business_day_on_or_before(&self, date: Date) -> Result<Date, DeadlineError> {
        let out = || DeadlineError::DateOutOfRange {
            date: date.to_string(),
        };
        let rank = self.business().up_to(Day::of(date)?);
        self.business()
            .nth(rank)
            .and_then(Day::date)
            .ok_or_else(out)
    }

    /// The n-th business day after a date; the date itself never counts.
    ///
    /// # Errors
    /// [`DeadlineError::DateOutOfRange`] when there is none in the range.
    pub fn add_business_days(&self, after: Date, n: u32) -> Result<Date, DeadlineError> {
        let out = || DeadlineError::DateOutOfRange {
            date: format!("{after} +{n} business days"),
        };
        let rank = self.business().up_to(Day::of(after)?) + i64::from(n.max(1));
        self.business()
            .nth(rank)
            .and_then(Day::date)
            .ok_or_else(out)
    }

    /// How many business days lie after a date, up to and including another; 0 if it is not later.
    ///
    /// # Errors
    /// [`DeadlineError::DateOutOfRange`].
    pub fn business_days_between(&self, after: Date, until: Date) -> Result<u32, DeadlineError> {
        let count = self.business().between(Day::of(after)?, Day::of(until)?);
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Why a date is not a day on which terms run; `None` for one on which they do.
    #[must_use]
    pub fn reason(&self, date: Date) -> Option<RestReason> {
        self.reason_of(Day::of(date).ok()?)
    }

    /// The days between two dates, both included, that are not worked or on which terms do not
    /// run, with every reason: to be published as JSON or iCalendar. Plain weekends are left out.
    ///
    /// # Errors
    /// [`DeadlineError::DateOutOfRange`].
    pub fn days_between(&self, first: Date, last: Date) -> Result<Vec<CalendarDay>, DeadlineError> {
        let (from, until) = (Day::of(first)?, Day::of(last)?);
        let mut listed = Vec::new();
        for number in from.0..=until.0 {
            let day = Day(number);
            let date = day.known_date();
            let own = self
                .days
                .layers
                .iter()
                .filter_map(|layer| layer.reason(day));
            let suspended = self.suspension_of(day).map(SuspendedTerms::reason);
            listed.extend(
                own.chain(suspended)
                    .map(|reason| CalendarDay { date, reason }),
            );
        }
        Ok(listed)
    }

    /// Whether every calendar of the union was compared with a published list for these years.
    #[must_use]
    pub fn was_checked(&self, first: Date, last: Date) -> bool {
        let checked = |layer: &Layer| layer.was_checked(first) && layer.was_checked(last);
        self.days.layers.iter().all(checked)
    }

    pub(crate) fn business(&self) -> &BusinessDays {
        &self.days.business
    }

    pub(crate) fn suspended_terms(&self) -> &[SuspendedTerms] {
        &self.days.suspended
    }

    pub(crate) fn reason_of(&self, day: Day) -> Option<RestReason> {
        if self.days.business.contains(day) {
            return self.suspension_of(day).map(SuspendedTerms::reason);
        }
        day.date()?;
        let weekend = self.days.profile.weekend.contains(&day.weekday().into());
        match weekend {
            true => Some(RestReason::Weekend),
            false => self.days.layers.iter().find_map(|layer| layer.reason(day)),
        }
    }

    /// The general suspension of terms that covers a day, worked or not.
    pub(crate) fn general_suspension(&self, day: Day) -> Option<RestReason> {
        self.suspension_of(day).map(SuspendedTerms::reason)
    }

    fn suspension_of(&self, day: Day) -> Option<&SuspendedTerms> {
        self.days.suspended.iter().find(|terms| terms.covers(day))
    }
}

impl SuspendedTerms {
    /// The general suspensions that some decrees leave, in the order the decrees became known.
    pub(super) fn from_decrees(decrees: &[Arc<Decree>]) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for decree in decrees {
            let Ok(first) = Day::of(decree.from) else {
                continue;
            };
            match decree.effect {
                DecreeEffect::TermsSuspended => {
                    let last = decree.to.and_then(|to| Day::of(to).ok());
                    all.push(Self {
                        first,
                        last,
                        decree: Arc::clone(decree),
                    });
                }
                DecreeEffect::TermsResumed => {
                    for terms in all
                        .iter_mut()
                        .filter(|t| t.decree.calendar == decree.calendar)
                    {
                        let eve = first.plus(-1);
                        terms.last = Some(terms.last.map_or(eve, |last| last.min(eve)));
                    }
                    all.retain(|terms| terms.last.is_none_or(|last| last >= terms.first));
                }
                DecreeEffect::Rest | DecreeEffect::Work => {}
            }
        }
        all
    }

    fn covers(&self, day: Day) -> bool {
        self.first <= day && self.last.is_none_or(|last| day <= last)
    }

    fn reason(&self) -> RestReason {
        RestReason::TermsSuspended {
            id: Arc::clone(&self.decree.id),
            name: self.decree.name.clone(),
            issued_on: self.decree.issued_on,
            calendar: self.decree.calendar.clone(),
        }
    }
}
