//! Reading the register: one row, or those that a filter leaves.

use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::tracking_code::CodeLookup;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Params, ToSql};
use uuid::Uuid;

use super::view::Row;
use crate::error::ViewError;

/// Which procedures are meant. What is not said does not matter.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those with this unit.
    pub unit: Option<String>,
    /// Those of this type.
    pub procedure_type: Option<String>,
    /// Those that came in by this channel.
    pub channel: Option<String>,
    /// Those in this stage.
    pub stage: Option<String>,
    /// Those filed on or after this day.
    pub filed_from: Option<Date>,
    /// Those filed on or before this day.
    pub filed_until: Option<Date>,
    /// Those filed by this day and not ended by it.
    pub open_on: Option<Date>,
    /// Those that have not ended, whatever the day.
    pub open: bool,
    /// Those whose last day to notify lies before this one.
    pub due_before: Option<Date>,
}

impl Filter {
    fn conditions(&self) -> (String, Vec<Box<dyn ToSql>>) {
        let mut sql = String::from("1 = 1");
        let mut values: Vec<Box<dyn ToSql>> = Vec::new();
        let mut add = |condition: &str, value: Option<String>| {
            if let Some(value) = value {
                sql.push_str(" and ");
                sql.push_str(condition);
                values.push(Box::new(value));
            }
        };
        let day = |date: Option<Date>| date.map(|date| date.to_string());
        add("unit = ?", self.unit.clone());
        add("procedure_type = ?", self.procedure_type.clone());
        add("channel = ?", self.channel.clone());
        add("stage = ?", self.stage.clone());
        add("filed_on >= ?", day(self.filed_from));
        add("filed_on <= ?", day(self.filed_until));
        add("filed_on <= ?", day(self.open_on));
        add("(ended_on is null or ended_on > ?)", day(self.open_on));
        add("due_on < ?", day(self.due_before));
        if self.open {
            sql.push_str(" and ended_on is null");
        }
        (sql, values)
    }
}

/// How many procedures a filter leaves.
pub fn count(connection: &Connection, filter: &Filter) -> Result<u64, ViewError> {
    let (conditions, values) = filter.conditions();
    let sql = format!("select count(*) from register where {conditions}");
    let values = rusqlite::params_from_iter(values);
    Ok(connection
        .prepare_cached(&sql)?
        .query_row(values, |row| row.get(0))?)
}

/// The procedures that a filter leaves: at most `limit`, oldest filing first, after the given one.
pub fn list(
    connection: &Connection,
    filter: &Filter,
    after: Option<(Date, ProcedureId)>,
    limit: usize,
) -> Result<Vec<Row>, ViewError> {
    let (mut conditions, mut values) = filter.conditions();
    if let Some((filed_on, procedure)) = after {
        conditions.push_str(" and (filed_on, procedure) > (?, ?)");
        values.push(Box::new(filed_on.to_string()));
        values.push(Box::new(procedure.0.as_bytes().to_vec()));
    }
    values.push(Box::new(limit as u64));
    let sql = format!(
        "select procedure, position, state from register where {conditions}
         order by filed_on, procedure limit ?"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(values), parts)?;
    rows.map(|row| read(row?)).collect()
}

/// Procedures that have not ended, by identity: at most `limit`, after the given one.
pub fn open(
    connection: &Connection,
    after: Option<ProcedureId>,
    limit: usize,
) -> Result<Vec<Row>, ViewError> {
    let after = after.map_or(Vec::new(), |after| after.0.as_bytes().to_vec());
    let sql = "select procedure, position, state from register
               where ended_on is null and procedure > ? order by procedure limit ?";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map((after, limit as u64), parts)?;
    rows.map(|row| read(row?)).collect()
}

/// The row of a tracking code.
pub fn by_code(connection: &Connection, code: &CodeLookup) -> Result<Option<Row>, ViewError> {
    one(
        connection,
        "select procedure, position, state from register where code = ?",
        [code.0],
    )
}

/// The row of a procedure.
pub fn by_procedure(
    connection: &Connection,
    procedure: ProcedureId,
) -> Result<Option<Row>, ViewError> {
    let sql = "select procedure, position, state from register where procedure = ?";
    one(connection, sql, [procedure.0.as_bytes()])
}

fn one(connection: &Connection, sql: &str, params: impl Params) -> Result<Option<Row>, ViewError> {
    let found = connection
        .prepare_cached(sql)?
        .query_row(params, parts)
        .optional()?;
    found.map(read).transpose()
}

type Parts = ([u8; 16], u64, String);

fn parts(row: &rusqlite::Row<'_>) -> rusqlite::Result<Parts> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

fn read((procedure, position, state): Parts) -> Result<Row, ViewError> {
    let state = serde_json::from_str(&state).map_err(|error| ViewError::Row {
        view: "register",
        source: error.into(),
    })?;
    Ok(Row {
        procedure: ProcedureId(Uuid::from_bytes(procedure)),
        state,
        position,
    })
}
