//! The calendars of a log, resolved once for each combination and version.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chasqui_deadlines::{Calendar, CalendarBook, CalendarId, DeadlineError};
use jiff::Timestamp;

/// How many resolved calendars are kept: there are a few combinations of units' and applicants' places.
const KEPT: usize = 256;

/// The book of calendars, and what was resolved from it.
#[derive(Clone)]
pub struct Calendars {
    book: CalendarBook,
    resolved: Arc<Mutex<BTreeMap<String, Calendar>>>,
}

impl Calendars {
    pub(crate) fn new(book: CalendarBook) -> Self {
        Self {
            book,
            resolved: Arc::default(),
        }
    }

    /// The union of some calendars as known at an instant; of none, that of the profile's own.
    pub fn resolve(
        &self,
        ids: &[CalendarId],
        known_at: Timestamp,
    ) -> Result<Calendar, DeadlineError> {
        let ids = if ids.is_empty() {
            self.book.default_calendars()
        } else {
            ids
        };
        let version = self.book.version(ids, known_at)?;
        let mut resolved = self.resolved.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(calendar) = resolved.get(version.as_str()) {
            return Ok(calendar.clone());
        }
        let calendar = self.book.resolve(ids, known_at)?;
        if resolved.len() >= KEPT {
            resolved.clear();
        }
        resolved.insert(version.as_str().to_owned(), calendar.clone());
        Ok(calendar)
    }

    /// The book itself.
    #[must_use]
    pub fn book(&self) -> &CalendarBook {
        &self.book
    }
}
