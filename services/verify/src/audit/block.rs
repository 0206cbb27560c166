//! One bundle of up to 256 entries and the tile that stands for it: read, hashed, compared, understood.
//! It knows nothing of its neighbours.

use chasqui_tlog::error::TileError;
use chasqui_tlog::leaf::{Leaf, MAX_LEAF_BYTES};
use chasqui_tlog::tile::{BundleId, TILE_WIDTH, Tile, TileId, bundle_prefix, decode_bundle};

use crate::error::VerifyError;
use crate::source::Source;

/// The longest file there can be: a bundle of the longest leaves, each behind its length.
pub(super) const MOST_BYTES: usize = TILE_WIDTH as usize * (MAX_LEAF_BYTES + 2);

/// A block that holds together.
pub(super) struct Block {
    /// Its tile; the entries are those that it stands for.
    pub(super) tile: Tile,
    /// What stands for the tile above it, if it is full.
    pub(super) root: Option<chasqui_tlog::merkle::Hash>,
    /// Its leaves.
    pub(super) leaves: Vec<Leaf>,
    /// Bytes read.
    pub(super) bytes: u64,
}

/// Reads the block with this number of a log of this size.
pub(super) fn block(source: &dyn Source, number: u64, size: u64) -> Result<Block, VerifyError> {
    let id = BundleId::in_tree(number, size).ok_or_else(|| VerifyError::Missing {
        name: format!("bundle {number}"),
    })?;
    let bundle = bundle(source, id)?;
    let tile = tile(source, id.tile())?;
    let entries = decode_bundle(&bundle, id.width()).map_err(VerifyError::tile(id))?;
    tile.check_entries(&entries)
        .map_err(VerifyError::tile(id))?;
    let mut leaves = Vec::with_capacity(entries.len());
    for (entry, index) in entries.iter().zip(id.first_entry()..) {
        let leaf = Leaf::parse(entry);
        leaves.push(leaf.map_err(|source| VerifyError::Leaf { index, source })?);
    }
    Ok(Block {
        root: tile.root(),
        bytes: (bundle.len() + tile.hashes().len() * 32) as u64,
        tile,
        leaves,
    })
}

/// A tile as its name says; a narrow one that is not there is the beginning of the full one.
pub(super) fn tile(source: &dyn Source, id: TileId) -> Result<Tile, VerifyError> {
    let name = id.to_string();
    let decoded = match read(source, &name)? {
        Some(bytes) => Tile::decode(id, &bytes),
        None => {
            let full = whole(source, &name, &id.full().to_string())?;
            Tile::decode(id.full(), &full).and_then(|full| full.prefix(id.width()))
        }
    };
    decoded.map_err(VerifyError::tile(name))
}

fn bundle(source: &dyn Source, id: BundleId) -> Result<Vec<u8>, VerifyError> {
    let name = id.to_string();
    if let Some(bytes) = read(source, &name)? {
        return Ok(bytes);
    }
    let mut full = whole(source, &name, &id.full().to_string())?;
    let begins: Result<usize, TileError> = bundle_prefix(&full, id.width()).map(<[u8]>::len);
    full.truncate(begins.map_err(VerifyError::tile(name))?);
    Ok(full)
}

fn whole(source: &dyn Source, name: &str, full: &str) -> Result<Vec<u8>, VerifyError> {
    let missing = || VerifyError::Missing {
        name: name.to_owned(),
    };
    if full == name {
        return Err(missing());
    }
    read(source, full)?.ok_or_else(missing)
}

fn read(source: &dyn Source, name: &str) -> Result<Option<Vec<u8>>, VerifyError> {
    let read = source.read(name, MOST_BYTES);
    read.map_err(|source| VerifyError::Read {
        name: name.to_owned(),
        source,
    })
}
