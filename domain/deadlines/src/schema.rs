//! JSON Schemas of the values whose form in data is written by hand: terms, silence, names. The others
//! derive theirs. Compiled with the feature `schema` only, for tests and whoever generates schemas.
//!
//! A schema here describes what is *written*. A reader may take more, such as a silence of `none` with
//! an amount, but nothing that a schema accepts is refused by the reader.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::calendar::CalendarId;
use crate::language::{Language, LocalName};
use crate::silence::{SilenceEffect, SilenceRule};
use crate::term::{Term, TermUnit};

/// For tables whose owner has a default for every field that is left out.
pub(crate) fn none_required(schema: &mut Schema) {
    schema.remove("required");
}

macro_rules! named {
    ($name:literal) => {
        fn schema_name() -> Cow<'static, str> {
            $name.into()
        }

        fn schema_id() -> Cow<'static, str> {
            concat!(module_path!(), "::", $name).into()
        }
    };
}

impl JsonSchema for CalendarId {
    named!("CalendarId");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The name of a calendar, such as EC or EC-QUITO.",
            "type": "string",
            "pattern": "^[A-Z0-9-]{1,32}$",
        })
    }
}

impl JsonSchema for LocalName {
    named!("LocalName");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let language = |language: Language| (language.code().to_owned(), json!({"type": "string"}));
        let languages: Map<String, Value> = Language::ALL.into_iter().map(language).collect();
        json_schema!({
            "description": "A name by language. Spanish stands in for one that is missing.",
            "type": "object",
            "properties": languages,
            "required": [Language::Es.code()],
            "additionalProperties": false,
        })
    }
}

impl JsonSchema for Term {
    named!("Term");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let forms = TermUnit::ALL.into_iter().map(|unit| {
            json!({
                "type": "object",
                "properties": fields(unit),
                "required": ["amount", "unit"],
                "additionalProperties": false,
            })
        });
        let forms: Vec<Value> = forms.collect();
        json_schema!({
            "description": "How long the law gives to answer.",
            "oneOf": forms,
        })
    }
}

impl JsonSchema for SilenceRule {
    named!("SilenceRule");

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let senses = [
            SilenceEffect::Positive,
            SilenceEffect::Negative,
            SilenceEffect::Caducity,
        ];
        let none = json!({
            "type": "object",
            "properties": {"sense": {"type": "string", "const": "none"}},
            "required": ["sense"],
            "additionalProperties": false,
        });
        let forms = TermUnit::ALL.into_iter().map(|unit| {
            let mut properties = fields(unit);
            let names = senses.map(SilenceEffect::name);
            properties["sense"] = json!({"type": "string", "enum": names});
            json!({
                "type": "object",
                "properties": properties,
                "required": ["amount", "unit", "sense"],
                "additionalProperties": false,
            })
        });
        let forms: Vec<Value> = std::iter::once(none).chain(forms).collect();
        json_schema!({
            "description": "What silence means, and after which term.",
            "oneOf": forms,
        })
    }
}

/// The fields of a term in one unit.
fn fields(unit: TermUnit) -> Value {
    let least = u16::from(unit != TermUnit::Immediate);
    json!({
        "amount": {"type": "integer", "minimum": least, "maximum": unit.limit()},
        "unit": {"type": "string", "const": unit.name()},
    })
}
