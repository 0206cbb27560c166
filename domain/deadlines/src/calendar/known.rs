//! What a book knew at an instant: the decrees, the calendar, and the name of both.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::book::CalendarBook;
use super::layer::Layer;
use super::resolved::{Calendar, SuspendedTerms};
use super::version::Digest;
use super::{CalendarId, CalendarVersion, Decree, RecoverableDays};
use crate::error::DeadlineError;

impl CalendarBook {
    /// The union of some calendars, as known at an instant (COA 159).
    ///
    /// The order of the names does not matter, nor does naming one twice.
    ///
    /// # Errors
    /// [`DeadlineError::NoCalendar`], [`DeadlineError::UnknownCalendar`],
    /// [`DeadlineError::TooMany`].
    pub fn resolve(
        &self,
        ids: &[CalendarId],
        known_at: Timestamp,
    ) -> Result<Calendar, DeadlineError> {
        let ids = self.union(ids)?;
        let decrees = self.decrees_known(&ids, known_at);
        let version = self.version_of(&ids, &decrees);
        let mut layers = Vec::with_capacity(ids.len());
        for id in &ids {
            let (mut layer, _) = self.shelf.layers[id].clone();
            decrees
                .iter()
                .filter(|decree| decree.calendar == *id)
                .for_each(|d| layer.apply(d));
            layers.push(layer);
        }
        let rest = layers
            .iter()
            .flat_map(Layer::rest_days)
            .map(|day| (day, false));
        let business = self.shelf.weekdays.clone().with(rest);
        let suspended = SuspendedTerms::from_decrees(&decrees);
        let profile = Arc::clone(&self.shelf.profile);
        Ok(Calendar::new(profile, version, layers, business, suspended))
    }

    /// The version that [`CalendarBook::resolve`] would give, without resolving: a key to keep
    /// resolved calendars by.
    ///
    /// # Errors
    /// As [`CalendarBook::resolve`].
    pub fn version(
        &self,
        ids: &[CalendarId],
        known_at: Timestamp,
    ) -> Result<CalendarVersion, DeadlineError> {
        let ids = self.union(ids)?;
        Ok(self.version_of(&ids, &self.decrees_known(&ids, known_at)))
    }

    /// The instant from which a decree is known; `None` is always.
    #[must_use]
    pub fn known_from(&self, decree: &Decree) -> Option<Timestamp> {
        let issued = |date: Date| self.zone().start_of(date).ok();
        decree
            .known_at
            .or_else(|| decree.issued_on.and_then(issued))
    }

    /// The names sorted and without repetition, each of them known.
    fn union(&self, ids: &[CalendarId]) -> Result<Vec<CalendarId>, DeadlineError> {
        if ids.is_empty() {
            return Err(DeadlineError::NoCalendar);
        }
        if ids.len() > Self::MAX_UNION {
            return Err(DeadlineError::TooMany {
                what: "calendars",
                limit: Self::MAX_UNION,
            });
        }
        if let Some(id) = ids.iter().find(|id| !self.shelf.layers.contains_key(*id)) {
            return Err(DeadlineError::UnknownCalendar { id: id.to_string() });
        }
        let mut ids = ids.to_vec();
        ids.sort();
        ids.dedup();
        Ok(ids)
    }

    /// The decrees that concern some calendars and were known at an instant, in the order they
    /// became known.
    fn decrees_known(&self, ids: &[CalendarId], at: Timestamp) -> Vec<Arc<Decree>> {
        let counts = |decree: &Decree| {
            let skipped = decree.recoverable && self.recoverable == RecoverableDays::Worked;
            ids.contains(&decree.calendar) && !skipped
        };
        let mut known: Vec<_> = (self.decrees.iter())
            .filter(|decree| counts(decree))
            .map(|decree| (self.known_from(decree), decree))
            .filter(|(from, _)| from.is_none_or(|from| from <= at))
            .collect();
        known.sort_by(|(a, first), (b, second)| a.cmp(b).then_with(|| first.id.cmp(&second.id)));
        known
            .into_iter()
            .map(|(_, decree)| Arc::clone(decree))
            .collect()
    }

    fn version_of(&self, ids: &[CalendarId], decrees: &[Arc<Decree>]) -> CalendarVersion {
        let profile = &self.shelf.profile;
        let rules = ids.iter().fold(Digest::EMPTY, |digest, id| {
            digest
                .with(id.as_str())
                .with(&self.shelf.layers[id].1.to_string())
        });
        let digest = decrees.iter().fold(rules, |digest, decree| {
            let written = serde_json::to_string(decree);
            digest.with(&written.expect("invariant: a decree is plain data"))
        });
        CalendarVersion::new(&profile.id, &profile.edition, decrees.len(), digest)
    }
}
