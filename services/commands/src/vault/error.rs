//! Why the vault did not do what was asked. No error repeats anything personal.

use chasqui_procedures::rejection::Rejection;
use chasqui_store::{ReadError, WriteError};
use jiff::civil::Date;

use super::keyring::KeyRingError;
use super::ledger::LedgerError;
use crate::authorise::Refusal;
use crate::error::CommandError;
use crate::secrets::NoRandomness;

/// Nothing was shown, and unless the variant says otherwise nothing happened.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The log was opened without the vault's files.
    #[error("this process has no vault")]
    NoVault,
    /// Whoever asks may not.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The person was erased.
    #[error("the person was erased on {on}")]
    Erased {
        /// When.
        on: Date,
    },
    /// The key is not there any more, and the history does not say why: the database is older than the
    /// ledger of destroyed keys.
    #[error("the person's key was destroyed")]
    Destroyed,
    /// A ciphertext does not belong where it stands, or was changed.
    #[error("the vault's data of {procedure} were changed from outside")]
    Tampered {
        /// The procedure.
        procedure: String,
    },
    /// The record of an erasure names people.
    #[error("an erasure takes two people, each by name")]
    Nameless,
    /// Nobody asked for this erasure.
    #[error("nobody asked for this erasure")]
    NotRequested,
    /// Whoever asked for an erasure cannot confirm it.
    #[error("{by} asked for this erasure; somebody else has to confirm it")]
    SamePerson {
        /// Who asked.
        by: String,
    },
    /// Something else is asked for by now.
    #[error("the request was changed meanwhile; look at it before you confirm it")]
    RequestChanged,
    /// The keys of the epochs cannot be used.
    #[error(transparent)]
    KeyRing(#[from] KeyRingError),
    /// The ledger of destroyed keys cannot be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// No random bytes for a key.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The vault could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The vault could not be written. Whether it was is not known.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The procedure could not be read or changed.
    #[error(transparent)]
    Command(Box<CommandError>),
}

impl From<CommandError> for VaultError {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::Vault(error) => error,
            error @ (CommandError::NotAllowed(_)
            | CommandError::Changed { .. }
            | CommandError::KeyUsed
            | CommandError::InHand
            | CommandError::Rejected(_)
            | CommandError::UnknownType(_)
            | CommandError::UnknownUnit(_)
            | CommandError::DecreeExists(_)
            | CommandError::Calendar(_)
            | CommandError::Contended
            | CommandError::Append(_)
            | CommandError::Read(_)
            | CommandError::Unreadable(_)
            | CommandError::Load(_)
            | CommandError::NoRandomness(_)
            | CommandError::Interrupted) => Self::Command(Box::new(error)),
        }
    }
}

impl From<Rejection> for VaultError {
    fn from(rejection: Rejection) -> Self {
        CommandError::from(rejection).into()
    }
}
