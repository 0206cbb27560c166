//! How the holidays of a calendar are written down: when each falls, and how the law moves it.
//! This is the format of the data files; turning rules into days is `expand`.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use super::CalendarId;
use crate::language::LocalName;

/// One calendar as data: a country's, a canton's.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CalendarRules {
    pub(crate) id: CalendarId,
    pub(crate) name: LocalName,
    /// The calendar of the larger place that this one adds to.
    #[serde(default)]
    pub(crate) parent: Option<CalendarId>,
    #[serde(default)]
    pub(crate) kind: CalendarKind,
    /// The years in which the days were compared with an official or published list.
    #[serde(default)]
    pub(crate) checked_years: Option<(i16, i16)>,
    pub(crate) holidays: Vec<HolidayRule>,
    #[serde(default)]
    pub(crate) pairs: Vec<PairRule>,
}

/// Whose calendar it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarKind {
    /// A country's or a canton's: it reaches procedures through either party (COA 159).
    #[default]
    Place,
    /// An entity's own: it reaches only the procedures before that entity, so this is where the
    /// entity's general suspensions of terms belong.
    Entity,
}

/// One holiday.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct HolidayRule {
    pub(crate) id: String,
    pub(crate) name: LocalName,
    pub(crate) on: Occasion,
    /// The table by which an isolated day is moved.
    #[serde(default)]
    pub(crate) shift: Option<String>,
    #[serde(default)]
    pub(crate) first_year: Option<i16>,
}

/// Two holidays on consecutive days, which are moved together.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PairRule {
    pub(crate) first: String,
    pub(crate) second: String,
    pub(crate) shift: String,
}

/// When a holiday falls in a year.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Occasion {
    /// The same date every year.
    Fixed { month: i8, day: i8 },
    /// So many days after (or, negative, before) Easter Sunday.
    Easter { offset: i32 },
    /// The n-th weekday of a month; negative counts from the end.
    NthWeekday {
        month: i8,
        weekday: DayName,
        nth: i8,
    },
}

/// By how many days a holiday is moved, by the weekday it falls on.
pub(crate) type ShiftTable = BTreeMap<DayName, i32>;

/// The same for a pair of consecutive days, by the weekday of the first.
pub(crate) type PairShiftTable = BTreeMap<DayName, (i32, i32)>;

/// The tables by which the law moves holidays, and since when.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shifts {
    /// Holidays that fall before this day are kept on their own day: the rule was another then.
    #[serde(default)]
    pub(crate) in_force_from: Option<Date>,
    #[serde(default)]
    pub(crate) single: BTreeMap<String, ShiftTable>,
    #[serde(default)]
    pub(crate) pair: BTreeMap<String, PairShiftTable>,
}

/// A weekday in data files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DayName {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl From<Weekday> for DayName {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Mon,
            Weekday::Tuesday => Self::Tue,
            Weekday::Wednesday => Self::Wed,
            Weekday::Thursday => Self::Thu,
            Weekday::Friday => Self::Fri,
            Weekday::Saturday => Self::Sat,
            Weekday::Sunday => Self::Sun,
        }
    }
}

impl DayName {
    pub(crate) const fn weekday(self) -> Weekday {
        match self {
            Self::Mon => Weekday::Monday,
            Self::Tue => Weekday::Tuesday,
            Self::Wed => Weekday::Wednesday,
            Self::Thu => Weekday::Thursday,
            Self::Fri => Weekday::Friday,
            Self::Sat => Weekday::Saturday,
            Self::Sun => Weekday::Sunday,
        }
    }

    /// The three letters of the vectors (`Mon`).
    pub(crate) const fn short(self) -> &'static str {
        match self {
            Self::Mon => "Mon",
            Self::Tue => "Tue",
            Self::Wed => "Wed",
            Self::Thu => "Thu",
            Self::Fri => "Fri",
            Self::Sat => "Sat",
            Self::Sun => "Sun",
        }
    }
}
