//! Why what is known of a person is erased: the grounds of the law of personal data.
//!
//! Erasing itself is not here: an event says that it was decided, and the vault destroys the key.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The ground of an erasure (supresión, LOPDP art. 15): a closed list, because an event holds no free
/// text. The first five are those of the article's beginning; the last two were taken from its later
/// numbers, see `docs/law.md`.
///
/// ```
/// use chasqui_procedures::erasure::ErasureBasis;
/// assert_eq!("period_over".parse(), Ok(ErasureBasis::PeriodOver));
/// assert!("because".parse::<ErasureBasis>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErasureBasis {
    /// The data were not treated as the law's principles want.
    Unlawful,
    /// They are not needed for the purpose, or have nothing to do with it.
    NotNeeded,
    /// The purpose was met.
    PurposeMet,
    /// The time for which they are kept is over.
    PeriodOver,
    /// The person withdrew their consent.
    ConsentWithdrawn,
    /// They harm the person's fundamental rights.
    RightsHarmed,
    /// A law or an authority orders it.
    LegalOrder,
}

impl ErasureBasis {
    /// All of them, in the order of this file.
    pub const ALL: [Self; 7] = [
        Self::Unlawful,
        Self::NotNeeded,
        Self::PurposeMet,
        Self::PeriodOver,
        Self::ConsentWithdrawn,
        Self::RightsHarmed,
        Self::LegalOrder,
    ];

    /// The name on the command line and in the record of erasures.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unlawful => "unlawful",
            Self::NotNeeded => "not_needed",
            Self::PurposeMet => "purpose_met",
            Self::PeriodOver => "period_over",
            Self::ConsentWithdrawn => "consent_withdrawn",
            Self::RightsHarmed => "rights_harmed",
            Self::LegalOrder => "legal_order",
        }
    }
}

impl fmt::Display for ErasureBasis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A text that names no ground of an erasure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a ground of the law for erasing")]
pub struct UnknownBasis;

impl FromStr for ErasureBasis {
    type Err = UnknownBasis;

    fn from_str(text: &str) -> Result<Self, UnknownBasis> {
        let named = Self::ALL.into_iter().find(|basis| basis.name() == text);
        named.ok_or(UnknownBasis)
    }
}
