//! From the rules of a calendar to its holidays in every year of the range. Reads data, knows no
//! country.

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::easter::easter;
use super::rule::{CalendarRules, DayName, HolidayRule, Occasion, Shifts};
use crate::day::Day;
use crate::error::DeadlineError;
use crate::language::LocalName;

/// One holiday of one year.
#[derive(Debug, Clone)]
pub(crate) struct Holiday {
    /// The day it is rested on.
    pub(crate) day: Day,
    /// The day it commemorates.
    pub(crate) nominal: Date,
    pub(crate) id: Arc<str>,
    pub(crate) name: LocalName,
}

/// All holidays of a calendar, in order.
///
/// Years are read one beyond the range on both sides, because a New Year's Day that falls on a
/// Saturday is rested in the year before it (vector D22).
pub(crate) fn expand(
    rules: &CalendarRules,
    shifts: &Shifts,
) -> Result<Vec<Holiday>, DeadlineError> {
    let mut holidays = Vec::new();
    for rule in &rules.holidays {
        let id: Arc<str> = rule.id.as_str().into();
        for year in 1899..=2201 {
            let Some(nominal) = nominal(rule, year)? else {
                continue;
            };
            let moved_by = shift(rules, shifts, rule, nominal)?;
            let rest = nominal
                .checked_add(i64::from(moved_by).days())
                .map_err(|_| bad(rules))?;
            if let Ok(day) = Day::of(rest) {
                let (id, name) = (Arc::clone(&id), rule.name.clone());
                holidays.push(Holiday {
                    day,
                    nominal,
                    id,
                    name,
                });
            }
        }
    }
    holidays.sort_by_key(|holiday| holiday.day);
    Ok(holidays)
}

/// The date a holiday commemorates in a year, if it is kept in that year.
fn nominal(rule: &HolidayRule, year: i16) -> Result<Option<Date>, DeadlineError> {
    if rule.first_year.is_some_and(|first| year < first) {
        return Ok(None);
    }
    let date = match rule.on {
        Occasion::Fixed { month, day } => Date::new(year, month, day),
        Occasion::Easter { offset } => {
            let (month, day) = easter(year.into());
            Date::new(year, month, day).and_then(|d| d.checked_add(i64::from(offset).days()))
        }
        Occasion::NthWeekday {
            month,
            weekday,
            nth,
        } => Date::new(year, month, 1)
            .and_then(|first| first.nth_weekday_of_month(nth, weekday.weekday())),
    };
    date.map(Some).map_err(|_| DeadlineError::InvalidInput {
        detail: format!("holiday {} has no date in {year}", rule.id),
    })
}

/// By how many days the law moves a holiday in a year.
fn shift(
    rules: &CalendarRules,
    shifts: &Shifts,
    rule: &HolidayRule,
    nominal: Date,
) -> Result<i32, DeadlineError> {
    if shifts.in_force_from.is_some_and(|since| nominal < since) {
        return Ok(0);
    }
    let in_pair = |pair: &&super::rule::PairRule| pair.first == rule.id || pair.second == rule.id;
    if let Some(pair) = rules.pairs.iter().find(in_pair) {
        let table = shifts.pair.get(&pair.shift).ok_or_else(|| bad(rules))?;
        let is_first = pair.first == rule.id;
        let first_falls_on = match is_first {
            true => nominal.weekday(),
            false => nominal.weekday().previous(),
        };
        let (first, second) = table
            .get(&DayName::from(first_falls_on))
            .copied()
            .unwrap_or_default();
        return Ok(if is_first { first } else { second });
    }
    let Some(name) = &rule.shift else {
        return Ok(0);
    };
    let table = shifts.single.get(name).ok_or_else(|| bad(rules))?;
    Ok(table
        .get(&DayName::from(nominal.weekday()))
        .copied()
        .unwrap_or_default())
}

fn bad(rules: &CalendarRules) -> DeadlineError {
    DeadlineError::InvalidInput {
        detail: format!("calendar {} has a rule without sense", rules.id),
    }
}
