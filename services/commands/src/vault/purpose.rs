//! What a person is read for. It is shown to that person and kept for good, also after an erasure, and so
//! it names nobody.

use std::fmt;
use std::str::FromStr;

use chasqui_procedures::text::{Label, LabelError};

/// Why somebody reads a person: 3 to 200 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purpose(Label);

/// Why a text cannot be a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PurposeError {
    /// Nothing is said.
    #[error("a purpose says something: at least 3 letters")]
    TooShort,
    /// Too much is said.
    #[error("a purpose has at most {} characters", Label::MAX_CHARS)]
    TooLong,
    /// An address, or nine digits in a row: a number that identifies somebody. Purposes outlive the
    /// person's data.
    #[error("a purpose names nobody: no e-mail addresses, no numbers of nine digits or more")]
    NamesSomebody,
}

/// How many digits in a row are a person's number.
const DIGITS_OF_A_PERSON: usize = 9;

impl FromStr for Purpose {
    type Err = PurposeError;

    fn from_str(text: &str) -> Result<Self, PurposeError> {
        let label = Label::parse(text).map_err(|error| match error {
            LabelError::Empty => PurposeError::TooShort,
            LabelError::TooLong => PurposeError::TooLong,
        })?;
        let said = label.as_str();
        if said.chars().filter(|c| c.is_alphabetic()).count() < 3 {
            return Err(PurposeError::TooShort);
        }
        // A number may be written with spaces, dots or hyphens in it.
        let close = said.chars().filter(|c| !matches!(c, ' ' | '.' | '-'));
        let mut run = 0;
        for c in close {
            run = if c.is_numeric() { run + 1 } else { 0 };
            if run >= DIGITS_OF_A_PERSON || c == '@' {
                return Err(PurposeError::NamesSomebody);
            }
        }
        Ok(Self(label))
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purpose_says_something_and_names_nobody() {
        for good in [
            "Notificar la resolución",
            "LOPDP 13: acceso",
            "oficio MDMQ-2026-0114",
        ] {
            assert!(good.parse::<Purpose>().is_ok(), "{good}");
        }
        for (bad, error) in [
            ("", PurposeError::TooShort),
            (" 12 ", PurposeError::TooShort),
            ("cédula 1712345678", PurposeError::NamesSomebody),
            ("cédula 171234567-8", PurposeError::NamesSomebody),
            ("tel. 099 123 4567", PurposeError::NamesSomebody),
            ("escribir a ana@example.org", PurposeError::NamesSomebody),
        ] {
            assert_eq!(bad.parse::<Purpose>(), Err(error), "{bad}");
        }
        let long = "ñ".repeat(201).parse::<Purpose>();
        assert_eq!(long, Err(PurposeError::TooLong));
    }
}
