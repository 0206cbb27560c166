//! Who asks.

use chasqui_procedures::text::Label;
use jiff::Timestamp;

use super::key::{Environment, KeyId};
use super::scope::{UnitScope, Verbs};

/// Whoever asks for something to be done or shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Anybody: may read what is public, and do nothing.
    Anonymous,
    /// A system that presented a key of ours.
    Key(Box<Grant>),
    /// Whoever works on the machine itself and can read its secrets and its database: the command line.
    Operator,
}

/// What a key allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The key's public handle.
    pub id: KeyId,
    /// The deployment it is for.
    pub environment: Environment,
    /// The system that holds it.
    pub label: Label,
    /// For whom it acts.
    pub unit: UnitScope,
    /// What it may do.
    pub verbs: Verbs,
    /// When it was made.
    pub created_at: Timestamp,
    /// From then on it opens nothing.
    pub expires_at: Timestamp,
}

impl Actor {
    /// The actor as records name it: `public`, `key:<handle>`, `operator`. It names no person.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Anonymous => "public".to_owned(),
            Self::Key(grant) => format!("key:{}", grant.id),
            Self::Operator => "operator".to_owned(),
        }
    }
}
