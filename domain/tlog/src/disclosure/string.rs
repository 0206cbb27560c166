//! The string itself: `["<salt>","<field>",<value>]`. What is hashed is always the string that was
//! given, never a new spelling of it. Where salts come from is the business of `leaf`.

use std::fmt;

use serde_json::Value;
use sha2::Digest as _;

use super::{Digest, FieldName, canonical_json};
use crate::encoding::{from_base64url, to_base64url};
use crate::error::DisclosureError;

/// The longest disclosure, in bytes. Longer texts and files are committed by their hash.
pub const MAX_DISCLOSURE_BYTES: usize = 16 * 1024;

/// The 16 bytes that keep a guessed value from being recognised by its digest.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt(pub [u8; 16]);

/// One field, open: its salt, its name, its value.
///
/// It often holds personal data: its debug form shows only the digest.
///
/// ```
/// use chasqui_tlog::disclosure::{Disclosure, Salt};
/// use serde_json::json;
///
/// let disclosure = Disclosure::new(Salt([0; 16]), "entity".parse()?, json!("AZEE"))?;
/// assert_eq!(disclosure.as_str(), r#"["AAAAAAAAAAAAAAAAAAAAAA","entity","AZEE"]"#);
/// assert_eq!(Disclosure::parse(disclosure.as_str())?.digest(), disclosure.digest());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq)]
pub struct Disclosure {
    text: String,
    salt: Salt,
    field: FieldName,
    value: Value,
}

impl Disclosure {
    /// Opens a field with a value: no floating-point numbers, no integers beyond 2^53 - 1.
    pub fn new(salt: Salt, field: FieldName, value: Value) -> Result<Self, DisclosureError> {
        let text = format!(
            "[\"{}\",\"{field}\",{}]",
            to_base64url(&salt.0),
            canonical_json(&value)?
        );
        if text.len() > MAX_DISCLOSURE_BYTES {
            return Err(DisclosureError::TooLong { bytes: text.len() });
        }
        Ok(Self {
            text,
            salt,
            field,
            value,
        })
    }

    /// Reads a disclosure that somebody shows.
    ///
    /// Only the canonical spelling is read: another one (a repeated member, an escape that need not
    /// be) could mean two things to two readers.
    pub fn parse(text: &str) -> Result<Self, DisclosureError> {
        if text.len() > MAX_DISCLOSURE_BYTES {
            return Err(DisclosureError::TooLong { bytes: text.len() });
        }
        let parts: (String, String, Value) =
            serde_json::from_str(text).map_err(|_| DisclosureError::Malformed)?;
        let salt = from_base64url(&parts.0)
            .map(Salt)
            .ok_or(DisclosureError::Malformed)?;
        let field = parts.1.parse().map_err(|_| DisclosureError::Malformed)?;
        let disclosure = Self::new(salt, field, parts.2)?;
        if disclosure.text == text {
            Ok(disclosure)
        } else {
            Err(DisclosureError::NotCanonical)
        }
    }

    /// SHA-256 of the string.
    pub fn digest(&self) -> Digest {
        Digest::from_bytes(sha2::Sha256::digest(&self.text).into())
    }

    /// The string to show.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its salt.
    pub const fn salt(&self) -> Salt {
        self.salt
    }

    /// The field that it opens.
    pub const fn field(&self) -> &FieldName {
        &self.field
    }

    /// The value that was committed.
    pub const fn value(&self) -> &Value {
        &self.value
    }
}

impl fmt::Debug for Disclosure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Disclosure({} of {})", self.field, self.digest())
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(..)")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn salted(rest: &str) -> String {
        format!("[\"AAAAAAAAAAAAAAAAAAAAAA\",{rest}]")
    }

    #[test]
    fn only_the_canonical_spelling_is_read() {
        assert!(Disclosure::parse(&salted(r#""name","Ñusta""#)).is_ok());
        for (rest, error) in [
            (r#""name", "Ñusta""#, DisclosureError::NotCanonical),
            (r#""name","\u00d1usta""#, DisclosureError::NotCanonical),
            (r#""name",{"b":1,"a":2}"#, DisclosureError::NotCanonical),
            (r#""name",{"a":1,"a":2}"#, DisclosureError::NotCanonical),
            (
                r#""name",1.0"#,
                DisclosureError::Value(crate::error::ValueError::NotAnInteger),
            ),
            (r#""name""#, DisclosureError::Malformed),
            (r#""name",1,2"#, DisclosureError::Malformed),
            (r#""Name",1"#, DisclosureError::Malformed),
            (r#""na/me",1"#, DisclosureError::Malformed),
        ] {
            assert_eq!(Disclosure::parse(&salted(rest)), Err(error), "{rest}");
        }
    }

    #[test]
    fn a_salt_has_sixteen_bytes_and_one_spelling() {
        for salt in [
            "",
            "AAAA",
            "AAAAAAAAAAAAAAAAAAAAAA==",
            "AAAAAAAAAAAAAAAAAAAAAB",
        ] {
            let text = format!("[\"{salt}\",\"name\",1]");
            assert_eq!(
                Disclosure::parse(&text),
                Err(DisclosureError::Malformed),
                "{salt}"
            );
        }
    }

    #[test]
    fn the_debug_form_shows_no_value() {
        let open = Disclosure::new(Salt([1; 16]), "name".parse().unwrap(), json!("Ñusta")).unwrap();
        assert!(!format!("{open:?}").contains("usta"));
    }

    #[test]
    fn a_long_value_is_refused_both_ways() {
        let long = json!("x".repeat(MAX_DISCLOSURE_BYTES));
        let made = Disclosure::new(Salt([1; 16]), "name".parse().unwrap(), long);
        assert!(matches!(made, Err(DisclosureError::TooLong { .. })));
        let deep = salted(&format!(
            "\"name\",{}1{}",
            "[".repeat(5000),
            "]".repeat(5000)
        ));
        assert!(Disclosure::parse(&deep).is_err());
    }
}
