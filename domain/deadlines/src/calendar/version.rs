//! The name of what a calendar contained when a date was computed.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Which rules and decrees a resolved calendar holds: `ecuador@2026-11+5d.0123456789abcdef`.
///
/// Profile, edition of its rules, number of decrees known, and a digest of all of them for the
/// calendars in the union. Two calendars of one version have the same days, so they give the same
/// due dates; a decree for a canton that is not in the union does not change the version. The
/// digest tells versions apart; it is no signature (the verifiable log is there for that).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct CalendarVersion(Arc<str>);

impl CalendarVersion {
    pub(crate) fn new(profile: &str, edition: &str, decrees: usize, digest: Digest) -> Self {
        Self(format!("{profile}@{edition}+{decrees}d.{digest}").into())
    }

    /// The version as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }
}

impl fmt::Display for CalendarVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// FNV-1a with 64 bits: the same on every machine and in every release, unlike the hashers of the
/// standard library.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Digest(u64);

impl Digest {
    pub(crate) const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    /// Takes in one part; its end is marked, so that parts cannot run together.
    #[must_use]
    pub(crate) fn with(self, part: &str) -> Self {
        let bytes = part.bytes().chain([0xff]);
        Self(bytes.fold(self.0, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        }))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}
