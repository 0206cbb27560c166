//! One schema for each event: its stream's enum, cut down to the one variant.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::tidy::Tidy;
use crate::calendar::CalendarEvent;
use crate::catalogue::{TypeEvent, UnitEvent};
use crate::event::Entry;
use crate::log::LogEvent;
use crate::names;
use crate::recorded::kind;
use crate::upcast::TODAY;

/// The schema of the stored text of one event, in today's version.
#[derive(Clone, Debug, PartialEq)]
pub struct EventSchema {
    /// The kind of stream.
    pub kind: &'static str,
    /// The event's name, as stored.
    pub name: String,
    /// Its version.
    pub version: u32,
    /// The schema.
    pub schema: Value,
}

/// The schemas of all events, in the order of the source.
#[must_use]
pub fn of_events() -> Vec<EventSchema> {
    let kinds = [
        (kind::PROCEDURE, root::<Entry>()),
        (kind::UNIT, root::<UnitEvent>()),
        (kind::PROCEDURE_TYPE, root::<TypeEvent>()),
        (kind::CALENDAR, root::<CalendarEvent>()),
        (kind::LOG, root::<LogEvent>()),
    ];
    let of_kind = |(kind, root): (&'static str, Value)| {
        let place = if kind == kind::PROCEDURE {
            "/$defs/Event/oneOf"
        } else {
            "/oneOf"
        };
        let variants = root.pointer(place).and_then(Value::as_array).cloned();
        let variants = variants.unwrap_or_default();
        let one = move |variant| of_event(kind, &root, variant);
        variants.into_iter().map(one)
    };
    kinds.into_iter().flat_map(of_kind).collect()
}

fn root<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().with_transform(Tidy);
    settings
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}

fn of_event(kind: &'static str, root: &Value, variant: Value) -> EventSchema {
    let tag = variant["required"][0].as_str().unwrap_or_default();
    let name = names::stored(kind, tag);
    let version = TODAY.version(&name);
    let about = variant["description"].clone();
    let mut schema = if kind == kind::PROCEDURE {
        let mut entry = root.clone();
        entry["properties"]["event"] = variant;
        entry
    } else {
        variant
    };
    schema["$schema"] = root["$schema"].clone();
    schema["$id"] = format!("urn:chasqui:event:{name}:{version}").into();
    schema["title"] = format!("{name}, version {version}").into();
    schema["description"] = about;
    let mut used = BTreeSet::new();
    let defs = &root["$defs"];
    schema["$defs"] = json!({});
    collect(&schema, defs, &mut used);
    let used = used
        .into_iter()
        .map(|name| (name.clone(), defs[&name].clone()));
    schema["$defs"] = Value::Object(used.collect::<Map<_, _>>());
    EventSchema {
        kind,
        name,
        version,
        schema,
    }
}

/// The definitions that a schema refers to, itself or through others.
fn collect(schema: &Value, defs: &Value, used: &mut BTreeSet<String>) {
    match schema {
        Value::Object(fields) => {
            let to = fields.get("$ref").and_then(Value::as_str);
            if let Some(name) = to.and_then(|to| to.strip_prefix("#/$defs/"))
                && used.insert(name.to_owned())
            {
                collect(&defs[name], defs, used);
            }
            fields.values().for_each(|field| collect(field, defs, used));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, defs, used)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
