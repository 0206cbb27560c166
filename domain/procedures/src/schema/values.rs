//! The values whose form in data is written by hand; the others derive their schema.
//!
//! A schema describes what is *written*. A reader takes more (capital letters in a hash, a label with
//! invisible characters), but nothing that a schema accepts is refused.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use crate::moment::Moment;
use crate::text::Label;
use crate::tracking_code::CodeLookup;

impl JsonSchema for Moment {
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let year = "(19[0-9]{2}|2[01][0-9]{2}|2200)";
        let date = format!("^{year}-[0-9]{{2}}-[0-9]{{2}}$");
        let instant = format!(
            "^{year}-[0-9]{{2}}-[0-9]{{2}}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\\.[0-9]{{1,9}})?\
             (Z|[+-][0-9]{{2}}:[0-9]{{2}})$"
        );
        json_schema!({
            "description": "A civil date of the place where it happened, with the time of day and its \
                offset from UTC where they are known. A bare date means that the time is not known.",
            "type": "string",
            "oneOf": [
                {"format": "date", "pattern": date},
                {"format": "date-time", "pattern": instant},
            ],
        })
    }
}

impl JsonSchema for CodeLookup {
    fn schema_name() -> Cow<'static, str> {
        "CodeLookup".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "The keyed hash of a tracking code, in hexadecimal.",
            "type": "string",
            "pattern": "^[0-9a-f]{64}$",
        })
    }
}

impl JsonSchema for Label {
    fn schema_name() -> Cow<'static, str> {
        "Label".into()
    }

    /// Words with one space between them, without what `Label::parse` leaves out.
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // Control characters and white space, then those that change the direction of what follows.
        let left_out = "\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\
            \\u205f\\u3000\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff";
        let pattern = format!("^[^{left_out}]+( [^{left_out}]+)*$");
        json_schema!({
            "description": "A short text that was written for the public.",
            "type": "string",
            "maxLength": Self::MAX_CHARS,
            "pattern": pattern,
        })
    }
}
