//! Taking a decree into a book, if it makes sense.

use std::sync::Arc;

use super::book::CalendarBook;
use super::rule::CalendarKind;
use super::{Decree, DecreeEffect};
use crate::day::Day;
use crate::error::DeadlineError;

impl CalendarBook {
    /// The book with one more decree.
    ///
    /// # Errors
    /// [`DeadlineError::UnknownCalendar`], [`DeadlineError::DateOutOfRange`],
    /// [`DeadlineError::TooMany`], and [`DeadlineError::InvalidInput`] for a decree that ends
    /// before it begins, speaks of more than a year of rest, suspends the terms of a canton, or has
    /// the name of another.
    pub fn with_decree(mut self, decree: Decree) -> Result<Self, DeadlineError> {
        self.check(&decree)?;
        self.decrees.push(Arc::new(decree));
        Ok(self)
    }

    fn check(&self, decree: &Decree) -> Result<(), DeadlineError> {
        let invalid = |detail: &str| {
            let detail = format!("decree {}: {detail}", decree.id);
            Err(DeadlineError::InvalidInput { detail })
        };
        let calendar = self.calendar(&decree.calendar)?;
        let from = Day::of(decree.from)?;
        let last = decree.last_day().map(Day::of).transpose()?;
        if last.is_some_and(|last| last < from) {
            return invalid("it ends before it begins");
        }
        let rests = matches!(decree.effect, DecreeEffect::Rest | DecreeEffect::Work);
        if rests && last.is_some_and(|last| last.0 - from.0 > 366) {
            return invalid("more than a year of rest");
        }
        if !rests && calendar.kind == CalendarKind::Place && calendar.parent.is_some() {
            return invalid("terms are suspended for a country or an entity, not for a canton");
        }
        if self.decrees.iter().any(|other| other.id == decree.id) {
            return invalid("there is another of that name");
        }
        if self.decrees.len() >= Decree::MAX {
            return Err(DeadlineError::TooMany {
                what: "decrees",
                limit: Decree::MAX,
            });
        }
        Ok(())
    }
}
