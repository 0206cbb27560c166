//! How units, types and the log's own events become the catalogue.

use chasqui_procedures::calendar::CalendarEvent;
use chasqui_procedures::catalogue::{TypeEvent, UnitEvent};
use chasqui_procedures::log::LogEvent;
use jiff::Timestamp;
use rusqlite::{Transaction, params};

use crate::error::ViewError;

/// A change of the catalogue.
pub(crate) enum Change<'a> {
    Log(&'a LogEvent),
    Unit(&'a UnitEvent),
    Type(&'a TypeEvent),
    Calendar {
        event: &'a CalendarEvent,
        known_at: Timestamp,
    },
}

/// Takes one change in: the newest record of a unit, every version of a type.
pub(crate) fn project(transaction: &Transaction<'_>, change: &Change<'_>) -> Result<(), ViewError> {
    match change {
        Change::Log(LogEvent::Opened(opened)) => {
            let sql = "insert into site values (1, ?)";
            transaction.prepare_cached(sql)?.execute([json(opened)])?;
        }
        Change::Unit(UnitEvent::Published(published)) => {
            let sql = "insert into units values (?, ?)
                       on conflict (id) do update set body = excluded.body";
            let unit = &published.unit;
            transaction
                .prepare_cached(sql)?
                .execute(params![unit.id.as_str(), json(unit)])?;
        }
        Change::Type(TypeEvent::Published(published)) => {
            let sql = "insert into procedure_types values (?, ?, ?)
                       on conflict (id, version) do update set body = excluded.body";
            let version = &published.version;
            let row = params![version.id.as_str(), version.version, json(version)];
            transaction.prepare_cached(sql)?.execute(row)?;
        }
        Change::Calendar { event, known_at } => {
            let decree = event.decree(*known_at);
            let row = params![&*decree.id, decree.calendar.as_str(), json(&decree)];
            let sql = "insert into decrees values (?, ?, ?)";
            transaction.prepare_cached(sql)?.execute(row)?;
        }
    }
    Ok(())
}

fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("invariant: events are plain data")
}
