//! Why a command was not carried out.

use chasqui_deadlines::DeadlineError;
use chasqui_procedures::ids::{TypeId, UnitId};
use chasqui_procedures::recorded::UnreadableRecord;
use chasqui_procedures::rejection::Rejection;
use chasqui_store::{AppendError, ReadError};

use crate::secrets::NoRandomness;

/// A command was not carried out. Unless the variant says otherwise, nothing happened.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
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
    Vault(#[from] crate::vault::VaultError),
    /// No random bytes for an identity.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The task that carried it out ended early. Whether anything was appended is not known.
    #[error("the command was interrupted; look at the procedure before you repeat it")]
    Interrupted,
}
