//! The tree over the blocks: the tiles of the higher levels, the root, and the roots that the log once
//! had. It takes blocks in order.

use chasqui_tlog::checkpoint::Checkpoint;
use chasqui_tlog::error::TreeError;
use chasqui_tlog::merkle::{Edge, Hash};
use chasqui_tlog::tile::{Frontier, TILE_WIDTH, Tile, TileId};

use super::block::tile;
use crate::error::VerifyError;
use crate::source::Source;

const WIDTH: u64 = TILE_WIDTH as u64;

/// What of the tree was computed so far.
pub(super) struct Tree<'s> {
    source: &'s dyn Source,
    /// Over the roots of the full blocks: its tiles of level 0 are the log's tiles of level 1.
    above: Frontier,
    /// The same, as the hashes that make a root.
    edge: Edge,
    /// Sizes and roots that were signed before, the smallest first.
    earlier: Vec<(u64, Hash)>,
    /// Tiles compared, and their bytes.
    pub(super) tiles: u64,
    pub(super) bytes: u64,
    /// The sizes that it was found to continue.
    pub(super) continues: Vec<u64>,
}

impl<'s> Tree<'s> {
    pub(super) fn new<'c>(
        source: &'s dyn Source,
        earlier: impl Iterator<Item = &'c Checkpoint>,
    ) -> Self {
        let mut earlier: Vec<(u64, Hash)> = earlier.map(|one| (one.size(), one.root())).collect();
        earlier.sort_unstable();
        Self {
            source,
            above: Frontier::new(),
            edge: Edge::new(),
            earlier,
            tiles: 0,
            bytes: 0,
            continues: Vec::new(),
        }
    }

    /// Takes the next block; gives the edge of the tree up to its end.
    pub(super) fn take(&mut self, block: &Tile, root: Option<Hash>) -> Result<Edge, VerifyError> {
        self.tiles += 1;
        let begins = self.edge.size() * WIDTH;
        let is_remembered = |(size, _): &(u64, Hash)| *size <= begins + WIDTH;
        if let Some(root) = root
            && !self.earlier.first().is_some_and(is_remembered)
        {
            self.grow(root)?;
            return Edge::from_parts(begins + WIDTH, self.edge.hashes().to_vec()).map_err(broken);
        }
        let mut edge = Edge::from_parts(begins, self.edge.hashes().to_vec()).map_err(broken)?;
        for hash in block.hashes() {
            self.continue_earlier(&edge)?;
            edge.append(*hash).map_err(broken)?;
        }
        self.continue_earlier(&edge)?;
        if let Some(root) = root {
            self.grow(root)?;
        }
        Ok(edge)
    }

    /// Takes the root of a full block, and compares the tiles that it completes.
    fn grow(&mut self, root: Hash) -> Result<(), VerifyError> {
        self.edge.append(root).map_err(broken)?;
        let mut full = Vec::new();
        let appended = self.above.append(root, |tile| full.push(tile));
        appended.map_err(broken)?;
        full.iter().try_for_each(|tile| self.compare(tile))
    }

    /// Compares the tiles at the right edge, which are not full.
    pub(super) fn finish(&mut self) -> Result<(), VerifyError> {
        let partial: Vec<Tile> = self.above.partial_tiles().collect();
        partial.iter().try_for_each(|tile| self.compare(tile))
    }

    fn continue_earlier(&mut self, edge: &Edge) -> Result<(), VerifyError> {
        while let Some((size, root)) = self.earlier.first().copied()
            && size <= edge.size()
        {
            if root != edge.root() {
                return Err(VerifyError::Forked { size });
            }
            self.continues.push(size);
            self.earlier.remove(0);
        }
        Ok(())
    }

    /// One level above what was computed stands the file.
    fn compare(&mut self, computed: &Tile) -> Result<(), VerifyError> {
        let id = computed.id();
        let id = TileId::new(id.level() + 1, id.index(), id.width());
        let id = id.map_err(VerifyError::tile("a tile"))?;
        let found = tile(self.source, id)?;
        self.tiles += 1;
        self.bytes += (found.hashes().len() * 32) as u64;
        if found.hashes() == computed.hashes() {
            Ok(())
        } else {
            let name = id.to_string();
            Err(VerifyError::OtherTile { name })
        }
    }
}

pub(super) fn broken(error: TreeError) -> VerifyError {
    VerifyError::tree(error)
}
