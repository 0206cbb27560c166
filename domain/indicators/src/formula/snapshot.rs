//! Rows as they stood on one day, whole or divided.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::row::Row;

/// Rows with the day on which they were taken. That day is not over: what is due on it is not late yet.
///
/// It cannot hold a row that knows of a later day. It may hold contradictions of a source (an end before the filing),
/// which the formulas survive.
#[derive(Clone, Debug)]
pub struct Snapshot<'a> {
    as_of: Date,
    rows: Vec<&'a Row>,
}

/// A row that knows of a day after the snapshot: its days were counted on another day than the snapshot says.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{reference} knows of {on}, after the snapshot of {as_of}")]
pub struct FactAfterCutoff {
    /// The row.
    pub reference: String,
    /// The later day.
    pub on: Date,
    /// The day of the snapshot.
    pub as_of: Date,
}

/// By what figures are broken down. A cross with an attribute of the applicant goes through `suppress` before it is
/// published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// The competent unit.
    Unit,
    /// The type with its version, `CODE@3`: another version may have another term, and is another series.
    Type,
    /// The channel.
    Channel,
    /// The kind of applicant: an attribute of a person.
    Applicant,
}

impl<'a> Snapshot<'a> {
    /// The rows as they stood on `as_of`.
    ///
    /// # Errors
    /// [`FactAfterCutoff`] for the first row that knows of a later day.
    pub fn new(
        as_of: Date,
        rows: impl IntoIterator<Item = &'a Row>,
    ) -> Result<Self, FactAfterCutoff> {
        let rows: Vec<_> = rows.into_iter().collect();
        for row in &rows {
            if let Some(on) = facts(row).find(|day| *day > as_of) {
                return Err(FactAfterCutoff {
                    reference: row.reference.clone(),
                    on,
                    as_of,
                });
            }
        }
        Ok(Self { as_of, rows })
    }

    /// The day on which the rows were taken.
    #[must_use]
    pub const fn as_of(&self) -> Date {
        self.as_of
    }

    /// The rows.
    pub fn rows(&self) -> impl Iterator<Item = &'a Row> + '_ {
        self.rows.iter().copied()
    }

    /// The rows divided, each part in its own snapshot. The parts are disjoint, and together all rows.
    #[must_use]
    pub fn by(&self, dimension: Dimension) -> BTreeMap<String, Self> {
        let empty = || Self {
            as_of: self.as_of,
            rows: Vec::new(),
        };
        let mut parts = BTreeMap::new();
        for row in self.rows() {
            let part: &mut Self = parts.entry(dimension.of(row)).or_insert_with(empty);
            part.rows.push(row);
        }
        parts
    }
}

impl Dimension {
    fn of(self, row: &Row) -> String {
        match self {
            Self::Unit => row.unit.clone(),
            Self::Type => format!("{}@{}", row.procedure_type, row.type_version),
            Self::Channel => row.channel.clone(),
            Self::Applicant => match row.applicant {
                super::row::Applicant::Natural => "natural",
                super::row::Applicant::Legal => "legal",
                super::row::Applicant::Unstated => "unstated",
            }
            .to_owned(),
        }
    }
}

/// Every day on which something is stated to have happened. Due dates are no such days.
fn facts(row: &Row) -> impl Iterator<Item = Date> + '_ {
    let milestones = [
        row.silence,
        row.first_act,
        row.rectified.map(|one| one.first),
    ];
    let suspensions = row
        .suspensions
        .iter()
        .flat_map(|one| [Some(one.from), one.until]);
    let stays = row
        .stays
        .iter()
        .flat_map(|one| [Some(one.started_on), one.completed_on]);
    [
        Some(row.filed_on),
        row.decided_on,
        row.notified_on,
        row.closed_on,
    ]
    .into_iter()
    .chain(milestones.map(|one| one.map(|one| one.on)))
    .chain(suspensions)
    .chain(stays)
    .flatten()
}
