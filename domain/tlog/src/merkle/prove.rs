//! Proofs and roots made from tiles, whoever holds them: a file server, a database, a memory.
//!
//! What is made here is only as true as the tiles. Whoever did not write them checks the result
//! against a signed root with [`verify_inclusion`](super::verify_inclusion) and
//! [`verify_consistency`](super::verify_consistency), which trust nothing.

use std::collections::BTreeMap;
use std::ops::Range;

use super::hash::{Hash, node_hash, perfect_root};
use super::plan::{self, Subtree};
use super::{Edge, empty_root};
use crate::error::ProveError;
use crate::tile::{Tile, TileId};

/// Whoever can hand out tiles.
///
/// A partial tile is the beginning of the full one: a reader that has the full tile returns its
/// first `id.width() * 32` bytes.
pub trait TileReader {
    /// Why a tile could not be read.
    type Error: std::error::Error;

    /// The tile's bytes, exactly `id.width() * 32` of them.
    fn read_tile(&self, id: TileId) -> Result<Vec<u8>, Self::Error>;
}

/// The hashes that lead from leaf `index` to the root of the tree of `size` leaves, leaf first
/// (RFC 6962, section 2.1.1).
///
/// ```
/// use std::convert::Infallible;
/// use chasqui_tlog::merkle::{TileReader, leaf_hash, prove_inclusion, root_at, verify_inclusion};
/// use chasqui_tlog::tile::{Frontier, TileId};
///
/// /// A log of five leaves, all in one partial tile.
/// struct Five(Vec<u8>);
///
/// impl TileReader for Five {
///     type Error = Infallible;
///     fn read_tile(&self, id: TileId) -> Result<Vec<u8>, Infallible> {
///         Ok(self.0[..usize::from(id.width()) * 32].to_vec())
///     }
/// }
///
/// let mut frontier = Frontier::new();
/// for n in 0..5_u8 {
///     frontier.append(leaf_hash(&[n]), |_full| {})?;
/// }
/// let tiles = Five(frontier.partial_tiles().flat_map(|tile| tile.encode()).collect());
///
/// let proof = prove_inclusion(&tiles, 3, 5)?;
/// assert_eq!(proof.len(), 3);
/// verify_inclusion(3, 5, leaf_hash(&[3]), &proof, root_at(&tiles, 5)?)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn prove_inclusion<R: TileReader>(
    reader: &R,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, ProveError<R::Error>> {
    Prover::new(reader, size).roots(&plan::inclusion(index, size)?)
}

/// The hashes that show the tree of `to` leaves to begin with the tree of `from` leaves (RFC 6962,
/// section 2.1.2).
pub fn prove_consistency<R: TileReader>(
    reader: &R,
    from: u64,
    to: u64,
) -> Result<Vec<Hash>, ProveError<R::Error>> {
    Prover::new(reader, to).roots(&plan::consistency(from, to)?)
}

/// The root of the tree of `size` leaves.
pub fn root_at<R: TileReader>(reader: &R, size: u64) -> Result<Hash, ProveError<R::Error>> {
    plan::check_size(size)?;
    if size == 0 {
        return Ok(empty_root());
    }
    Prover::new(reader, size).root(&(0..size))
}

/// The right edge of the tree of `size` leaves, from which it can go on growing.
pub fn edge_at<R: TileReader>(reader: &R, size: u64) -> Result<Edge, ProveError<R::Error>> {
    plan::check_size(size)?;
    let mut prover = Prover::new(reader, size);
    let subtrees = Subtree::covering(0, size);
    let hashes = subtrees
        .into_iter()
        .map(|subtree| prover.perfect(subtree))
        .collect::<Result<_, _>>()?;
    Ok(Edge::from_parts(size, hashes)?)
}

/// Reads each tile once, however many hashes of a proof lie in it.
struct Prover<'r, R> {
    reader: &'r R,
    size: u64,
    tiles: BTreeMap<TileId, Tile>,
}

impl<'r, R: TileReader> Prover<'r, R> {
    fn new(reader: &'r R, size: u64) -> Self {
        Self {
            reader,
            size,
            tiles: BTreeMap::new(),
        }
    }

    fn roots(&mut self, ranges: &[Range<u64>]) -> Result<Vec<Hash>, ProveError<R::Error>> {
        ranges.iter().map(|range| self.root(range)).collect()
    }

    /// The root over a range: its perfect subtrees, joined from the right.
    fn root(&mut self, range: &Range<u64>) -> Result<Hash, ProveError<R::Error>> {
        let mut joined = None;
        for subtree in Subtree::covering(range.start, range.end).into_iter().rev() {
            let left = self.perfect(subtree)?;
            joined = Some(joined.map_or(left, |right| node_hash(&left, &right)));
        }
        Ok(joined.expect("invariant: a proof's ranges are not empty"))
    }

    fn perfect(&mut self, subtree: Subtree) -> Result<Hash, ProveError<R::Error>> {
        let (id, place) = subtree.place(self.size);
        if !self.tiles.contains_key(&id) {
            let bytes = self.reader.read_tile(id);
            let bytes = bytes.map_err(|source| ProveError::Read { tile: id, source })?;
            self.tiles.insert(id, Tile::decode(id, &bytes)?);
        }
        let hashes = &self.tiles[&id].hashes()[place];
        Ok(perfect_root(hashes).expect("invariant: a subtree's hashes are a power of two"))
    }
}
