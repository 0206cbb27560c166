//! The unfinished tiles of a growing tree, one row a level: append a leaf, and get each tile that it
//! completes, once. Where the tiles are written, and when, is the sealer's business.

use super::{TILE_HEIGHT, TILE_WIDTH, Tile, TileId, partial_tiles};
use crate::error::{ProveError, TreeError};
use crate::merkle::{
    Hash, MAX_TREE_SIZE, Subtree, TileReader, empty_root, node_hash, perfect_root,
};

/// The right-hand end of the tiles: all that a writer must remember, at most 255 hashes a level.
///
/// ```
/// use chasqui_tlog::{merkle::leaf_hash, tile::Frontier};
///
/// let mut frontier = Frontier::new();
/// let mut written = Vec::new();
/// for n in 0..300_u16 {
///     frontier.append(leaf_hash(&n.to_be_bytes()), |tile| written.push(tile.id().to_string()))?;
/// }
/// written.extend(frontier.partial_tiles().map(|tile| tile.id().to_string()));
/// assert_eq!(written, ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"]);
/// # Ok::<(), chasqui_tlog::error::TreeError>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    rows: Vec<Vec<Hash>>,
}

impl Frontier {
    /// The frontier of the tree without leaves.
    pub const fn new() -> Self {
        Self {
            size: 0,
            rows: Vec::new(),
        }
    }

    /// The frontier of the tree of `size` leaves, from its partial tiles.
    ///
    /// Compare [`root`](Self::root) with the signed root before appending: the tiles are not trusted.
    pub fn load<R: TileReader>(reader: &R, size: u64) -> Result<Self, ProveError<R::Error>> {
        if size > MAX_TREE_SIZE {
            return Err(TreeError::TooLarge { size }.into());
        }
        let mut rows = Vec::new();
        for id in partial_tiles(size) {
            let bytes = reader.read_tile(id);
            let bytes = bytes.map_err(|source| ProveError::Read { tile: id, source })?;
            rows.resize_with(usize::from(id.level()), Vec::new);
            rows.push(Tile::decode(id, &bytes)?.hashes().to_vec());
        }
        Ok(Self { size, rows })
    }

    /// Appends one leaf's hash and hands over each tile that it completes, the lowest level first.
    pub fn append(&mut self, leaf: Hash, mut completed: impl FnMut(Tile)) -> Result<(), TreeError> {
        if self.size >= MAX_TREE_SIZE {
            return Err(TreeError::TooLarge {
                size: self.size + 1,
            });
        }
        let mut hash = leaf;
        for level in 0.. {
            if self.rows.len() == level {
                self.rows.push(Vec::with_capacity(usize::from(TILE_WIDTH)));
            }
            let row = &mut self.rows[level];
            row.push(hash);
            if row.len() < usize::from(TILE_WIDTH) {
                break;
            }
            let hashes = std::mem::take(row);
            hash = perfect_root(&hashes).expect("invariant: a full row is a power of two");
            completed(tile(level, self.size, hashes));
        }
        self.size += 1;
        Ok(())
    }

    /// The partial tiles of the tree as it stands.
    pub fn partial_tiles(&self) -> impl Iterator<Item = Tile> {
        let rows = self
            .rows
            .iter()
            .enumerate()
            .filter(|(_, row)| !row.is_empty());
        rows.map(|(level, row)| tile(level, self.size - 1, row.clone()))
    }

    /// The tree's root.
    pub fn root(&self) -> Hash {
        let mut joined = None;
        for row in &self.rows {
            for subtree in Subtree::covering(0, row.len() as u64).into_iter().rev() {
                let start = (subtree.index << subtree.height) as usize;
                let hashes = &row[start..start + (1 << subtree.height)];
                let left = perfect_root(hashes).expect("invariant: a subtree is a power of two");
                joined = Some(joined.map_or(left, |right| node_hash(&left, &right)));
            }
        }
        joined.unwrap_or_else(empty_root)
    }

    /// The number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }
}

/// The tile of that level in which the leaf `last` stands, which is the last one it covers.
fn tile(level: usize, last: u64, hashes: Vec<Hash>) -> Tile {
    let shift = (level + 1) * usize::from(TILE_HEIGHT);
    let index = last.checked_shr(shift as u32).unwrap_or(0);
    TileId::new(level as u8, index, hashes.len() as u16)
        .and_then(|id| Tile::new(id, hashes))
        .expect("invariant: a row has one to 256 hashes and lies below the largest size")
}
