//! Whether what must be published is published in time: TI-15.
//!
//! The day by which to register a month (the 15th of the next, or the next business day) is a term like others and comes
//! from `chasqui-deadlines`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::period::Period;
use crate::figure::{Figure, Indicator};

/// A file that the transparency law expects: one numeral, one month, one entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// The last day on which it is in time.
    pub register_by: Date,
    /// The day it was registered.
    pub registered_on: Option<Date>,
}

/// TI-15: registered in time, of the files to be registered by a day of the period that is over.
///
/// ```
/// use chasqui_indicators::formula::{Expected, Period, publication};
/// use jiff::civil::date;
///
/// let file = |registered_on| Expected { register_by: date(2026, 2, 18), registered_on };
/// let files = [file(Some(date(2026, 2, 18))), file(Some(date(2026, 2, 19))), file(None)];
/// let figure = publication(&files, Period::month_of(date(2026, 2, 1)), date(2026, 3, 1));
/// assert_eq!((figure.numerator, figure.denominator), (Some(1), Some(3)));
/// ```
#[must_use]
pub fn publication(files: &[Expected], period: Period, as_of: Date) -> Figure {
    let (mut in_time, mut late, mut missing) = (0, 0, 0);
    let due = |file: &&Expected| period.contains(file.register_by) && file.register_by < as_of;
    for file in files.iter().filter(due) {
        match file.registered_on.filter(|day| *day <= as_of) {
            Some(day) if day <= file.register_by => in_time += 1,
            Some(_) => late += 1,
            None => missing += 1,
        }
    }
    Figure::share(Indicator::Publication, in_time, in_time + late + missing).with_parts([
        ("in_time", in_time),
        ("late", late),
        ("missing", missing),
    ])
}
