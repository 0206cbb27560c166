//! Where the vault keeps what must not be in the database.

use super::keyring::KeyRing;
use super::ledger::Ledger;

/// Where the vault's files are. Without it a log is open all the same, and no person is taken in.
#[derive(Clone, Debug)]
pub struct Vault {
    /// The keys of the epochs.
    pub keys: KeyRing,
    /// The keys that were destroyed, outside the database.
    pub ledger: Ledger,
}
