//! The sealer: what was signed is checked at the start, what is new is sealed and published in turns.

use std::fs::File;
use std::time::Instant;

use chasqui_store::Store;
use chasqui_tlog::checkpoint::{Checkpoint, SignedCheckpoint};
use chasqui_tlog::merkle::{Edge, Hash, leaf_hash};
use chasqui_tlog::policy::Policy;
use chasqui_tlog::tile::{BundleId, Frontier, TILE_WIDTH, Tile, encode_bundle};
use jiff::Timestamp;

use crate::error::{Refusal, SealerError};
use crate::folder::{LogFolder, Mark};
use crate::key::LogKey;
use crate::leaves::{Maker, place, time};
use crate::tidy;
use crate::witnesses::Witnesses;

/// How many events become leaves in one transaction, and how many leaves are read at once.
const BLOCK: usize = 2_000;

/// The one who signs this log. There is one for each folder at a time.
pub struct Sealer {
    pub(crate) store: Store,
    pub(crate) folder: LogFolder,
    pub(crate) mark: Mark,
    pub(crate) key: LogKey,
    pub(crate) policy: Policy,
    pub(crate) frontier: Frontier,
    /// The entries of the bundle that is not full yet.
    pub(crate) open: Vec<Vec<u8>>,
    /// The newest checkpoint that was signed, with the cosignatures that have come.
    pub(crate) current: Option<SignedCheckpoint>,
    pub(crate) witnesses: Witnesses,
    /// When and at which size superseded files were looked for.
    tidied: Option<(Instant, u64)>,
    _lock: File,
}

/// What a turn has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Leaves in the tree.
    pub size: u64,
    /// Whether a checkpoint was signed.
    pub signed: bool,
}

impl Sealer {
    /// Opens a log for signing: computes the signed tree again from the database, and refuses if it is
    /// another one, or if a witness has seen more. Files of the tree that are lost or damaged are written
    /// again.
    pub async fn open(
        store: Store,
        folder: LogFolder,
        mark: Mark,
        key: LogKey,
        witnesses: Witnesses,
    ) -> Result<Self, SealerError> {
        let lock = folder.lock()?;
        let policy = Policy::k_of_n(key.verifier().clone(), &[], 0).map_err(SealerError::format)?;
        let mut sealer = Self {
            store,
            folder,
            mark,
            key,
            policy,
            frontier: Frontier::new(),
            open: Vec::new(),
            current: None,
            witnesses,
            tidied: None,
            _lock: lock,
        };
        sealer.folder.publish_policy(sealer.witnesses.policy())?;
        sealer.check().await?;
        sealer.probe().await?;
        Ok(sealer)
    }

    /// The size that was signed last.
    #[must_use]
    pub fn signed(&self) -> Option<u64> {
        self.current.as_ref().map(|one| one.checkpoint().size())
    }

    /// Seals what is new, and signs if there is anything new or if `renew` asks for it.
    pub async fn turn(&mut self, now: Timestamp, renew: bool) -> Result<Sealed, SealerError> {
        self.hear_late().await?;
        self.make_leaves(now).await?;
        self.grow(None).await?;
        let size = self.frontier.size();
        let signed = renew || self.signed() != Some(size);
        if signed {
            self.publish().await?;
        } else if let Some(current) = &self.current {
            self.witnesses.start(&self.folder, current);
        }
        self.witnesses.observe(now);
        self.tidy(size)?;
        Ok(Sealed { size, signed })
    }

    /// The database against the high-water mark, and the mark against what is published.
    async fn check(&mut self) -> Result<(), SealerError> {
        let published = self.folder.checkpoint()?;
        let marked = self.mark.read()?;
        for (signed, path) in [
            (&published, self.folder.path().join("checkpoint")),
            (&marked, self.mark.0.clone()),
        ] {
            if let Some(signed) = signed {
                self.policy
                    .check(signed)
                    .map_err(|_| Refusal::Signature(path))?;
            }
        }
        let size = |one: &SignedCheckpoint| one.checkpoint().size();
        let at_most = marked.as_ref().map(size);
        if let Some(published) = published.as_ref().map(size)
            && at_most.is_none_or(|marked| marked < published)
        {
            let marked = at_most;
            return Err(Refusal::Mark { published, marked }.into());
        }
        if let (Some(published), Some(marked)) = (&published, &marked)
            && size(published) == size(marked)
            && published.note().text() != marked.note().text()
        {
            let size = size(marked);
            return Err(Refusal::Signed { size }.into());
        }
        let leaves = self.store.leaf_head().await?;
        let events = self.store.head().await?;
        let signed = at_most.unwrap_or(0);
        for (what, found, signed) in [
            ("leaves", leaves, signed),
            ("events", events, leaves.max(signed)),
        ] {
            if found < signed {
                return Err(Refusal::Older {
                    what,
                    found,
                    signed,
                }
                .into());
            }
        }
        if let Some(marked) = &marked
            && marked.checkpoint().root() != self.root(signed).await?
        {
            return Err(Refusal::Fork { size: signed }.into());
        }
        self.check_note(signed, marked.as_ref()).await?;
        // Only now that the database is known to be sound: its leaves mend the files.
        self.grow(Some(signed)).await?;
        // The published one, if it is the same, has the cosignatures, too.
        self.current = match published {
            Some(published) if at_most == Some(published.checkpoint().size()) => Some(published),
            Some(_) | None => marked,
        };
        Ok(())
    }

