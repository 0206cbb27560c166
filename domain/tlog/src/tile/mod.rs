//! The tree as static files (`tlog-tiles`): names, hash tiles, entry bundles, and what a growing tree
//! adds to them. It never opens a file: names and bytes go in and out.

mod bundle;
mod frontier;
mod growth;
mod hashes;
mod id;
mod path;

pub use bundle::{MAX_ENTRY_BYTES, bundle_prefix, decode_bundle, encode_bundle};
pub use frontier::Frontier;
pub use growth::{completed_bundles, completed_tiles, partial_bundle, partial_tiles};
pub use hashes::Tile;
pub use id::{BundleId, TileId};

/// Hashes in a full tile, and entries in a full bundle.
pub const TILE_WIDTH: u16 = 256;

/// Levels of the tree that one tile spans.
pub const TILE_HEIGHT: u8 = 8;

/// The highest level a path may name (`tlog-tiles`).
pub const MAX_LEVEL: u8 = 63;
