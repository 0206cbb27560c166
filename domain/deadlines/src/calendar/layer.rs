//! One calendar of a union: its own holidays and what decrees made of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::expand::Holiday;
use super::{CalendarId, Decree, DecreeEffect, RestReason};
use crate::day::Day;

/// A calendar inside a union. Decrees act on their own calendar only: a day that one canton works
/// by decree is still a rest day of the union when another canton rests on it (COA 159).
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    pub(crate) id: CalendarId,
    pub(crate) checked_years: Option<(i16, i16)>,
    pub(crate) holidays: Arc<[Holiday]>,
    decreed: BTreeMap<Day, Decreed>,
}

#[derive(Debug, Clone)]
enum Decreed {
    Rest(Arc<Decree>),
    Work,
}

impl Layer {
    pub(crate) fn new(
        id: CalendarId,
        checked_years: Option<(i16, i16)>,
        holidays: Arc<[Holiday]>,
    ) -> Self {
        Self {
            id,
            checked_years,
            holidays,
            decreed: BTreeMap::new(),
        }
    }

    /// Applies a decree over what was known before it.
    pub(crate) fn apply(&mut self, decree: &Arc<Decree>) {
        let Some(last) = decree.last_day() else {
            return;
        };
        let (Ok(from), Ok(last)) = (Day::of(decree.from), Day::of(last)) else {
            return;
        };
        for number in from.0..=last.0 {
            match decree.effect {
                DecreeEffect::Rest => {
                    self.decreed
                        .insert(Day(number), Decreed::Rest(Arc::clone(decree)));
                }
                DecreeEffect::Work => {
                    self.decreed.insert(Day(number), Decreed::Work);
                }
                DecreeEffect::TermsSuspended | DecreeEffect::TermsResumed => {}
            }
        }
    }

    /// Every day that this calendar rests on, weekends apart.
    pub(crate) fn rest_days(&self) -> impl Iterator<Item = Day> {
        let worked = |day: &Day| matches!(self.decreed.get(day), Some(Decreed::Work));
        let holidays = self.holidays.iter().map(|holiday| holiday.day);
        let decreed = self.decreed.iter().filter_map(|(day, what)| match what {
            Decreed::Rest(_) => Some(*day),
            Decreed::Work => None,
        });
        holidays.filter(move |day| !worked(day)).chain(decreed)
    }

    /// Why this calendar rests on a day: its own rule first, a decree otherwise.
    pub(crate) fn reason(&self, day: Day) -> Option<RestReason> {
        let decree = match self.decreed.get(&day) {
            Some(Decreed::Work) => return None,
            Some(Decreed::Rest(decree)) => Some(decree),
            None => None,
        };
        let first = self.holidays.partition_point(|holiday| holiday.day < day);
        match self
            .holidays
            .get(first)
            .filter(|holiday| holiday.day == day)
        {
            Some(holiday) => Some(RestReason::Holiday {
                id: Arc::clone(&holiday.id),
                name: holiday.name.clone(),
                nominal: holiday.nominal,
                calendar: self.id.clone(),
            }),
            None => decree.map(|decree| RestReason::Decree {
                id: Arc::clone(&decree.id),
                name: decree.name.clone(),
                issued_on: decree.issued_on,
                recoverable: decree.recoverable,
                calendar: self.id.clone(),
            }),
        }
    }

    /// Whether the days up to a date were compared with a published list.
    pub(crate) fn was_checked(&self, date: Date) -> bool {
        let listed = |(first, last): (i16, i16)| (first..=last).contains(&date.year());
        self.holidays.is_empty() || self.checked_years.is_some_and(listed)
    }
}
