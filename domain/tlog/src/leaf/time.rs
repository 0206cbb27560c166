//! The time in a leaf: when the log took it in, which is not when the thing happened.

use std::fmt;

use crate::encoding::parse_decimal;
use crate::error::LeafError;

/// POSIX seconds with ten digits: from 9 September 2001 to 20 November 2286.
///
/// Always as long as any other, so that a leaf's length tells nothing. It never decreases from one
/// leaf of a log to the next.
///
/// ```
/// use chasqui_tlog::leaf::LeafTime;
///
/// assert_eq!(LeafTime::new(1_767_225_641)?.seconds(), 1_767_225_641);
/// assert!(LeafTime::new(999_999_999).is_err());
/// # Ok::<(), chasqui_tlog::error::LeafError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LeafTime(u64);

impl LeafTime {
    /// The earliest time a leaf can have.
    pub const MIN: Self = Self(1_000_000_000);
    /// The latest time a leaf can have.
    pub const MAX: Self = Self(9_999_999_999);

    /// That many seconds since 1970, which must be ten digits.
    pub fn new(seconds: u64) -> Result<Self, LeafError> {
        let time = Self(seconds);
        let fits = (Self::MIN..=Self::MAX).contains(&time);
        fits.then_some(time).ok_or(LeafError::Time)
    }

    /// The seconds.
    pub const fn seconds(self) -> u64 {
        self.0
    }

    pub(super) fn parse(text: &str) -> Result<Self, LeafError> {
        Self::new(parse_decimal(text).ok_or(LeafError::Time)?)
    }
}

impl fmt::Display for LeafTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}
