//! One value for each cause of suspension: caps, ways of resuming.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use super::SuspensionCause;

/// A value for each [`SuspensionCause`]. It cannot lack one: what a table of data does not mention
/// keeps the value that its owner gives it by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
#[cfg_attr(
    feature = "schema",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields, transform = crate::schema::none_required)
)]
pub struct PerCause<T> {
    /// For [`SuspensionCause::Rectification`].
    pub rectification: T,
    /// For [`SuspensionCause::ExternalReport`].
    pub external_report: T,
    /// For [`SuspensionCause::TechnicalEvidence`].
    pub technical_evidence: T,
    /// For [`SuspensionCause::SettlementNegotiation`].
    pub settlement_negotiation: T,
    /// For [`SuspensionCause::ForceMajeure`].
    pub force_majeure: T,
    /// For [`SuspensionCause::Correction`].
    pub correction: T,
    /// For [`SuspensionCause::Incompleteness`].
    pub incompleteness: T,
}

impl<T: Copy> PerCause<T> {
    /// The value for one cause.
    #[must_use]
    pub const fn of(&self, cause: SuspensionCause) -> T {
        match cause {
            SuspensionCause::Rectification => self.rectification,
            SuspensionCause::ExternalReport => self.external_report,
            SuspensionCause::TechnicalEvidence => self.technical_evidence,
            SuspensionCause::SettlementNegotiation => self.settlement_negotiation,
            SuspensionCause::ForceMajeure => self.force_majeure,
            SuspensionCause::Correction => self.correction,
            SuspensionCause::Incompleteness => self.incompleteness,
        }
    }

    /// The same, with another value for one cause.
    #[must_use]
    pub fn with(mut self, cause: SuspensionCause, value: T) -> Self {
        let slot = match cause {
            SuspensionCause::Rectification => &mut self.rectification,
            SuspensionCause::ExternalReport => &mut self.external_report,
            SuspensionCause::TechnicalEvidence => &mut self.technical_evidence,
            SuspensionCause::SettlementNegotiation => &mut self.settlement_negotiation,
            SuspensionCause::ForceMajeure => &mut self.force_majeure,
            SuspensionCause::Correction => &mut self.correction,
            SuspensionCause::Incompleteness => &mut self.incompleteness,
        };
        *slot = value;
        self
    }

    /// Reads a table of causes over default values, so that naming one cause never silently drops
    /// what the law says of another.
    pub(crate) fn read_over<'de, D>(deserializer: D, defaults: Self) -> Result<Self, D::Error>
    where
        D: Deserializer<'de>,
        T: Deserialize<'de>,
    {
        let named = BTreeMap::<SuspensionCause, T>::deserialize(deserializer)?;
        Ok(named
            .into_iter()
            .fold(defaults, |all, (cause, value)| all.with(cause, value)))
    }
}
