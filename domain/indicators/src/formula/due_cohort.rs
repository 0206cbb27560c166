//! What fell due in a period, and what became of it: TI-01, TI-02, TI-03, TI-14.
//!
//! The cohort is made by due dates, so that a procedure nobody answers is in it on its day, like any other: leaving old
//! files open cannot help. U = { c : due(c) ∈ P, due(c) < t, the term did not rest on due(c), and c was not withdrawn,
//! abandoned or transferred by due(c) }.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::period::Period;
use super::row::Row;
use super::snapshot::Snapshot;
use crate::figure::{Figure, Indicator};

/// How a procedure of the cohort did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Notified on its due date or before.
    OnTime,
    /// Notified afterwards.
    Late,
    /// Not notified, open or closed without a word.
    Unanswered,
}

/// The cohort of a period: each member with its fate, and what was left out.
pub(super) struct Cohort<'a> {
    pub(super) members: Vec<(&'a Row, Fate)>,
    pub(super) excluded: BTreeMap<&'static str, u64>,
}

impl<'a> Cohort<'a> {
    pub(super) fn of(
        snapshot: &Snapshot<'a>,
        period: Period,
        due: impl Fn(&Row) -> Option<Date>,
    ) -> Self {
        let mut members = Vec::new();
        let mut excluded: BTreeMap<_, _> = EXCLUSIONS.map(|reason| (reason, 0)).into();
        for row in snapshot.rows() {
            let Some(day) = due(row).filter(|day| period.contains(*day)) else {
                continue;
            };
            match fate(row, day, snapshot.as_of()) {
                Ok(fate) => members.push((row, fate)),
                Err(reason) => *excluded.entry(reason).or_default() += 1,
            }
        }
        Self { members, excluded }
    }

    pub(super) fn count(&self, is_meant: impl Fn(&Row, Fate) -> bool) -> u64 {
        let meant = self
            .members
            .iter()
            .filter(|(row, fate)| is_meant(row, *fate));
        u64::try_from(meant.count()).unwrap_or(u64::MAX)
    }

    pub(super) fn n(&self) -> u64 {
        self.count(|_, _| true)
    }

    fn share(self, id: Indicator, is_meant: impl Fn(&Row, Fate) -> bool) -> Figure {
        let figure = Figure::share(id, self.count(is_meant), self.n()).with_parts([
            ("on_time", self.count(|_, fate| fate == Fate::OnTime)),
            ("late", self.count(|_, fate| fate == Fate::Late)),
            ("unanswered", self.count(|_, fate| fate == Fate::Unanswered)),
            ("extended", self.count(|row, _| row.extensions > 0)),
            ("recorded_late", self.count(|row, _| row.recorded_late)),
        ]);
        Figure {
            excluded: self.excluded,
            ..figure
        }
    }
}

const EXCLUSIONS: [&str; 5] = [
    "withdrawn",
    "abandoned",
    "transferred",
    "suspended",
    "not_yet_due",
];

fn fate(row: &Row, due: Date, as_of: Date) -> Result<Fate, &'static str> {
    // The day of the snapshot is not over. Taking in only those already notified would flatter.
    if due >= as_of {
        return Err("not_yet_due");
    }
    if row.notified_on.is_some_and(|notified| notified <= due) {
        return Ok(Fate::OnTime);
    }
    if let Some(reason) = row.left_by(due) {
        return Err(reason);
    }
    if row.rested_on(due) {
        return Err("suspended");
    }
    Ok(if row.notified_on.is_some() {
        Fate::Late
    } else {
        Fate::Unanswered
    })
}

/// TI-01, the headline: notified on the due date or before, of what fell due in the period.
///
/// `|{c ∈ U : notified(c) ≤ due(c)}| / |U|`, with suspensions and extensions in the due date. Vector I03.
///
/// ```
/// use chasqui_indicators::formula::{Period, Snapshot, on_time};
/// use jiff::civil::date;
///
/// let none = Snapshot::new(date(2025, 10, 1), []).unwrap();
/// let figure = on_time(&none, Period::month_of(date(2025, 9, 1)));
/// assert_eq!((figure.value, figure.denominator), (None, Some(0)));
/// ```
#[must_use]
pub fn on_time(snapshot: &Snapshot<'_>, period: Period) -> Figure {
    by_law(snapshot, period).share(Indicator::OnTime, |_, fate| fate == Fate::OnTime)
}

/// TI-02: as TI-01, by the due date without extensions, which also makes the cohort.
#[must_use]
pub fn on_time_strict(snapshot: &Snapshot<'_>, period: Period) -> Figure {
    Cohort::of(snapshot, period, |row| row.due.map(|due| due.strict_on))
        .share(Indicator::OnTimeStrict, |_, fate| fate == Fate::OnTime)
}

/// TI-03: extended at least once, of the cohort of TI-01.
#[must_use]
pub fn extended(snapshot: &Snapshot<'_>, period: Period) -> Figure {
    by_law(snapshot, period).share(Indicator::Extended, |row, _| row.extensions > 0)
}

/// TI-14: as TI-01, by the day the unit promised. Procedures of types without a promise are in no cohort.
#[must_use]
pub fn service_standard(snapshot: &Snapshot<'_>, period: Period) -> Figure {
    Cohort::of(snapshot, period, |row| row.service_due_on)
        .share(Indicator::ServiceStandard, |_, fate| fate == Fate::OnTime)
}

/// The cohort of TI-01.
pub(super) fn by_law<'a>(snapshot: &Snapshot<'a>, period: Period) -> Cohort<'a> {
    Cohort::of(snapshot, period, |row| row.due.map(|due| due.on))
}
