//! The causes for which the law lets a clock stop. Which of them exist in a country, and how long
//! each may last, is data of the profile; waiting in an office's own queue is in no list.

use serde::{Deserialize, Serialize};

/// Why a clock is stopped.
///
/// In Ecuador only the five causes of COA 162 exist (the list is known from memory of the article
/// and from its Spanish model, Ley 39/2015 art. 22: to be confirmed by the lawyers). The last two
/// belong to the French profile. A profile names the causes it allows; any other is refused, and
/// there is deliberately none for internal delay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SuspensionCause {
    /// Rectification or documents required from the applicant (*subsanación*, COA 140 and 162.1).
    #[serde(alias = "subsanacion")]
    Rectification,
    /// A report asked from another organ (*informe*, COA 162.2), capped at three months.
    #[serde(alias = "informe")]
    ExternalReport,
    /// Technical or contradictory evidence (*prueba técnica*, COA 162.3).
    #[serde(alias = "prueba_tecnica")]
    TechnicalEvidence,
    /// Negotiations for a settlement (*negociación*, COA 162.4).
    #[serde(alias = "negociacion")]
    SettlementNegotiation,
    /// Force majeure (*fuerza mayor*, COA 162.5).
    #[serde(alias = "fuerza_mayor")]
    ForceMajeure,
    /// France: the file has to be corrected.
    #[serde(alias = "incorrect")]
    Correction,
    /// France: the file is incomplete; the period starts anew once it is complete.
    #[serde(alias = "incomplete")]
    Incompleteness,
}

impl SuspensionCause {
    /// Every cause, in the order of the law.
    pub const ALL: [Self; 7] = [
        Self::Rectification,
        Self::ExternalReport,
        Self::TechnicalEvidence,
        Self::SettlementNegotiation,
        Self::ForceMajeure,
        Self::Correction,
        Self::Incompleteness,
    ];

    /// The name in data.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rectification => "rectification",
            Self::ExternalReport => "external_report",
            Self::TechnicalEvidence => "technical_evidence",
            Self::SettlementNegotiation => "settlement_negotiation",
            Self::ForceMajeure => "force_majeure",
            Self::Correction => "correction",
            Self::Incompleteness => "incompleteness",
        }
    }

    /// The key of its name in the message tables.
    #[must_use]
    pub const fn message_key(self) -> &'static str {
        match self {
            Self::Rectification => "cause.rectification",
            Self::ExternalReport => "cause.external_report",
            Self::TechnicalEvidence => "cause.technical_evidence",
            Self::SettlementNegotiation => "cause.settlement_negotiation",
            Self::ForceMajeure => "cause.force_majeure",
            Self::Correction => "cause.correction",
            Self::Incompleteness => "cause.incompleteness",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_is_the_name_in_data() {
        for cause in SuspensionCause::ALL {
            assert_eq!(serde_json::to_value(cause).unwrap(), cause.name());
            assert_eq!(cause.message_key(), format!("cause.{}", cause.name()));
        }
    }

    #[test]
    fn the_spanish_names_of_the_vectors_are_read() {
        let read = |name: &str| serde_json::from_value::<SuspensionCause>(name.into()).unwrap();
        assert_eq!(read("subsanacion"), SuspensionCause::Rectification);
        assert_eq!(read("informe"), SuspensionCause::ExternalReport);
        assert_eq!(read("prueba_tecnica"), SuspensionCause::TechnicalEvidence);
        assert!(serde_json::from_value::<SuspensionCause>("cola_interna".into()).is_err());
    }
}
