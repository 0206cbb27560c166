//! A tile's hashes as bytes, and its claims: which entries stand under it, and which hash above it.
//! A tile by itself proves nothing; it is compared with a root.

use super::{MAX_ENTRY_BYTES, TileId};
use crate::error::TileError;
use crate::merkle::{Hash, leaf_hash, perfect_root};

/// The hashes of one tile, exactly as many as its name says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    id: TileId,
    hashes: Vec<Hash>,
}

impl Tile {
    /// The tile with these hashes; there are as many as `id` says.
    pub fn new(id: TileId, hashes: Vec<Hash>) -> Result<Self, TileError> {
        if hashes.len() != usize::from(id.width()) {
            return Err(TileError::Hashes {
                width: id.width(),
                found: hashes.len(),
            });
        }
        Ok(Self { id, hashes })
    }

    /// Reads the file of that name: `width * 32` bytes, neither more nor fewer.
    pub fn decode(id: TileId, bytes: &[u8]) -> Result<Self, TileError> {
        let (hashes, rest) = bytes.as_chunks::<{ Hash::LEN }>();
        if !rest.is_empty() || hashes.len() != usize::from(id.width()) {
            return Err(TileError::Bytes {
                width: id.width(),
                found: bytes.len(),
            });
        }
        Ok(Self {
            id,
            hashes: hashes.iter().copied().map(Hash::from_bytes).collect(),
        })
    }

    /// The file's bytes.
    pub fn encode(&self) -> Vec<u8> {
        self.hashes
            .iter()
            .flat_map(Hash::as_bytes)
            .copied()
            .collect()
    }

    /// Its name.
    pub const fn id(&self) -> TileId {
        self.id
    }

    /// Its hashes, from the left.
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// The first `width` hashes, which are the partial tile of an earlier tree.
    pub fn prefix(&self, width: u16) -> Result<Self, TileError> {
        let id = TileId::new(self.id.level(), self.id.index(), width)?;
        let hashes = self.hashes.get(..usize::from(width));
        let hashes = hashes.ok_or(TileError::Hashes {
            width,
            found: self.hashes.len(),
        })?;
        Self::new(id, hashes.to_vec())
    }

    /// What stands for this tile in the tile above it; nothing while it is partial.
    pub fn root(&self) -> Option<Hash> {
        if self.id.is_full() {
            perfect_root(&self.hashes)
        } else {
            None
        }
    }

    /// Checks that these entries are the ones that this tile of level 0 stands for, in order.
    pub fn check_entries(&self, entries: &[&[u8]]) -> Result<(), TileError> {
        if entries.len() != self.hashes.len() {
            return Err(TileError::Entries {
                width: self.id.width(),
                found: entries.len(),
            });
        }
        entries
            .iter()
            .enumerate()
            .try_for_each(|(place, entry)| self.check_entry(place, entry))
    }

    /// Checks that this entry is the one that stands at `place`, counted from 0 within this tile of
    /// level 0.
    pub fn check_entry(&self, place: usize, entry: &[u8]) -> Result<(), TileError> {
        if self.id.level() != 0 {
            return Err(TileError::Level {
                level: self.id.level(),
            });
        }
        let same = self
            .hashes
            .get(place)
            .is_some_and(|hash| leaf_hash(entry) == *hash);
        if same && entry.len() <= MAX_ENTRY_BYTES {
            Ok(())
        } else {
            Err(TileError::OtherEntry {
                tile: self.id,
                entry: place,
            })
        }
    }
}
