//! A procedure's whole history, for whoever may read it: also what the public does not see.
//!
//! No tracking code is in it, not even its keyed hash: nobody needs that to work on a procedure.

use chasqui_procedures::Procedure;
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::recorded::{Body, RawRecord, kind};
use chasqui_procedures::rejection::Rejection;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use crate::authorise::{Actor, Refusal, Verb, authorise};
use crate::commands::Commands;
use crate::error::CommandError;
use crate::order::actor_of;

/// A procedure with every line of its history, as it was known at some moment.
#[derive(Clone, Debug)]
pub struct Whole {
    /// The procedure.
    pub procedure: ProcedureId,
    /// What the history adds up to.
    pub state: Procedure,
    /// Its lines, oldest first; at least one.
    pub lines: Vec<Line>,
}

/// One line of a history.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Line {
    /// Its number, from 1.
    pub sequence: u64,
    /// The log's position.
    pub position: u64,
    /// The event's name.
    pub r#type: String,
    /// The version of the event's form.
    pub version: String,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who asked for it, as records name them; null where they say nothing.
    pub by: Option<String>,
    /// The entry, in the form in which it is kept.
    pub entry: Value,
}

impl Commands {
    /// A procedure's whole history, as it was known at a moment; none for now. Who may read it is
    /// decided by the unit that has the procedure now, and those that do parts of it.
    pub async fn history(
        &self,
        actor: &Actor,
        procedure: ProcedureId,
        as_known_at: Option<Timestamp>,
    ) -> Result<Whole, CommandError> {
        let ids = vec![procedure.to_string()];
        let records = self.0.store.load_many(kind::PROCEDURE, ids).await?;
        let mut entries = Vec::with_capacity(records.len());
        for record in &records {
            if let Body::Procedure(_, entry) = record.decode()?.body {
                entries.push(*entry);
            }
        }
        let now = Procedure::of(&entries);
        if now.filing.is_none() {
            return Err(Rejection::NotFiled.into());
        }
        may_read(actor, &now)?;
        let known = |record: &&RawRecord| as_known_at.is_none_or(|at| record.recorded_at <= at);
        let lines: Vec<Line> = records.iter().take_while(known).map(line).collect();
        if lines.is_empty() {
            return Err(Rejection::NotFiled.into());
        }
        Ok(Whole {
            procedure,
            state: Procedure::of(&entries[..lines.len()]),
            lines,
        })
    }
}

/// Whoever has the procedure, and whoever does a part of it.
fn may_read(actor: &Actor, state: &Procedure) -> Result<(), Refusal> {
    let parts = state.subprocedures.iter().map(|part| &part.unit);
    let mut units = state.unit.iter().chain(parts);
    let allowed = |unit| authorise(actor, Verb::ReadHistory, Some(unit)).is_ok();
    if units.any(allowed) {
        return Ok(());
    }
    authorise(actor, Verb::ReadHistory, state.unit.as_ref())
}

fn line(record: &RawRecord) -> Line {
    let mut entry = serde_json::from_str(&record.payload).unwrap_or(Value::Null);
    without_code(&mut entry);
    Line {
        sequence: record.sequence,
        position: record.position,
        r#type: record.event_type.clone(),
        version: record.event_version.clone(),
        recorded_at: record.recorded_at,
        by: actor_of(&record.metadata),
        entry,
    }
}

/// Takes the keyed hash of a tracking code out of an entry, wherever it stands.
fn without_code(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("code");
            fields.values_mut().for_each(without_code);
        }
        Value::Array(items) => items.iter_mut().for_each(without_code),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_line_has_no_code_at_any_depth() {
        let mut entry =
            json!({"event": {"Filed": {"unit": "cat", "code": "ab", "a": [{"code": 1}]}}});
        without_code(&mut entry);
        assert_eq!(
            entry,
            json!({"event": {"Filed": {"unit": "cat", "a": [{}]}}})
        );
    }
}
