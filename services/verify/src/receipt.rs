//! A receipt: its fields open its leaf, its leaf leads to a root, and those whom you trust signed that
//! root. It needs no network, and can be compared with a log that was audited.

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::leaf::EventLeaf;
use chasqui_tlog::policy::Policy;
use chasqui_tlog::receipt::Receipt;
use chasqui_tlog::sealing::OpenedEvent;

use crate::audit::Audited;
use crate::error::VerifyError;
use crate::signers::{Age, Signers};

/// A receipt that holds.
#[derive(Debug, Clone)]
pub struct CheckedReceipt {
    /// The entry's place in the log.
    pub index: u64,
    /// The entry.
    pub leaf: EventLeaf,
    /// The fields that it opens, and how many it does not.
    pub event: OpenedEvent,
    /// The tree that it leads to.
    pub checkpoint: SignedCheckpoint,
    /// Who signed that tree.
    pub signers: Signers,
    /// The newest time that is signed.
    pub age: Age,
}

/// Checks a receipt at the time `now` (POSIX seconds). Receipts stay true: only if `max_age` (seconds) is
/// given, an old one is refused.
pub fn check_receipt(
    bytes: &[u8],
    policy: &Policy,
    now: u64,
    max_age: Option<u64>,
) -> Result<CheckedReceipt, VerifyError> {
    let receipt = Receipt::parse(bytes)?;
    let proven = receipt.verify(policy)?;
    let signers = Signers::accepted(&proven.acceptance);
    let age = signers.age(proven.leaf.time.seconds(), now, max_age)?;
    Ok(CheckedReceipt {
        index: proven.index,
        leaf: proven.leaf,
        event: proven.event,
        checkpoint: receipt.proof().checkpoint().clone(),
        signers,
        age,
    })
}

impl CheckedReceipt {
    /// Checks that a log still has the entry where the receipt says. The log must have been audited with
    /// the receipt's checkpoint among those to continue, and its entry among those to find.
    pub fn check_against(&self, log: &Audited) -> Result<(), VerifyError> {
        if log.leaf(self.index) == Some(self.leaf) {
            Ok(())
        } else {
            Err(VerifyError::OtherEntry { index: self.index })
        }
    }
}
