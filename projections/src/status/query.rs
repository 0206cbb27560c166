//! From a code's hash to the view of one procedure.

use chasqui_procedures::event::Entry;
use chasqui_procedures::ids::{ProcedureId, UnitId};
use chasqui_procedures::publication::{PublicEntry, publish};
use chasqui_procedures::tracking_code::CodeLookup;
use jiff::Timestamp;
use rusqlite::Connection;

use super::view::StatusView;
use crate::catalogue;
use crate::error::ViewError;
use crate::register::{self, Row};

/// The procedure with a tracking code; none if no procedure has it.
pub fn by_code(
    connection: &Connection,
    code: &CodeLookup,
) -> Result<Option<StatusView>, ViewError> {
    let row = register::by_code(connection, code)?;
    row.map(|row| view(connection, row)).transpose()
}

/// The procedure with an identity; none if there is no such procedure.
pub fn by_procedure(
    connection: &Connection,
    procedure: ProcedureId,
) -> Result<Option<StatusView>, ViewError> {
    let row = register::by_procedure(connection, procedure)?;
    row.map(|row| view(connection, row)).transpose()
}

fn view(connection: &Connection, row: Row) -> Result<StatusView, ViewError> {
    let damaged = |what: &str| ViewError::Row {
        view: "status",
        source: what.into(),
    };
    let filing = row
        .state
        .filing
        .as_ref()
        .ok_or_else(|| damaged("a row without a filing"))?;
    let procedure_type =
        catalogue::type_version(connection, &filing.procedure_type, filing.type_version)?
            .ok_or_else(|| damaged("a procedure of an unknown type"))?;
    let unit_id = row
        .state
        .unit
        .as_ref()
        .ok_or_else(|| damaged("a row without a unit"))?;
    let unit = catalogue::unit(connection, unit_id)?
        .ok_or_else(|| damaged("a procedure with an unknown unit"))?;
    let history = history(connection, row.procedure)?;
    let units = names(connection, &history)?;
    Ok(StatusView {
        procedure_type,
        unit,
        history,
        units,
        position: row.position,
        procedure: row.state,
    })
}

fn history(connection: &Connection, procedure: ProcedureId) -> Result<Vec<PublicEntry>, ViewError> {
    let sql =
        "select sequence, recorded_at, entry from history where procedure = ? order by sequence";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([procedure.0.as_bytes()])?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        let damaged = |source| ViewError::Row {
            view: "status",
            source,
        };
        let entry: Entry =
            serde_json::from_str(row.get_ref(2)?.as_str().map_err(|e| damaged(e.into()))?)
                .map_err(|error| damaged(error.into()))?;
        let recorded_at =
            Timestamp::from_microsecond(row.get(1)?).map_err(|error| damaged(error.into()))?;
        entries.push(publish(row.get(0)?, recorded_at, &entry));
    }
    Ok(entries)
}

fn names(
    connection: &Connection,
    history: &[PublicEntry],
) -> Result<Vec<(UnitId, String)>, ViewError> {
    let mut ids: Vec<&UnitId> = history
        .iter()
        .flat_map(|entry| entry.unit.iter().chain(&entry.details.to))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    let mut names = Vec::with_capacity(ids.len());
    for id in ids {
        let name = catalogue::unit(connection, id)?.map(|unit| unit.name.to_string());
        names.push((id.clone(), name.unwrap_or_else(|| id.to_string())));
    }
    Ok(names)
}
