//! The calendars of a log: the profile's own rules and the decrees that the log holds, resolved once for
//! each combination and version.

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};

use chasqui_deadlines::{
    Calendar, CalendarBook, CalendarId, CalendarVersion, DeadlineError, Decree,
};
use jiff::Timestamp;

/// How many resolved calendars are kept: there are a few combinations of units' and applicants' places.
const KEPT: usize = 256;

/// The book of calendars as this process knows it, and what was resolved from it. Clones share both.
#[derive(Clone)]
pub struct Calendars(Arc<RwLock<Shelf>>);

struct Shelf {
    /// The profile's own, without the log's decrees.
    base: CalendarBook,
    book: CalendarBook,
    decrees: Vec<Decree>,
    resolved: BTreeMap<CalendarVersion, Calendar>,
}

impl Calendars {
    pub(crate) fn new(base: CalendarBook) -> Self {
        Self(Arc::new(RwLock::new(Shelf {
            book: base.clone(),
            base,
            decrees: Vec::new(),
            resolved: BTreeMap::new(),
        })))
    }

    /// The union of some calendars as known at an instant; of none, that of the profile's own.
    pub fn resolve(
        &self,
        ids: &[CalendarId],
        known_at: Timestamp,
    ) -> Result<Calendar, DeadlineError> {
        let (book, version) = {
            let shelf = self.0.read().unwrap_or_else(PoisonError::into_inner);
            let version = shelf.book.version(shelf.named(ids), known_at)?;
            if let Some(calendar) = shelf.resolved.get(&version) {
                return Ok(calendar.clone());
            }
            (shelf.book.clone(), version)
        };
        let ids = if ids.is_empty() {
            book.default_calendars()
        } else {
            ids
        };
        let calendar = book.resolve(ids, known_at)?;
        let mut shelf = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if shelf.resolved.len() >= KEPT {
            shelf.resolved.clear();
        }
        shelf.resolved.insert(version, calendar.clone());
        Ok(calendar)
    }

    /// The union of some calendars in a version that was in force once, with the moment from which it
    /// was; none if no decree leads back to it, because the calendars' own data have changed since.
    pub fn of_version(
        &self,
        ids: &[CalendarId],
        version: &CalendarVersion,
        now: Timestamp,
    ) -> Result<Option<(Calendar, Timestamp)>, DeadlineError> {
        for moment in self.moments(now) {
            let calendar = self.resolve(ids, moment)?;
            if calendar.version() == version {
                return Ok(Some((calendar, moment)));
            }
        }
        Ok(None)
    }

    /// What was decreed about some calendars after a moment and until another.
    #[must_use]
    pub fn decreed(&self, ids: &[CalendarId], after: Timestamp, until: Timestamp) -> Vec<Decree> {
        let shelf = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let book = &shelf.book;
        let known = |decree: &&Decree| {
            let known_from = book.known_from(decree);
            known_from.is_some_and(|at| after < at && at <= until)
        };
        let ours = |decree: &&Decree| ids.contains(&decree.calendar);
        book.decrees().filter(known).filter(ours).cloned().collect()
    }

    /// The book as it is known.
    #[must_use]
    pub fn book(&self) -> CalendarBook {
        let shelf = self.0.read().unwrap_or_else(PoisonError::into_inner);
        shelf.book.clone()
    }

    /// A decree of the log, by its id.
    pub(crate) fn decree(&self, id: &str) -> Option<Decree> {
        let shelf = self.0.read().unwrap_or_else(PoisonError::into_inner);
        shelf.book.decrees().find(|one| &*one.id == id).cloned()
    }

    /// Takes in all decrees of the log. True if that is news.
    pub(crate) fn learn(&self, decrees: Vec<Decree>) -> Result<bool, DeadlineError> {
        let mut shelf = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if shelf.decrees == decrees {
            return Ok(false);
        }
        let mut book = shelf.base.clone();
        for decree in &decrees {
            book = book.with_decree(decree.clone())?;
        }
        shelf.book = book;
        shelf.decrees = decrees;
        shelf.resolved.clear();
        Ok(true)
    }

    /// The moments from which a version of the calendars was in force, the newest first.
    fn moments(&self, now: Timestamp) -> Vec<Timestamp> {
        let shelf = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let book = &shelf.book;
        let known = book.decrees().filter_map(|decree| book.known_from(decree));
        let mut moments: Vec<Timestamp> = known.filter(|at| *at <= now).collect();
        moments.push(Timestamp::MIN);
        moments.sort_unstable_by(|a, b| b.cmp(a));
        moments.dedup();
        moments
    }
}

impl Shelf {
    fn named<'a>(&'a self, ids: &'a [CalendarId]) -> &'a [CalendarId] {
        if ids.is_empty() {
            self.book.default_calendars()
        } else {
            ids
        }
    }
}
