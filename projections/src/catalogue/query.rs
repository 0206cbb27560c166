//! Reading the catalogue.

use chasqui_procedures::catalogue::{TypeVersion, Unit};
use chasqui_procedures::ids::{TypeId, UnitId};
use chasqui_procedures::log::Opened;
use rusqlite::{Connection, OptionalExtension, Params};
use serde::de::DeserializeOwned;

use super::view::Site;
use crate::error::ViewError;

/// Whose log this is; none before its first event.
pub fn site(connection: &Connection) -> Result<Option<Site>, ViewError> {
    let opened: Option<Opened> = one(connection, "select body from site", [])?;
    Ok(opened.map(|opened| Site {
        entity: opened.entity.to_string(),
        zone: opened.zone,
        synthetic: opened.synthetic,
    }))
}

/// A unit's record.
pub fn unit(connection: &Connection, id: &UnitId) -> Result<Option<Unit>, ViewError> {
    one(
        connection,
        "select body from units where id = ?",
        [id.as_str()],
    )
}

/// All units, by id.
pub fn units(connection: &Connection) -> Result<Vec<Unit>, ViewError> {
    all(connection, "select body from units order by id")
}

/// One version of a procedure type.
pub fn type_version(
    connection: &Connection,
    id: &TypeId,
    version: u32,
) -> Result<Option<TypeVersion>, ViewError> {
    let sql = "select body from procedure_types where id = ? and version = ?";
    one(connection, sql, (id.as_str(), version))
}

/// The newest version of each procedure type, by id.
pub fn type_versions(connection: &Connection) -> Result<Vec<TypeVersion>, ViewError> {
    all(
        connection,
        "select body from procedure_types as t
         where version = (select max(version) from procedure_types where id = t.id) order by id",
    )
}

fn one<T: DeserializeOwned>(
    connection: &Connection,
    sql: &str,
    params: impl Params,
) -> Result<Option<T>, ViewError> {
    let body: Option<String> = connection
        .prepare_cached(sql)?
        .query_row(params, |row| row.get(0))
        .optional()?;
    body.map(|body| read(&body)).transpose()
}

fn all<T: DeserializeOwned>(connection: &Connection, sql: &str) -> Result<Vec<T>, ViewError> {
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    rows.map(|body| read(&body?)).collect()
}

fn read<T: DeserializeOwned>(body: &str) -> Result<T, ViewError> {
    serde_json::from_str(body).map_err(|error| ViewError::Row {
        view: "catalogue",
        source: error.into(),
    })
}
