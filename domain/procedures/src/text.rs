//! Short public wording from a catalogue or a source: step names, requirement names.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// A short text that was written for the public: the name of a step or a requirement.
///
/// It cannot be empty or longer than [`Label::MAX_CHARS`] and has no control or direction-changing
/// characters. It is not for free text about a procedure: that belongs in the vault.
///
/// ```
/// use chasqui_procedures::text::{Label, LabelError};
/// assert_eq!(Label::parse("  Plano \u{202e}firmado ")?.as_str(), "Plano firmado");
/// assert_eq!(Label::parse("\u{200b}"), Err(LabelError::Empty));
/// # Ok::<(), LabelError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Label(String);

/// Why a text cannot be a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LabelError {
    /// Nothing to show.
    #[error("a label is not empty")]
    Empty,
    /// More than [`Label::MAX_CHARS`] characters.
    #[error("a label has at most {} characters", Label::MAX_CHARS)]
    TooLong,
}

impl Label {
    /// The longest label, in characters.
    pub const MAX_CHARS: usize = 200;

    /// Takes a text, with runs of white space as one space and invisible characters left out.
    pub fn parse(text: &str) -> Result<Self, LabelError> {
        let mut label = String::with_capacity(text.len().min(4 * Self::MAX_CHARS));
        let (mut count, mut gap) = (0, false);
        // White space is looked at first, for line breaks are control characters too; a gap is written
        // only before something visible, so that a label reads back as it is.
        for c in text
            .chars()
            .filter(|c| c.is_whitespace() || !is_invisible(*c))
        {
            if c.is_whitespace() {
                gap = !label.is_empty();
                continue;
            }
            if std::mem::take(&mut gap) {
                label.push(' ');
                count += 1;
            }
            label.push(c);
            count += 1;
            if count > Self::MAX_CHARS {
                return Err(LabelError::TooLong);
            }
        }
        if label.is_empty() {
            Err(LabelError::Empty)
        } else {
            Ok(Self(label))
        }
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Control characters and those that change the direction of what follows (Unicode TR 36).
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&<std::borrow::Cow<'de, str>>::deserialize(deserializer)?)
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_clean_and_bounded() {
        assert_eq!(
            Label::parse("  a \n\t b\u{202e}c\0 ").unwrap().as_str(),
            "a bc"
        );
        assert_eq!(Label::parse(" \u{200b} "), Err(LabelError::Empty));
        assert_eq!(Label::parse(&"ñ".repeat(201)), Err(LabelError::TooLong));
        assert!(Label::parse(&"ñ".repeat(200)).is_ok());
    }
}
