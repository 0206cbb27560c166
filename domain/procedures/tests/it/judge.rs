//! A validator of JSON Schema, and ways to spoil a text.

use std::collections::BTreeMap;

use boon::{Compiler, SchemaIndex, Schemas};
use chasqui_procedures::schema::of_events;
use serde_json::{Value, json};

/// Compiled schemas, by the event's name.
pub(crate) struct Judge {
    schemas: Schemas,
    by_name: BTreeMap<String, SchemaIndex>,
}

impl Judge {
    /// Of the schemas as the types give them.
    pub(crate) fn of_today() -> Self {
        Self::of(of_events().into_iter().map(|one| (one.name, one.schema)))
    }

    pub(crate) fn of(documents: impl IntoIterator<Item = (String, Value)>) -> Self {
        let (mut compiler, mut schemas) = (Compiler::new(), Schemas::new());
        compiler.enable_format_assertions();
        let mut by_name = BTreeMap::new();
        for (name, document) in documents {
            let id = document["$id"].as_str().unwrap().to_owned();
            compiler.add_resource(&id, document).unwrap();
            let index = compiler.compile(&id, &mut schemas);
            by_name.insert(name, index.unwrap_or_else(|error| panic!("{error:#}")));
        }
        Self { schemas, by_name }
    }

    pub(crate) fn check(&self, name: &str, text: &Value) -> Result<(), String> {
        let verdict = self.schemas.validate(text, self.by_name[name]);
        verdict.map_err(|error| error.to_string())
    }

    pub(crate) fn accepts(&self, name: &str, text: &Value) -> bool {
        self.check(name, text).is_ok()
    }
}

/// A way to spoil a text at one place of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spoil {
    /// The value is gone.
    Removed,
    /// A value of another type stands there.
    OtherType,
    /// Nothing stands there, and says so.
    Null,
    /// An object has a field that nobody knows.
    UnknownField,
    /// The value has its type, and is none that can be written.
    Odd(usize),
}

impl Spoil {
    /// Those that change the shape of a text, which a schema and a reader see alike.
    pub(crate) const SHAPE: [Self; 4] = [
        Self::Removed,
        Self::OtherType,
        Self::Null,
        Self::UnknownField,
    ];

    /// The text, spoiled at a place; none if it cannot be there in this way.
    pub(crate) fn at(self, text: &Value, place: &str) -> Option<Value> {
        let mut spoiled = text.clone();
        let value = spoiled.pointer_mut(place)?;
        match self {
            Self::Removed => return without(spoiled, place),
            Self::OtherType => *value = other_type(value),
            Self::Null => *value = Value::Null,
            Self::UnknownField => {
                let unknown = ("written_later".to_owned(), json!("x"));
                value.as_object_mut()?.extend([unknown]);
            }
            Self::Odd(which) => *value = odd(value, which)?,
        }
        Some(spoiled)
    }
}

fn without(mut text: Value, place: &str) -> Option<Value> {
    let (parent, field) = place.rsplit_once('/')?;
    text.pointer_mut(parent)?.as_object_mut()?.remove(field)?;
    Some(text)
}

fn other_type(value: &Value) -> Value {
    match value {
        Value::String(_) => json!(7),
        Value::Number(_) | Value::Bool(_) => json!("7"),
        Value::Null => json!(true),
        Value::Array(_) => json!({}),
        // Not an array: `serde` also reads the fields of an object from a list, in their order.
        Value::Object(_) => json!("{}"),
    }
}

fn odd(value: &Value, which: usize) -> Option<Value> {
    let numbers = [
        json!(-1),
        json!(0),
        json!(65_536),
        json!(1_u64 << 32),
        json!(1.5),
        json!(1e30),
    ];
    match value {
        Value::String(text) => {
            let texts = [
                String::new(),
                format!("{text} "),
                format!("{text}\u{202e}"),
                text.to_uppercase(),
                "ñ".repeat(201),
                "2026-02-30".to_owned(),
                "1301-01-01".to_owned(),
                "2026-11-23T10:04:00".to_owned(),
                "2026-11-23T25:04:00-05:00".to_owned(),
                "2026-11-23T10:04:00-05:00".to_owned(),
                "unstated".to_owned(),
            ];
            texts.get(which).cloned().map(Value::String)
        }
        Value::Number(_) => numbers.get(which).cloned(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// How many odd values there are of one type at most.
pub(crate) const ODD: usize = 11;

/// Every place in a text, as JSON pointers; the whole is `""`.
pub(crate) fn places(text: &Value) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut add = |key: &str, value: &Value| {
        let below = places(value).into_iter();
        all.extend(below.map(|place| format!("/{key}{place}")));
    };
    match text {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| add(key, value)),
        Value::Array(items) => {
            let numbered = items.iter().enumerate();
            numbered.for_each(|(key, value)| add(&key.to_string(), value));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    all
}
