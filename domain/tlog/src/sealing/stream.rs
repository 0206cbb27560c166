//! The name of a stream as it is committed. It never stands in the log in clear.

use std::fmt;
use std::str::FromStr;

use crate::error::MalformedName;

/// The stream an event belongs to: its kind and its identity, `procedure/0199…`.
///
/// 1 to 128 ASCII letters, digits, `.`, `_`, `:`, `-` and `/`. In the derivation of a salt it stands
/// before a number and a field's name, neither of which has a `/`: two streams never mix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamName(String);

impl StreamName {
    /// The longest name, in bytes.
    pub const MAX_BYTES: usize = 128;

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for StreamName {
    type Err = MalformedName;

    fn from_str(text: &str) -> Result<Self, MalformedName> {
        let allowed =
            |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b':' | b'-' | b'/');
        if (1..=Self::MAX_BYTES).contains(&text.len()) && text.bytes().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err(MalformedName { what: "stream" })
        }
    }
}

impl fmt::Display for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
