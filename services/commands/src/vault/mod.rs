//! The vault: who the persons of procedures are, kept apart from the events, encrypted, and forgettable.
//!
//! One random key for each person of each procedure; each key wrapped by the key of an epoch, which is a
//! file outside the database. Erasing destroys the key and the rows; two turns of the epoch later no
//! copy of the database opens them either (`docs/decisions/0008-vault.md`).

mod by;
mod erase;
mod error;
mod files;
mod find;
mod health;
mod keep;
mod keyring;
mod ledger;
mod person;
mod personal;
mod purpose;
mod read;
mod rotate;
mod seal;
mod settle;

pub use by::By;
pub use erase::{Erased, ErasureRequest};
pub use error::VaultError;
pub use files::Vault;
pub use health::{VaultHealth, WEEK_DAYS};
pub use keyring::{KeyRing, KeyRingError};
pub use ledger::{Ledger, LedgerError};
pub use person::{Field, Person, PersonError};
pub use personal::Personal;
pub use purpose::{Purpose, PurposeError};
pub use read::Reading;
pub use rotate::Rotated;
pub use settle::Settled;
