//! What is open: TI-07.

use jiff::civil::Date;

use super::row::Row;
use super::snapshot::Snapshot;
use crate::Histogram;
use crate::figure::{Figure, Indicator, Measure};

/// TI-07: what is open on the day of the snapshot, by how it stands.
///
/// The value counts all open procedures; numerator and denominator are those overdue and those open, `backlog_share`
/// the one by the other. Each open procedure is in exactly one of `suspended`, `without_term`, `overdue` (due < t),
/// `due_today` and `running`. Ages are net business days; an age equal to the term is not overdue. Vector I08.
#[must_use]
pub fn open_stock(snapshot: &Snapshot<'_>) -> Figure {
    let as_of = snapshot.as_of();
    let open: Vec<&Row> = snapshot
        .rows()
        .filter(|row| row.was_open_on(as_of))
        .collect();
    let count = |standing: &str| {
        let meant = open.iter().filter(|row| stands(row, as_of) == standing);
        u64::try_from(meant.count()).unwrap_or(u64::MAX)
    };
    let ages: Histogram = open.iter().map(|row| row.days.net).collect();
    let (overdue, all) = (count("overdue"), ages.n());
    let figure = Figure {
        numerator: Some(overdue),
        denominator: Some(all),
        spread: Some(crate::figure::Spread::of(&ages)),
        ..Figure::count(Indicator::OpenStock, Measure::Procedures, all)
    };
    figure
        .with_share("backlog_share", overdue, all)
        .with_parts(STANDINGS.map(|standing| (standing, count(standing))))
}

const STANDINGS: [&str; 5] = [
    "suspended",
    "without_term",
    "overdue",
    "due_today",
    "running",
];

fn stands(row: &Row, as_of: Date) -> &'static str {
    // A late procedure cannot become punctual by resting: it is overdue first.
    match row.due {
        Some(due) if due.on < as_of && !row.rested_on(due.on) => "overdue",
        _ if row.suspensions.iter().any(|one| one.until.is_none()) => "suspended",
        None => "without_term",
        Some(due) if due.on == as_of => "due_today",
        Some(_) => "running",
    }
}

/// An open procedure in the list of the oldest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Oldest {
    /// What may be shown of its code.
    pub reference: String,
    /// When it was filed.
    pub filed_on: Date,
    /// Net business days since.
    pub age: i32,
}

/// The open procedures that were filed first, at most `most` of them; of one day, the older by net business days, then
/// by reference.
#[must_use]
pub fn oldest(snapshot: &Snapshot<'_>, most: usize) -> Vec<Oldest> {
    let open = snapshot
        .rows()
        .filter(|row| row.was_open_on(snapshot.as_of()));
    let mut list: Vec<Oldest> = open
        .map(|row| Oldest {
            reference: row.reference.clone(),
            filed_on: row.filed_on,
            age: row.days.net,
        })
        .collect();
    list.sort_by(|a, b| {
        let key = |one: &Oldest| (one.filed_on, std::cmp::Reverse(one.age));
        key(a)
            .cmp(&key(b))
            .then_with(|| a.reference.cmp(&b.reference))
    });
    list.truncate(most);
    list
}
