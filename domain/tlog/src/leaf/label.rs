//! The words in public leaves: a name for machines, the hash of a file, the name of an erasure.

use std::fmt;
use std::str::FromStr;

use crate::encoding::{from_base64, to_base64};
use crate::error::{MalformedHash, MalformedName};

/// The name of a file, a catalogue, a version or an incident's kind.
///
/// Lower-case ASCII letters, digits, `.`, `_` and `-`, a letter or a digit first, at most 128. So it
/// is never a path, and never needs escaping.
///
/// ```
/// use chasqui_tlog::leaf::Label;
///
/// assert!("procedures-2026-10.csv".parse::<Label>().is_ok());
/// assert!("../procedures.csv".parse::<Label>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(String);

impl Label {
    /// The longest label, in bytes.
    pub const MAX_BYTES: usize = 128;

    /// The label as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Label {
    type Err = MalformedName;

    fn from_str(text: &str) -> Result<Self, MalformedName> {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        let starts = text.bytes().next().is_some_and(plain);
        let goes_on = text
            .bytes()
            .all(|b| plain(b) || matches!(b, b'.' | b'_' | b'-'));
        if starts && goes_on && text.len() <= Self::MAX_BYTES {
            Ok(Self(text.to_owned()))
        } else {
            Err(MalformedName { what: "label" })
        }
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// SHA-256 of a published file, written in hexadecimal as `sha256sum` prints it, so that anybody can
/// compare without a program of ours.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileDigest([u8; 32]);

impl FileDigest {
    /// The digest with these bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The digest of these contents.
    pub fn of(contents: &[u8]) -> Self {
        use sha2::Digest as _;
        Self(sha2::Sha256::digest(contents).into())
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for FileDigest {
    type Err = MalformedName;

    fn from_str(text: &str) -> Result<Self, MalformedName> {
        let malformed = MalformedName {
            what: "file digest",
        };
        let (pairs, rest) = text.as_bytes().as_chunks::<2>();
        let mut bytes = [0; 32];
        if pairs.len() != bytes.len() || !rest.is_empty() {
            return Err(malformed);
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            let nibbles = nibble(*high).zip(nibble(*low)).ok_or(malformed)?;
            *byte = nibbles.0 << 4 | nibbles.1;
        }
        Ok(Self(bytes))
    }
}

/// Lower case only: one spelling.
const fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for FileDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for FileDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FileDigest({self})")
    }
}

/// An opaque name for one erasure, drawn at random; the person got it with the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShredId([u8; 16]);

impl ShredId {
    /// The name with these bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl FromStr for ShredId {
    type Err = MalformedHash;

    fn from_str(text: &str) -> Result<Self, MalformedHash> {
        from_base64(text).map(Self).ok_or(MalformedHash)
    }
}

impl fmt::Display for ShredId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_base64(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_never_a_path_and_never_empty() {
        for good in ["a", "0", "a.b_c-9", &"x".repeat(128)] {
            assert_eq!(good.parse::<Label>().unwrap().as_str(), good);
        }
        for bad in [
            "",
            ".a",
            "-a",
            "A",
            "a/b",
            "a b",
            "ñ",
            "a\n",
            &"x".repeat(129),
        ] {
            assert!(bad.parse::<Label>().is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_file_digest_is_what_sha256sum_prints() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(FileDigest::of(b"").to_string(), empty);
        assert_eq!(empty.parse(), Ok(FileDigest::of(b"")));
        for bad in [
            "",
            &empty[1..],
            &empty.to_uppercase(),
            &format!("{empty}0"),
            &"é".repeat(32),
        ] {
            assert!(bad.parse::<FileDigest>().is_err(), "{bad:?}");
        }
    }
}
