//! Which files a growth from one size to another adds. Full files are written once and for ever;
//! partial ones are the beginning of the full file to come, and only the newest size needs them.

use super::{BundleId, TILE_HEIGHT, TILE_WIDTH, TileId};

/// Levels that a tree of at most 2^62 leaves can have.
const LEVELS: u8 = 8;

/// The full tiles that the tree of `to` leaves has and the tree of `from` leaves has not, level by
/// level; none when the tree does not grow.
///
/// ```
/// use chasqui_tlog::tile::{completed_tiles, partial_tiles};
///
/// let full: Vec<String> = completed_tiles(255, 70_000).map(|id| id.to_string()).collect();
/// assert_eq!(full.len(), 273 + 1);
/// assert_eq!((full[0].as_str(), full[273].as_str()), ("tile/0/000", "tile/1/000"));
///
/// let partial: Vec<String> = partial_tiles(70_000).map(|id| id.to_string()).collect();
/// assert_eq!(partial, ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]);
/// ```
pub fn completed_tiles(from: u64, to: u64) -> impl Iterator<Item = TileId> {
    (0..LEVELS).flat_map(move |level| {
        let numbers = full_tiles(level, from)..full_tiles(level, to);
        numbers.filter_map(move |index| TileId::new(level, index, TILE_WIDTH).ok())
    })
}

/// The partial tiles of the tree of `size` leaves: at most one a level, never an empty one.
pub fn partial_tiles(size: u64) -> impl Iterator<Item = TileId> {
    (0..LEVELS).filter_map(move |level| {
        let tile = TileId::in_tree(level, full_tiles(level, size), size)?;
        (!tile.is_full()).then_some(tile)
    })
}

/// The full bundles that the tree of `to` leaves has and the tree of `from` leaves has not.
pub fn completed_bundles(from: u64, to: u64) -> impl Iterator<Item = BundleId> {
    (full_tiles(0, from)..full_tiles(0, to))
        .filter_map(|index| BundleId::new(index, TILE_WIDTH).ok())
}

/// The partial bundle of the tree of `size` leaves, unless its last bundle is full.
pub fn partial_bundle(size: u64) -> Option<BundleId> {
    BundleId::in_tree(full_tiles(0, size), size)
}

/// How many full tiles a tree of that size has at that level.
fn full_tiles(level: u8, size: u64) -> u64 {
    size.checked_shr(u32::from(level + 1) * u32::from(TILE_HEIGHT))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::MAX_TREE_SIZE;

    fn names<T: ToString>(ids: impl Iterator<Item = T>) -> Vec<String> {
        ids.map(|id| id.to_string()).collect()
    }

    #[test]
    fn the_leaf_that_fills_a_tile_opens_the_level_above() {
        assert_eq!(names(completed_tiles(255, 256)), ["tile/0/000"]);
        assert_eq!(names(partial_tiles(255)), ["tile/0/000.p/255"]);
        assert_eq!(names(partial_tiles(256)), ["tile/1/000.p/1"]);
        assert_eq!(
            names(partial_tiles(257)),
            ["tile/0/001.p/1", "tile/1/000.p/1"]
        );
        assert_eq!(
            names(completed_bundles(255, 600)),
            ["tile/entries/000", "tile/entries/001"]
        );
        assert_eq!(
            partial_bundle(600).unwrap().to_string(),
            "tile/entries/002.p/88"
        );
        assert_eq!((partial_bundle(512), partial_bundle(0)), (None, None));
    }

    #[test]
    fn a_tree_that_does_not_grow_completes_nothing() {
        assert_eq!(completed_tiles(600, 600).count(), 0);
        assert_eq!(completed_tiles(600, 5).count(), 0);
        assert_eq!(names(partial_tiles(0)), [""; 0]);
        assert_eq!(completed_tiles(65_535, 65_536).count(), 2);
    }

    #[test]
    fn the_largest_tree_has_eight_levels() {
        assert_eq!(names(partial_tiles(MAX_TREE_SIZE)), ["tile/7/000.p/64"]);
        let all = (1u64 << 62) - 1;
        assert_eq!(partial_tiles(all).count(), 8);
        assert!(partial_tiles(all).take(7).all(|tile| tile.width() == 255));
    }
}
