//! Checks the whole log against the events: every leaf, every tile and bundle, the signatures.

use chasqui_store::Store;
use chasqui_tlog::leaf::Leaf;
use chasqui_tlog::merkle::leaf_hash;
use chasqui_tlog::note::VerifierKey;
use chasqui_tlog::policy::Policy;
use chasqui_tlog::sealing::TagIndexBuilder;
use chasqui_tlog::tile::{BundleId, Frontier, TILE_WIDTH, Tile, encode_bundle, partial_bundle};

use crate::error::SealerError;
use crate::folder::{LogFolder, Mark};
use crate::leaves::{place, sealed};

const BLOCK: usize = 2_000;
/// More are counted, not told.
const MOST_TOLD: usize = 20;

/// What was checked, and what is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Leaves made again from their events and compared.
    pub leaves: u64,
    /// Tiles made again and compared.
    pub tiles: u64,
    /// Bundles made again and compared.
    pub bundles: u64,
    /// Checkpoints whose signature and root were checked.
    pub checkpoints: u64,
    /// How much is wrong; none for a sound log.
    pub faults: u64,
    /// The first of the faults.
    pub told: Vec<String>,
}

impl Checked {
    fn fault(&mut self, what: impl Into<String>) {
        self.faults += 1;
        if self.told.len() < MOST_TOLD {
            self.told.push(what.into());
        }
    }

    fn file(&mut self, folder: &LogFolder, name: &str, bytes: &[u8]) -> Result<(), SealerError> {
        match folder.read(name)? {
            Some(found) if found == bytes => {}
            Some(_) => self.fault(format!("{name} is not what the leaves make")),
            None => self.fault(format!("{name} is missing")),
        }
        Ok(())
    }
}

/// Checks the log as far as it is published. Reads only; it can run beside the sealer.
pub async fn fsck(
    store: &Store,
    folder: &LogFolder,
    mark: &Mark,
    key: &VerifierKey,
) -> Result<Checked, SealerError> {
    let mut checked = Checked::default();
    let policy = Policy::k_of_n(key.clone(), &[], 0).map_err(SealerError::format)?;
    // The mark first: it is never behind what is published.
    let (published, marked) = (folder.checkpoint()?, mark.read()?);
    let Some(published) = published else {
        checked.fault("no checkpoint is published");
        return Ok(checked);
    };
    for (name, one) in [("checkpoint", Some(&published)), ("mark", marked.as_ref())] {
        match one.map(|one| policy.check(one)) {
            Some(Ok(_)) => checked.checkpoints += 1,
            Some(Err(why)) => checked.fault(format!("{name}: {why}")),
            None => checked.fault("there is no high-water mark"),
        }
    }
    let size = published.checkpoint().size();
    if marked.is_some_and(|marked| marked.checkpoint().size() < size) {
        checked.fault("more is published than the high-water mark knows");
    }
    let mut frontier = Frontier::new();
    let mut open = Vec::new();
    let mut tags = TagIndexBuilder::default();
    let mut time = 0;
    while frontier.size() < size {
        let from = frontier.size();
        let leaves = block(store, key, from, size, &mut checked).await?;
        if leaves.is_empty() {
            checked.fault(format!("the database ends at {from}, {size} are signed"));
            return Ok(checked);
        }
        for leaf in leaves {
            match Leaf::parse(&leaf) {
                Ok(parsed) => {
                    if parsed.time().seconds() < time {
                        checked.fault(format!("leaf {} is backdated", frontier.size()));
                    }
                    time = parsed.time().seconds();
                    tags.push(&parsed).map_err(SealerError::format)?;
                }
                Err(why) => checked.fault(format!("leaf {}: {why}", frontier.size())),
            }
            take(&mut frontier, &mut open, leaf, folder, &mut checked)?;
        }
    }
    if let Err(why) = tags.finish() {
        checked.fault(why.to_string());
    }
    edge(&frontier, &open, folder, &mut checked)?;
    if frontier.root() != published.checkpoint().root() {
        checked.fault(format!("the leaves make another root at size {size}"));
    }
    Ok(checked)
}

/// A block of stored leaves, each compared with what its event makes.
async fn block(
    store: &Store,
    key: &VerifierKey,
    from: u64,
    size: u64,
    checked: &mut Checked,
) -> Result<Vec<Vec<u8>>, SealerError> {
    let most = (size - from).min(BLOCK as u64) as usize;
    let leaves = store.leaves(from, most).await?;
    let records = store.read(from, most).await?;
    let threads = store.threads(records.iter().map(place).collect()).await?;
    if records.len() < leaves.len() {
        let missing = leaves.len() - records.len();
        checked.fault(format!("{missing} events from {from} on are missing"));
    }
    for ((leaf, record), thread) in leaves.iter().zip(&records).zip(&threads) {
        checked.leaves += 1;
        let position = record.position;
        let (Some(stream), Ok(parsed)) = (thread.key, Leaf::parse(leaf)) else {
            checked.fault(format!("the key of event {position}'s stream is missing"));
            continue;
        };
        let prev = thread.before.as_deref().map(leaf_hash);
        let again = sealed(key.name().as_str(), parsed.time(), record, &stream, prev);
        match again {
            Ok(again) if again.leaf.to_string().as_bytes() == leaf.as_slice() => {}
            Ok(_) => checked.fault(format!("event {position} is not what was sealed")),
            Err(why) => checked.fault(format!("event {position}: {why}")),
        }
    }
    Ok(leaves)
}

fn take(
    frontier: &mut Frontier,
    open: &mut Vec<Vec<u8>>,
    leaf: Vec<u8>,
    folder: &LogFolder,
    checked: &mut Checked,
) -> Result<(), SealerError> {
    let mut full: Vec<Tile> = Vec::new();
    frontier
        .append(leaf_hash(&leaf), |tile| full.push(tile))
        .map_err(SealerError::format)?;
    open.push(leaf);
    for tile in full {
        checked.tiles += 1;
        checked.file(folder, &tile.id().to_string(), &tile.encode())?;
    }
    if open.len() == usize::from(TILE_WIDTH) {
        let index = (frontier.size() - 1) / u64::from(TILE_WIDTH);
        let id = BundleId::new(index, TILE_WIDTH).map_err(SealerError::format)?;
        let bytes = encode_bundle(open).map_err(SealerError::format)?;
        checked.bundles += 1;
        checked.file(folder, &id.to_string(), &bytes)?;
        open.clear();
    }
    Ok(())
}

/// The files at the right edge, which are not full.
fn edge(
    frontier: &Frontier,
    open: &[Vec<u8>],
    folder: &LogFolder,
    checked: &mut Checked,
) -> Result<(), SealerError> {
    for tile in frontier.partial_tiles() {
        checked.tiles += 1;
        checked.file(folder, &tile.id().to_string(), &tile.encode())?;
    }
    if let Some(id) = partial_bundle(frontier.size()) {
        let bytes = encode_bundle(open).map_err(SealerError::format)?;
        checked.bundles += 1;
        checked.file(folder, &id.to_string(), &bytes)?;
    }
    Ok(())
}
