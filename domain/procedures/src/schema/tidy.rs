//! What the generator leaves to be said: bounds of integers, times of day, and descriptions that make
//! sense outside the source.

use schemars::Schema;
use schemars::transform::{Transform, transform_subschemas};
use serde_json::Value;

/// Puts a schema and all within it right.
#[derive(Clone, Debug)]
pub(super) struct Tidy;

impl Transform for Tidy {
    fn transform(&mut self, schema: &mut Schema) {
        let format = schema.get("format").and_then(Value::as_str);
        match format.unwrap_or_default() {
            "uint32" => bound(schema, u32::MAX.into()),
            "uint64" => bound(schema, u64::MAX.into()),
            "uint8" | "uint16" => bound(schema, Value::Null),
            "partial-time" => {
                schema.remove("format");
                let pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?$";
                schema.insert("pattern".to_owned(), pattern.into());
            }
            _ => {}
        }
        if let Some(Value::String(text)) = schema.get_mut("description") {
            *text = without_links(text);
            // It stands where it sends to.
            if text.starts_with("See `Event::") && text.ends_with("`.") {
                schema.remove("description");
            }
        }
        transform_subschemas(self, schema);
    }
}

/// A bound is understood by every validator, the name of a Rust type by none.
fn bound(schema: &mut Schema, maximum: Value) {
    schema.remove("format");
    if !maximum.is_null() {
        schema.insert("maximum".to_owned(), maximum);
    }
}

/// Links to other items of the source become their names; line breaks are the source's own.
fn without_links(text: &str) -> String {
    let mut clean = text.replace("[`", "`").replace("`]", "`");
    while let Some(from) = clean.find("`(") {
        let Some(to) = clean[from..].find(')') else {
            break;
        };
        clean.replace_range(from + 1..=from + to, "");
    }
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_become_names() {
        let text = "See [`Event::Filed`] and\n[`RecoverableDays`](crate::RecoverableDays).";
        assert_eq!(
            without_links(text),
            "See `Event::Filed` and `RecoverableDays`."
        );
    }
}
