//! The receipt of one sealed event, for whoever may know the procedure.

use chasqui_store::Store;
use chasqui_tlog::leaf::Leaf;
use chasqui_tlog::merkle::{leaf_hash, prove_inclusion};
use chasqui_tlog::note::VerifierKey;
use chasqui_tlog::receipt::Receipt;
use chasqui_tlog::sealing::MANDATORY_FIELDS;

use crate::error::SealerError;
use crate::folder::LogFolder;
use crate::leaves::{place, sealed};

/// The receipt of the event at a position. It opens what every event commits (what happened, when, to
/// which stream, after which entry) and nothing of what was said: that stays a digest.
pub async fn receipt(
    store: &Store,
    folder: &LogFolder,
    key: &VerifierKey,
    position: u64,
) -> Result<Receipt, SealerError> {
    let checkpoint = folder.checkpoint()?;
    let size = checkpoint.as_ref().map_or(0, |one| one.checkpoint().size());
    let none = || SealerError::NotSealed { position, size };
    let checkpoint = checkpoint.filter(|_| position < size).ok_or_else(none)?;
    let record = store.read(position, 1).await?.pop().ok_or_else(none)?;
    let stored = store.leaves(position, 1).await?.pop().ok_or_else(none)?;
    let thread = store.threads(vec![place(&record)]).await?.pop();
    let thread = thread.ok_or_else(none)?;
    let stream = thread.key.ok_or_else(none)?;
    let time = Leaf::parse(&stored).map_err(SealerError::format)?.time();
    let prev = thread.before.as_deref().map(leaf_hash);
    let event = sealed(key.name().as_str(), time, &record, &stream, prev)?;
    let open = event.disclosures.into_iter();
    let open = open.filter(|one| MANDATORY_FIELDS.contains(&one.field().as_str()));
    let path = prove_inclusion(folder, position, size).map_err(SealerError::format)?;
    Receipt::new(
        event.leaf,
        event.commitment,
        open.collect(),
        position,
        path,
        checkpoint,
    )
    .map_err(SealerError::format)
}
