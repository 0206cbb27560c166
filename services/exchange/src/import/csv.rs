//! Tables (RFC 4180 and its relatives): a row is an event, or a whole procedure.
//!
//! Rows of one procedure may lie scattered over the file, so they are gathered in memory; the number
//! of rows is bounded for that reason.

use std::collections::BTreeMap;
use std::path::Path;

use super::error::ImportError;
use super::mapping::Table;
use super::source;
use super::trace::{Attributes, MAX_ATTRIBUTES, SourceEvent, Trace};

const MAX_ROWS: usize = 5_000_000;

/// Reads a whole table: the traces in the order in which the file first names them.
///
/// A row without a procedure's id becomes a trace of its own, so that it is refused by name later.
/// Where a row is a procedure, every row is a trace, also if an id comes twice.
pub(super) fn read(
    path: &Path,
    table: &Table,
    id_field: &str,
    needed: &[&str],
) -> Result<Vec<Trace>, ImportError> {
    let file = || path.to_owned();
    let source = source::open(path).map_err(|source| ImportError::Read {
        file: file(),
        source,
    })?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(table.delimiter)
        .flexible(false)
        .from_reader(source);
    let malformed = |line: u64, problem: String| ImportError::Malformed {
        file: file(),
        line,
        problem,
    };
    let header = reader.headers();
    let header = header.map_err(|error| malformed(1, explain(&error)))?;
    let names: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    if names.len() > MAX_ATTRIBUTES {
        let problem = format!("it has more than {MAX_ATTRIBUTES} columns");
        return Err(malformed(1, problem));
    }
    let is_missing = |field: &&&str| !names.iter().any(|name| name == **field);
    if let Some(field) = needed.iter().find(is_missing) {
        return Err(ImportError::MissingField {
            file: file(),
            field: (*field).to_owned(),
            present: list(&names),
        });
    }
    let mut traces: Vec<Trace> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut row = csv::StringRecord::new();
    for count in 0.. {
        let line = reader.position().line();
        reader.get_mut().mark();
        if !reader
            .read_record(&mut row)
            .map_err(|error| malformed(line, explain(&error)))?
        {
            break;
        }
        if count == MAX_ROWS {
            let problem = format!("it has more than {MAX_ROWS} rows; split it");
            return Err(malformed(line, problem));
        }
        let line = row.position().map_or(line, csv::Position::line);
        let mut attributes = Attributes::default();
        for (name, value) in names.iter().zip(&row) {
            attributes.push(name.clone(), value.to_owned());
        }
        let id = attributes.get(id_field).map(str::to_owned);
        let event = SourceEvent {
            line,
            attributes: attributes.clone(),
        };
        let gathered = id.filter(|_| !table.row_is_procedure);
        match gathered.as_ref().and_then(|id| known.get(id)) {
            Some(place) => traces[*place].events.push(event),
            None => {
                gathered.map(|id| known.insert(id, traces.len()));
                traces.push(Trace {
                    line,
                    attributes,
                    events: vec![event],
                });
            }
        }
    }
    Ok(traces)
}

/// Names as a message shows them: the first twenty.
pub(super) fn list(names: &[String]) -> String {
    let mut text = names
        .iter()
        .take(20)
        .map(|n| format!("{n:?}"))
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > 20 {
        text.push_str(", ...");
    }
    text
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the reader's own words for the rest"
)]
fn explain(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => error.to_string(),
        csv::ErrorKind::Utf8 { .. } => {
            "it is not UTF-8; save it as \"CSV UTF-8\" and import it again".to_owned()
        }
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => format!(
            "the row has {len} cells where the header has {expected_len}; check the separator and the quotes"
        ),
        _ => error.to_string(),
    }
}
