//! The names of tiles and bundles, and their paths: one name, one path.
//! A name says nothing about whether the file exists; the tree's size does.

use std::fmt;
use std::str::FromStr;

use super::{MAX_LEVEL, TILE_HEIGHT, TILE_WIDTH, path};
use crate::error::TileError;
use crate::merkle::MAX_TREE_SIZE;

/// The name of a tile of hashes. It is never empty and never wider than 256.
///
/// ```
/// use chasqui_tlog::tile::TileId;
///
/// let id: TileId = "tile/0/x001/x234/067.p/8".parse()?;
/// assert_eq!((id.level(), id.index(), id.width()), (0, 1_234_067, 8));
/// assert_eq!(id.to_string(), "tile/0/x001/x234/067.p/8");
/// assert!("tile/00/067".parse::<TileId>().is_err());
/// assert!("tile/0/067.p/256".parse::<TileId>().is_err());
/// # Ok::<(), chasqui_tlog::error::TileError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    level: u8,
    index: u64,
    width: u16,
}

impl TileId {
    /// The tile at this level (0 to 63) with this number and width (1 to 256).
    pub fn new(level: u8, index: u64, width: u16) -> Result<Self, TileError> {
        check(index, width)?;
        if level > MAX_LEVEL {
            return Err(TileError::Level { level });
        }
        Ok(Self {
            level,
            index,
            width,
        })
    }

    /// That tile as it is in a tree of `size` leaves; nothing if the tree does not reach it.
    pub fn in_tree(level: u8, index: u64, size: u64) -> Option<Self> {
        let shift = u32::from(level) * u32::from(TILE_HEIGHT);
        let hashes = size.checked_shr(shift).unwrap_or(0);
        let before = index.checked_mul(u64::from(TILE_WIDTH))?;
        let width = hashes.checked_sub(before)?.min(u64::from(TILE_WIDTH)) as u16;
        Self::new(level, index, width).ok()
    }

    /// Whether a tree of `size` leaves has this tile, or a longer one that begins with it.
    pub fn lies_in(&self, size: u64) -> bool {
        Self::in_tree(self.level, self.index, size).is_some_and(|tile| self.width <= tile.width)
    }

    /// The level; at 0 stand the hashes of the leaves.
    pub const fn level(&self) -> u8 {
        self.level
    }

    /// The number within the level.
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// How many hashes: fewer than 256 in a partial tile.
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// Whether nothing can be added to it: such a file never changes.
    pub const fn is_full(&self) -> bool {
        self.width == TILE_WIDTH
    }

    /// The full tile that this one is, or will be, the beginning of.
    pub const fn full(self) -> Self {
        Self {
            width: TILE_WIDTH,
            ..self
        }
    }
}

/// The name of a bundle of entries: the entries behind the tile of the same number at level 0.
///
/// ```
/// use chasqui_tlog::tile::BundleId;
///
/// let id: BundleId = "tile/entries/002.p/88".parse()?;
/// assert_eq!((id.index(), id.width(), id.first_entry()), (2, 88, 512));
/// # Ok::<(), chasqui_tlog::error::TileError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BundleId {
    index: u64,
    width: u16,
}

impl BundleId {
    /// The bundle with this number and width (1 to 256).
    pub fn new(index: u64, width: u16) -> Result<Self, TileError> {
        check(index, width)?;
        Ok(Self { index, width })
    }

    /// That bundle as it is in a tree of `size` leaves; nothing if the tree does not reach it.
    pub fn in_tree(index: u64, size: u64) -> Option<Self> {
        TileId::in_tree(0, index, size).map(|tile| Self {
            index,
            width: tile.width,
        })
    }

    /// Whether a tree of `size` leaves has this bundle, or a longer one that begins with it.
    pub fn lies_in(&self, size: u64) -> bool {
        self.tile().lies_in(size)
    }

    /// The number of the bundle.
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// How many entries.
    pub const fn width(&self) -> u16 {
        self.width
    }

    /// The position in the log of its first entry.
    pub const fn first_entry(&self) -> u64 {
        self.index * TILE_WIDTH as u64
    }

    /// Whether nothing can be added to it.
    pub const fn is_full(&self) -> bool {
        self.width == TILE_WIDTH
    }

    /// The full bundle that this one is, or will be, the beginning of.
    pub const fn full(self) -> Self {
        Self {
            width: TILE_WIDTH,
            ..self
        }
    }

    /// The tile with these entries' hashes.
    pub const fn tile(&self) -> TileId {
        TileId {
            level: 0,
            index: self.index,
            width: self.width,
        }
    }
}

impl fmt::Display for TileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/", self.level)?;
        path::write(f, self.index, self.width)
    }
}

impl fmt::Display for BundleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("tile/entries/")?;
        path::write(f, self.index, self.width)
    }
}

impl FromStr for TileId {
    type Err = TileError;

    fn from_str(text: &str) -> Result<Self, TileError> {
        one_spelling(text, || {
            let (level, rest) = text.strip_prefix("tile/")?.split_once('/')?;
            let (index, width) = path::read(rest)?;
            Self::new(level.parse().ok()?, index, width).ok()
        })
    }
}

impl FromStr for BundleId {
    type Err = TileError;

    fn from_str(text: &str) -> Result<Self, TileError> {
        one_spelling(text, || {
            let (index, width) = path::read(text.strip_prefix("tile/entries/")?)?;
            Self::new(index, width).ok()
        })
    }
}

/// A path is only read if it prints back to itself: leading zeros, `.p/256` and tricks fall here.
fn one_spelling<T: fmt::Display>(text: &str, read: impl Fn() -> Option<T>) -> Result<T, TileError> {
    if text.len() > path::MAX_PATH_BYTES {
        return Err(TileError::Path);
    }
    read()
        .filter(|name| name.to_string() == text)
        .ok_or(TileError::Path)
}

fn check(index: u64, width: u16) -> Result<(), TileError> {
    if index > MAX_TREE_SIZE / u64::from(TILE_WIDTH) {
        return Err(TileError::Index { index });
    }
    if width == 0 || width > TILE_WIDTH {
        return Err(TileError::Width { width });
    }
    Ok(())
}
