//! Numbers as the reader's language writes them: `1.434,5` in Ecuador, `1,434.5` in English.

use chasqui_deadlines::Language;

/// A decimal number, digits and a point, as a language writes it. What is none is left as it is.
pub(crate) fn decimal(exact: &str, language: Language) -> String {
    let (sign, digits) = match exact.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", exact),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = !whole.is_empty()
        && (whole.to_owned() + fraction)
            .bytes()
            .all(|b| b.is_ascii_digit());
    if !is_number {
        return exact.to_owned();
    }
    let (group, point) = match language {
        Language::Es | Language::Qu => ('.', ','),
        Language::En => (',', '.'),
    };
    let mut text = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(point);
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What ICU 78 writes for es-EC and en.
    #[test]
    fn numbers_are_written_as_unicode_has_them() {
        for (exact, spanish, english) in [
            ("7", "7", "7"),
            ("1434", "1.434", "1,434"),
            ("1234567.89", "1.234.567,89", "1,234,567.89"),
            ("-12345.5", "-12.345,5", "-12,345.5"),
            ("NaN", "NaN", "NaN"),
            ("", "", ""),
        ] {
            assert_eq!(decimal(exact, Language::Es), spanish);
            assert_eq!(decimal(exact, Language::En), english);
        }
    }
}
