//! The article of law behind a rejection.

use serde::Serialize;

use super::reason::Rejection;

/// An article of law, as it is cited: `COA 161`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Article(pub &'static str);

impl Rejection {
    /// The article that forbids it, where there is one.
    #[must_use]
    pub fn article(&self) -> Option<Article> {
        match self {
            Self::RectificationAlreadyOpen | Self::NoRectificationOpen => Some(Article("COA 140")),
            Self::AlreadySuspended { .. } | Self::NotSuspended { .. } => Some(Article("COA 162")),
            Self::NotDecided => Some(Article("COA 164")),
            Self::NotNotified => Some(Article("COA 219")),
            Self::NotYetAbandoned { .. } => Some(Article("COA 212")),
            Self::AlreadyEnded { .. } | Self::AlreadyDecided => Some(Article("COA 201")),
            Self::NoTerm => Some(Article("COA 158")),
            Self::PersonNeeded => Some(Article("LOPDP 18")),
            Self::Deadline(error) => error.article().map(Article),
            Self::NotFiled
            | Self::AlreadyFiled
            | Self::AlreadyAdmitted
            | Self::NotEnded
            | Self::WrongUnit { .. }
            | Self::NoDecision { .. }
            | Self::AlreadyThere
            | Self::BeforeFiling { .. }
            | Self::InTheFuture
            | Self::NoSuchEntry { .. }
            | Self::FilingStands
            | Self::NoSuchSubprocedure { .. }
            | Self::SubprocedureEnded { .. }
            | Self::BeforeSubprocedure { .. }
            | Self::TooManySubprocedures { .. }
            | Self::NoPerson
            | Self::PersonAlreadyErased { .. }
            | Self::ErasureStands { .. } => None,
        }
    }
}
