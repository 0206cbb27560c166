//! The one spelling of a value: JCS (RFC 8785) for everything but floating-point numbers, which are
//! refused, so that only sorting is left of it. Money and large numbers travel as strings.
//!
//! Written here because the crates that do JCS accept what we must refuse (they round 2^53 + 1), and
//! because `serde_json` sorts or not as another crate's features decide.

use serde_json::Value;

use crate::error::ValueError;

/// The largest integer, and negated the smallest: 2^53 - 1, beyond which readers round.
pub const MAX_INTEGER: u64 = (1 << 53) - 1;

/// How deep arrays and objects may be nested.
pub const MAX_DEPTH: usize = 16;

/// The canonical JSON text of a value.
///
/// ```
/// use chasqui_tlog::disclosure::canonical_json;
/// use serde_json::json;
///
/// assert_eq!(canonical_json(&json!({"b": [1, null], "a": "ñ"}))?, r#"{"a":"ñ","b":[1,null]}"#);
/// assert!(canonical_json(&json!(0.5)).is_err());
/// assert!(canonical_json(&json!(9_007_199_254_740_993_u64)).is_err());
/// # Ok::<(), chasqui_tlog::error::ValueError>(())
/// ```
pub fn canonical_json(value: &Value) -> Result<String, ValueError> {
    let mut text = String::new();
    write(&mut text, value, 0)?;
    Ok(text)
}

fn write(text: &mut String, value: &Value, depth: usize) -> Result<(), ValueError> {
    if depth > MAX_DEPTH {
        return Err(ValueError::TooDeep);
    }
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => {
            // Written from the integer, not from the number's own text: with serde_json's feature
            // `arbitrary_precision`, which another crate may turn on, that could be `-0`.
            let integer = number.as_i64().map(i128::from);
            let integer = integer.or_else(|| number.as_u64().map(i128::from));
            let integer = integer.ok_or(ValueError::NotAnInteger)?;
            if integer.unsigned_abs() > u128::from(MAX_INTEGER) {
                return Err(ValueError::IntegerTooLarge);
            }
            text.push_str(&integer.to_string());
        }
        Value::String(string) => text.push_str(&quoted(string)),
        Value::Array(items) => {
            let write_item = |text: &mut String, item| write(text, item, depth + 1);
            write_list(text, ['[', ']'], items, write_item)?;
        }
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            // RFC 8785, section 3.2.3: by UTF-16 code units, which is not the order of UTF-8.
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            write_list(text, ['{', '}'], members, |text, (name, value)| {
                text.push_str(&quoted(name));
                text.push(':');
                write(text, value, depth + 1)
            })?;
        }
    }
    Ok(())
}

fn write_list<T>(
    text: &mut String,
    [open, close]: [char; 2],
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut String, T) -> Result<(), ValueError>,
) -> Result<(), ValueError> {
    text.push(open);
    for (n, item) in items.into_iter().enumerate() {
        if n > 0 {
            text.push(',');
        }
        write(text, item)?;
    }
    text.push(close);
    Ok(())
}

/// `serde_json` escapes strings as ECMAScript does, which is what RFC 8785 asks.
fn quoted(string: &str) -> String {
    serde_json::to_string(string).expect("invariant: a string always has a JSON text")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_are_sorted_by_utf16_as_in_the_rfc() {
        // RFC 8785, section 3.2.3; U+FB33 comes after the surrogates of U+1F600.
        let value = json!({
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet With Dagesh",
            "1": "One", "\u{1f600}": "Emoji: Grinning Face", "\u{80}": "Control",
            "\u{f6}": "Latin Small Letter O With Diaeresis"
        });
        let text = canonical_json(&value).unwrap();
        let names = [
            "\\r",
            "1",
            "\u{80}",
            "\u{f6}",
            "\u{20ac}",
            "\u{1f600}",
            "\u{fb33}",
        ];
        let places: Vec<_> = names
            .iter()
            .map(|n| text.find(&format!("\"{n}\":")).unwrap())
            .collect();
        assert!(places.is_sorted(), "{text}");
    }

    #[test]
    fn strings_are_escaped_as_in_the_rfc() {
        // RFC 8785, section 3.2.2.2.
        let value = json!("\u{20ac}$\u{f}\nA'\u{42}\u{22}\u{5c}\\\"/\u{7f}\u{2028}\u{8}\u{c}\t\r");
        let text = "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u{7f}\u{2028}\\b\\f\\t\\r\"";
        assert_eq!(canonical_json(&value).unwrap(), text);
    }

    #[test]
    fn numbers_that_readers_could_round_are_refused() {
        let edge = 9_007_199_254_740_991_i64;
        assert_eq!(canonical_json(&json!(edge)), Ok(edge.to_string()));
        assert_eq!(canonical_json(&json!(-edge)), Ok((-edge).to_string()));
        assert_eq!(
            canonical_json(&json!(edge + 1)),
            Err(ValueError::IntegerTooLarge)
        );
        assert_eq!(
            canonical_json(&json!(-edge - 1)),
            Err(ValueError::IntegerTooLarge)
        );
        assert_eq!(
            canonical_json(&json!(u64::MAX)),
            Err(ValueError::IntegerTooLarge)
        );
        assert_eq!(
            canonical_json(&json!(i64::MIN)),
            Err(ValueError::IntegerTooLarge)
        );
        assert_eq!(
            canonical_json(&json!([{"a": 1.0}])),
            Err(ValueError::NotAnInteger)
        );
    }

    #[test]
    fn nesting_ends_somewhere() {
        let nested = |depth| (0..depth).fold(json!(1), |inner, _| json!([inner]));
        assert!(canonical_json(&nested(MAX_DEPTH)).is_ok());
        assert_eq!(
            canonical_json(&nested(MAX_DEPTH + 1)),
            Err(ValueError::TooDeep)
        );
    }
}