    fn tidy(&mut self, size: u64) -> Result<(), SealerError> {
        let from = match self.tidied {
            Some((at, _)) if at.elapsed() < tidy::AFTER => return Ok(()),
            Some((_, from)) => from,
            None => 0,
        };
        tidy::superseded(self.folder.path(), from, size)?;
        self.tidied = Some((Instant::now(), size));
        Ok(())
    }

    /// What the database knows to be signed, against the mark and the leaves. It can be ahead of the mark:
    /// it is written first.
    async fn check_note(
        &self,
        signed: u64,
        marked: Option<&SignedCheckpoint>,
    ) -> Result<(), SealerError> {
        let Some(noted) = self.store.newest_note().await? else {
            return Ok(());
        };
        let size = noted.size;
        if size == signed {
            return match marked {
                Some(marked) if marked.note().text() != noted.checkpoint => {
                    Err(Refusal::Signed { size }.into())
                }
                Some(_) | None => Ok(()),
            };
        }
        if size > signed {
            let root = self.root(size).await?;
            let noted = Checkpoint::parse(&noted.checkpoint).map_err(SealerError::format)?;
            if noted.root() != root {
                return Err(Refusal::Fork { size }.into());
            }
        }
        Ok(())
    }

    /// The root that the database's leaves make; no file is touched.
    async fn root(&self, size: u64) -> Result<Hash, SealerError> {
        let mut edge = Edge::new();
        while edge.size() < size {
            let most = (size - edge.size()).min(BLOCK as u64) as usize;
            let leaves = self.store.leaves(edge.size(), most).await?;
            if leaves.is_empty() {
                let (what, found) = ("leaves", edge.size());
                return Err(Refusal::Older {
                    what,
                    found,
                    signed: size,
                }
                .into());
            }
            for leaf in &leaves {
                edge.append(leaf_hash(leaf)).map_err(SealerError::format)?;
            }
        }
        Ok(edge.root())
    }

    /// Gives leaves to the events that have none. If another sealer is quicker, its leaves count.
    async fn make_leaves(&self, now: Timestamp) -> Result<(), SealerError> {
        loop {
            let from = self.store.leaf_head().await?;
            let records = self.store.read(from, BLOCK).await?;
            if records.is_empty() {
                return Ok(());
            }
            if records[0].position != from {
                let (what, found) = ("events", records[0].position);
                return Err(Refusal::Older {
                    what,
                    found,
                    signed: from,
                }
                .into());
            }
            let last = match from.checked_sub(1) {
                Some(last) => self.store.leaves(last, 1).await?,
                None => Vec::new(),
            };
            let time = time(now, last.first().map(Vec::as_slice))?;
            let threads = self.store.threads(records.iter().map(place).collect());
            let threads = threads.await?;
            let origin = self.key.verifier().name().as_str();
            let made = Maker::new(origin, time).make(&records, &threads)?;
            if !self.store.add_leaves(from, made.leaves, made.keys).await? {
                tracing::warn!(from, "another sealer was quicker; its leaves count");
            }
        }
    }

    /// Takes leaves from the database into the tree, and writes each file that they fill.
    async fn grow(&mut self, to: Option<u64>) -> Result<(), SealerError> {
        loop {
            let from = self.frontier.size();
            let most = to.map_or(BLOCK as u64, |to| (to - from).min(BLOCK as u64));
            let leaves = self.store.leaves(from, most as usize).await?;
            if leaves.is_empty() {
                return Ok(());
            }
            for leaf in leaves {
                self.take(leaf)?;
            }
        }
    }

    fn take(&mut self, leaf: Vec<u8>) -> Result<(), SealerError> {
        let mut full: Vec<Tile> = Vec::new();
        self.frontier
            .append(leaf_hash(&leaf), |tile| full.push(tile))
            .map_err(SealerError::format)?;
        self.open.push(leaf);
        if self.open.len() == usize::from(TILE_WIDTH) {
            let bundle = encode_bundle(&self.open).map_err(SealerError::format)?;
            let index = (self.frontier.size() - 1) / u64::from(TILE_WIDTH);
            let id = BundleId::new(index, TILE_WIDTH).map_err(SealerError::format)?;
            self.folder.put(&id.to_string(), &bundle)?;
            self.open.clear();
        }
        for tile in full {
            self.folder.put(&tile.id().to_string(), &tile.encode())?;
        }
        Ok(())
    }
}
