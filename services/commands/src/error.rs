//! Why a command was not carried out.

use chasqui_deadlines::DeadlineError;
use chasqui_procedures::ids::{TypeId, UnitId};
use chasqui_procedures::recorded::UnreadableRecord;
use chasqui_procedures::rejection::Rejection;
use chasqui_store::{AppendError, ReadError};

use crate::authorise::Refusal;
use crate::order::Change;
use crate::secrets::NoRandomness;
use crate::vault::VaultError;

/// A command was not carried out. Unless the variant says otherwise, nothing happened.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// Whoever asked may not.
    #[error(transparent)]
    NotAllowed(#[from] Refusal),
    /// The procedure is no longer as whoever asked has seen it.
    #[error("version {seen} was seen, and the procedure has version {version} now")]
    Changed {
        /// The version that was seen.
        seen: u64,
        /// The version that it has.
        version: u64,
        /// What happened in between, oldest first.
        changes: Vec<Change>,
    },
    /// The idempotency key was used for something else.
    #[error("the idempotency key was used for another request")]
    KeyUsed,
    /// A command with the same idempotency key is being carried out at this moment.
    #[error("a command with this idempotency key is being carried out")]
    InHand,
    /// The domain refused it.
    #[error("refused: {0}")]
    Rejected(#[from] Rejection),
    /// The catalogue has no such type.
    #[error("there is no procedure type {0}")]
    UnknownType(TypeId),
    /// The catalogue has no such unit.
    #[error("there is no unit {0}")]
    UnknownUnit(UnitId),
    /// Another decree has this id.
    #[error(
        "there is another decree {0:?} already; a decree is never changed, only followed by another"
    )]
    DecreeExists(String),
    /// The calendars cannot be used.
    #[error(transparent)]
    Calendar(#[from] DeadlineError),
    /// Others changed the procedure at the same time, again and again.
    #[error("the procedure keeps changing; look at it again before you decide")]
    Contended,
    /// The events could not be appended: see [`AppendError`] for what is known of them.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// The history could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The history has an event that this program cannot read.
    #[error(transparent)]
    Unreadable(#[from] UnreadableRecord),
    /// The history could not be loaded.
    #[error("cannot load the history")]
    Load(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The person could not be put into the vault, or what was asked is the vault's alone.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// No random bytes for an identity.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The task that carried it out ended early. Whether anything was appended is not known.
    #[error("the command was interrupted; look at the procedure before you repeat it")]
    Interrupted,
}

/// What can be done about a command that failed for no reason of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing was recorded, and a little later it may well go through.
    Busy,
    /// Whether anything was recorded is not known: it is safe to send it again under the same key.
    Unclear,
    /// It will fail again until somebody mends something.
    Broken,
}

impl CommandError {
    /// What can be done about it, where it is not the caller who has to do something.
    #[must_use]
    pub fn trouble(&self) -> Trouble {
        match self {
            Self::Append(AppendError::Overloaded) => Trouble::Busy,
            Self::Append(AppendError::Unavailable { .. })
            | Self::Read(_)
            | Self::Load(_)
            | Self::Vault(VaultError::Read(_) | VaultError::Write(_))
            | Self::Interrupted => Trouble::Unclear,
            Self::Append(
                AppendError::Conflict { .. }
                | AppendError::Refused { .. }
                | AppendError::AlreadyAnswered(_),
            )
            | Self::NotAllowed(_)
            | Self::Changed { .. }
            | Self::KeyUsed
            | Self::InHand
            | Self::Rejected(_)
            | Self::UnknownType(_)
            | Self::UnknownUnit(_)
            | Self::DecreeExists(_)
            | Self::Calendar(_)
            | Self::Contended
            | Self::Unreadable(_)
            | Self::Vault(_)
            | Self::NoRandomness(_) => Trouble::Broken,
        }
    }
}
