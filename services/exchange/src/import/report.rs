//! The account of an import: every row of the source stands somewhere in it.

use std::collections::BTreeMap;
use std::path::Path;

use chasqui_commands::Imported;
use chasqui_procedures::Moment;
use serde::Serialize;

/// What became of every event of one file.
///
/// `events_read` = `events_appended` + `already_there` + `ignored` + `refused_events`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The file.
    pub file: String,
    /// Its format.
    pub format: String,
    /// The mapping.
    pub mapping: String,
    /// Whether nothing was recorded on purpose.
    pub dry_run: bool,
    /// Traces or rows of procedures, as the source lists them.
    pub procedures_read: u64,
    /// Events that the source states, or would state if they could be read.
    pub events_read: u64,
    /// Events that were recorded.
    pub events_appended: u64,
    /// Entries recorded from attributes of procedures; not among the events.
    pub attributes_appended: u64,
    /// Procedures that were not there before.
    pub procedures_filed: u64,
    /// Events that were there already.
    pub already_there: u64,
    /// Events that the mapping leaves out.
    pub ignored: u64,
    /// Activities that the mapping does not name, with how often they came.
    pub unmapped: BTreeMap<String, u64>,
    /// Contradictions that were recorded, with how often they were named.
    pub contradictions: BTreeMap<&'static str, u64>,
    /// Events that could not be placed.
    pub refused_events: u64,
    /// How many refusals there were, also those that the list leaves out.
    pub refusals: u64,
    /// How often each fault was met in each column: `column: fault`.
    pub faults: BTreeMap<String, u64>,
    /// What could not be placed, and why: at most [`MAX_REFUSED`] of them.
    pub refused: Vec<Refused>,
    /// The first moment that the source states.
    pub first_occurred_at: Option<Moment>,
    /// The last moment that the source states.
    pub last_occurred_at: Option<Moment>,
    /// The log's size after the import.
    pub position: Option<u64>,
}

/// The most refusals that a report lists.
pub const MAX_REFUSED: usize = 100_000;

/// Something that could not be placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The procedure's id in the source, if there is one.
    pub procedure: Option<String>,
    /// The line of the file, from 1.
    pub line: u64,
    /// The field at fault.
    pub column: Option<String>,
    /// Why, as a word: `no_procedure`, `no_activity`, `no_date`, `backwards` or `came_before`.
    pub fault: &'static str,
    /// Why, and what it says there.
    pub reason: String,
    /// How many events are lost by it; none if only an attribute is.
    pub events: u64,
}

impl Report {
    pub(super) fn of(file: &Path, format: &str, mapping: &Path, dry_run: bool) -> Self {
        Self {
            file: file.display().to_string(),
            format: format.to_owned(),
            mapping: mapping.display().to_string(),
            dry_run,
            ..Self::default()
        }
    }

    pub(super) fn refuse(&mut self, refused: Refused) {
        self.refusals += 1;
        self.refused_events += refused.events;
        let column = refused.column.as_deref().unwrap_or("-");
        *self
            .faults
            .entry(format!("{column}: {}", refused.fault))
            .or_default() += 1;
        if self.refused.len() < MAX_REFUSED {
            self.refused.push(refused);
        }
    }

    pub(super) fn saw(&mut self, moment: Moment) {
        self.first_occurred_at = Some(self.first_occurred_at.map_or(moment, |one| one.min(moment)));
        self.last_occurred_at = Some(self.last_occurred_at.map_or(moment, |one| one.max(moment)));
    }

    pub(super) fn add(&mut self, imported: &Imported) {
        self.events_appended += imported.events_appended;
        self.attributes_appended += imported.attributes_appended;
        self.procedures_filed += imported.procedures_filed;
        self.already_there += imported.already_there;
        for (contradiction, count) in &imported.contradictions {
            *self.contradictions.entry(contradiction.id()).or_default() += count;
        }
        self.position = imported.position.or(self.position);
    }

    /// Whether every event is accounted for. An import that is not has a fault of its own.
    #[must_use]
    pub fn is_balanced(&self) -> bool {
        self.events_read
            == self.events_appended + self.already_there + self.ignored + self.refused_events
    }
}
