//! How a procedure ended, and where it is: outcome, stage, and whom it waits for.

use serde::{Deserialize, Serialize};

/// How a procedure ended: the ways of COA 201, and what real sources also say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// What was asked was granted (aprobado).
    Granted,
    /// It was granted in part.
    PartlyGranted,
    /// It was denied (negado).
    Denied,
    /// Nothing needed to be granted.
    NotRequired,
    /// It was not admitted to a decision (inadmitido).
    Inadmissible,
    /// Granted by positive silence (COA 207).
    DeemedGranted,
    /// Denied by negative silence.
    DeemedDenied,
    /// The applicant withdrew, or did not answer the request to rectify (COA 140, 201).
    Withdrawn,
    /// The applicant let it rest for too long (abandono, COA 212).
    Abandoned,
    /// The authority let its own procedure lapse (caducidad, COA 213).
    Lapsed,
    /// It can no longer be carried out (imposibilidad material).
    Impossible,
    /// It ended by agreement (terminación convencional).
    Agreed,
    /// It was handed to another public body.
    Referred,
    /// A decision was taken; the source does not say which.
    Unstated,
}

impl Outcome {
    /// All of them, in the order of this file.
    pub const ALL: [Self; 14] = [
        Self::Granted,
        Self::PartlyGranted,
        Self::Denied,
        Self::NotRequired,
        Self::Inadmissible,
        Self::DeemedGranted,
        Self::DeemedDenied,
        Self::Withdrawn,
        Self::Abandoned,
        Self::Lapsed,
        Self::Impossible,
        Self::Agreed,
        Self::Referred,
        Self::Unstated,
    ];

    /// The outcome's name in addresses, tables and mappings.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Granted => "granted",
            Self::PartlyGranted => "partly_granted",
            Self::Denied => "denied",
            Self::NotRequired => "not_required",
            Self::Inadmissible => "inadmissible",
            Self::DeemedGranted => "deemed_granted",
            Self::DeemedDenied => "deemed_denied",
            Self::Withdrawn => "withdrawn",
            Self::Abandoned => "abandoned",
            Self::Lapsed => "lapsed",
            Self::Impossible => "impossible",
            Self::Agreed => "agreed",
            Self::Referred => "referred",
            Self::Unstated => "unstated",
        }
    }

    /// Reads [`Outcome::id`].
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.id() == id)
    }
}

/// Where a procedure is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It was filed and nobody has taken it up (ingresado).
    #[default]
    Filed,
    /// A unit works on it (en revisión).
    InReview,
    /// The applicant was asked to complete something (esperando su respuesta).
    AwaitingApplicant,
    /// The term rests for another legal cause (tiempo detenido).
    Suspended,
    /// Decided, and not yet notified.
    Decided,
    /// It has ended.
    Ended,
}

impl Stage {
    /// All of them, in the order of a procedure's life.
    pub const ALL: [Self; 6] = [
        Self::Filed,
        Self::InReview,
        Self::AwaitingApplicant,
        Self::Suspended,
        Self::Decided,
        Self::Ended,
    ];

    /// The stage's name in addresses and tables.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::InReview => "in_review",
            Self::AwaitingApplicant => "awaiting_applicant",
            Self::Suspended => "suspended",
            Self::Decided => "decided",
            Self::Ended => "ended",
        }
    }

    /// Reads [`Stage::id`].
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.id() == id)
    }
}

/// Who has to act for the procedure to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingOn {
    /// The municipality: its term runs.
    Municipality,
    /// The applicant, who was asked to complete something.
    Applicant,
    /// Somebody else: another body's report, an expert, a court.
    ThirdParty,
    /// Nobody: it has ended.
    Nobody,
}

impl WaitingOn {
    /// The name in addresses and tables.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Municipality => "municipality",
            Self::Applicant => "applicant",
            Self::ThirdParty => "third_party",
            Self::Nobody => "nobody",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_and_equals_its_serialised_form() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::from_id(outcome.id()), Some(outcome));
            assert_eq!(serde_json::to_value(outcome).unwrap(), outcome.id());
        }
        for stage in Stage::ALL {
            assert_eq!(Stage::from_id(stage.id()), Some(stage));
            assert_eq!(serde_json::to_value(stage).unwrap(), stage.id());
        }
    }
}
