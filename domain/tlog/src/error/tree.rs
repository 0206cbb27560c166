//! What can be wrong with hashes, trees, tiles and proofs. It knows no keys.

use crate::tile::TileId;

/// Not the one base64 spelling of a hash, a digest, a tag or a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("malformed hash: expected base64 of the right length in its one spelling")]
pub struct MalformedHash;

/// A name with characters or a length that it may not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("malformed {what} name")]
pub struct MalformedName {
    /// What it should have named.
    pub what: &'static str,
}

/// A tree that cannot be, or a place outside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// Above 2^62 leaves.
    #[error("a tree of {size} leaves is larger than any log can be")]
    TooLarge {
        /// The size asked for.
        size: u64,
    },
    /// There is no such leaf.
    #[error("leaf {index} lies outside a tree of {size} leaves")]
    IndexOutside {
        /// The leaf asked for.
        index: u64,
        /// The tree's size.
        size: u64,
    },
    /// A log never gets smaller.
    #[error("a tree of {from} leaves cannot become one of {to}")]
    Shrunk {
        /// The older size.
        from: u64,
        /// The newer one.
        to: u64,
    },
    /// An edge has one hash for each bit set in the size.
    #[error("the edge of {size} leaves has {expected} hashes, not {found}")]
    EdgeLength {
        /// The tree's size.
        size: u64,
        /// How many it must have.
        expected: usize,
        /// How many were given.
        found: usize,
    },
}

/// A proof that does not prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// Sizes or indices that no tree has.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// Too many hashes, or too few.
    #[error("a proof of {found} hashes has the wrong length")]
    WrongLength {
        /// How many hashes it has.
        found: usize,
    },
    /// It leads elsewhere.
    #[error("the proof leads to another root")]
    OtherRoot,
}

/// A tile, a bundle, or a name of one, that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// Levels are 0 to 63.
    #[error("level {level} is not the level asked for, or none at all")]
    Level {
        /// The level.
        level: u8,
    },
    /// Beyond the largest tree.
    #[error("tile number {index} lies beyond the largest tree")]
    Index {
        /// The number.
        index: u64,
    },
    /// Widths are 1 to 256.
    #[error("a width of {width} is not from 1 to 256")]
    Width {
        /// The width.
        width: u16,
    },
    /// Not the one spelling of a path.
    #[error("malformed path of a tile")]
    Path,
    /// Not `width * 32` bytes.
    #[error("a tile of width {width} does not have {found} bytes")]
    Bytes {
        /// The width in its name.
        width: u16,
        /// The bytes found.
        found: usize,
    },
    /// Not as many hashes as the name says.
    #[error("a tile of width {width} does not have {found} hashes")]
    Hashes {
        /// The width in its name.
        width: u16,
        /// The hashes found.
        found: usize,
    },
    /// Not as many entries as the name says.
    #[error("a bundle of at most {width} entries cannot have {found}")]
    Entries {
        /// The width allowed.
        width: u16,
        /// The entries found.
        found: usize,
    },
    /// A bundle that ends too early.
    #[error("the bundle is cut off in entry {entry}")]
    BundleCut {
        /// The entry within the bundle, from 0.
        entry: u16,
    },
    /// A bundle that goes on after its last entry.
    #[error("{bytes} bytes follow the bundle's last entry")]
    BundleTail {
        /// How many bytes.
        bytes: usize,
    },
    /// Above 65,535 bytes.
    #[error("an entry of {bytes} bytes does not fit into a bundle")]
    EntryTooLong {
        /// Its length.
        bytes: usize,
    },
    /// The entry is not the one whose hash stands in the tile.
    #[error("entry {entry} of {tile} is another one than was hashed")]
    OtherEntry {
        /// The tile.
        tile: TileId,
        /// The entry within it, from 0.
        entry: usize,
    },
}

/// Why no proof could be made.
#[derive(Debug, thiserror::Error)]
pub enum ProveError<E: std::error::Error> {
    /// Asked for what no tree has.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// What was read is no tile.
    #[error(transparent)]
    Tile(#[from] TileError),
    /// A tile could not be read.
    #[error("cannot read {tile}")]
    Read {
        /// Which.
        tile: TileId,
        /// Why.
        source: E,
    },
}
