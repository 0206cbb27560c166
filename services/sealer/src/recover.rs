//! After a restore: brings back the log's entries that the database has lost, from the signed files.
//!
//! It never invents events and never lowers the mark. If events are missing that were signed, only a
//! newer copy of the database helps.

use std::collections::HashMap;

use chasqui_store::Store;
use chasqui_tlog::leaf::Leaf;
use chasqui_tlog::merkle::leaf_hash;
use chasqui_tlog::note::VerifierKey;
use chasqui_tlog::policy::Policy;
use chasqui_tlog::tile::{BundleId, Frontier, TILE_WIDTH, decode_bundle};

use crate::error::{Refusal, SealerError};
use crate::folder::{LogFolder, Mark};
use crate::leaves::{place, sealed};

const BLOCK: usize = 2_000;

/// What was brought back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recovered {
    /// The size that was signed.
    pub signed: u64,
    /// Entries that the database had lost.
    pub restored: u64,
}

/// Brings back lost entries, after checking all of the files against the signed root.
pub async fn recover(
    store: &Store,
    folder: &LogFolder,
    mark: &Mark,
    key: &VerifierKey,
) -> Result<Recovered, SealerError> {
    let _lock = folder.lock()?;
    let policy = Policy::k_of_n(key.clone(), &[], 0).map_err(SealerError::format)?;
    let published = folder.checkpoint()?;
    let marked = mark.read()?;
    let newest = [published, marked].into_iter().flatten();
    let Some(newest) = newest.max_by_key(|one| one.checkpoint().size()) else {
        return Ok(Recovered {
            signed: 0,
            restored: 0,
        });
    };
    let forged = |_| Refusal::Signature(folder.path().join("checkpoint"));
    policy.check(&newest).map_err(forged)?;
    let size = newest.checkpoint().size();
    let leaves = entries(folder, size)?;
    let mut frontier = Frontier::new();
    for leaf in &leaves {
        frontier
            .append(leaf_hash(leaf), |_| {})
            .map_err(SealerError::format)?;
    }
    if frontier.root() != newest.checkpoint().root() {
        return Err(Refusal::Fork { size }.into());
    }
    let events = store.head().await?;
    if events < size {
        let (what, found, signed) = ("events", events, size);
        return Err(Refusal::Older {
            what,
            found,
            signed,
        }
        .into());
    }
    let from = store.leaf_head().await?;
    same(store, key.name().as_str(), from, &leaves).await?;
    let lost = leaves.into_iter().skip(from as usize).collect::<Vec<_>>();
    let restored = lost.len() as u64;
    if restored > 0 && !store.add_leaves(from, lost, Vec::new()).await? {
        return Err(Refusal::Busy.into());
    }
    mark.write(&newest)?;
    Ok(Recovered {
        signed: size,
        restored,
    })
}

/// Refuses unless every event whose entry was lost is the one that the entry was made of: the database
/// may have grown another history since it was restored.
async fn same(
    store: &Store,
    origin: &str,
    mut from: u64,
    leaves: &[Vec<u8>],
) -> Result<(), SealerError> {
    let mut last = HashMap::new();
    while (from as usize) < leaves.len() {
        let records = store
            .read(from, BLOCK.min(leaves.len() - from as usize))
            .await?;
        let threads = store.threads(records.iter().map(place).collect()).await?;
        let signed = &leaves[from as usize..];
        for ((record, thread), leaf) in records.iter().zip(&threads).zip(signed) {
            let position = record.position;
            let stream = (record.aggregate_type.clone(), record.aggregate_id.clone());
            let prev = last.insert(stream, leaf_hash(leaf));
            let prev = prev.or_else(|| thread.before.as_deref().map(leaf_hash));
            let key = thread.key.ok_or(Refusal::Other { position })?;
            let time = Leaf::parse(leaf).map_err(SealerError::format)?.time();
            let again = sealed(origin, time, record, &key, prev);
            if !again.is_ok_and(|again| again.leaf.to_string().as_bytes() == leaf.as_slice()) {
                return Err(Refusal::Other { position }.into());
            }
        }
        if records.is_empty() {
            return Err(Refusal::Other { position: from }.into());
        }
        from += records.len() as u64;
    }
    Ok(())
}

/// All entries up to a size, from the bundles.
fn entries(folder: &LogFolder, size: u64) -> Result<Vec<Vec<u8>>, SealerError> {
    let mut all = Vec::new();
    for index in 0..size.div_ceil(u64::from(TILE_WIDTH)) {
        let Some(id) = BundleId::in_tree(index, size) else {
            break;
        };
        let full = folder.read(&id.full().to_string())?;
        let bytes = match full {
            Some(full) => Some(full),
            None => folder.read(&id.to_string())?,
        };
        let bytes = bytes.ok_or_else(|| SealerError::File {
            path: folder.path().join(id.to_string()),
            source: "the bundle is missing".into(),
        })?;
        let prefix = chasqui_tlog::tile::bundle_prefix(&bytes, id.width());
        let prefix = prefix.map_err(SealerError::format)?;
        let entries = decode_bundle(prefix, id.width()).map_err(SealerError::format)?;
        all.extend(entries.into_iter().map(<[u8]>::to_vec));
    }
    Ok(all)
}
