//! Takes away partial tiles and bundles that wider ones have superseded.
//!
//! A partial file is the beginning of the full one, and the service answers for it from the wider file.
//! Who serves the folder by other means may still be asked for it by readers of an older checkpoint, so
//! it stays a while. What the newest checkpoint needs is never touched.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use chasqui_tlog::tile::{BundleId, TILE_HEIGHT, TILE_WIDTH, TileId};

use crate::error::SealerError;

/// How long a superseded file stays, and how often somebody looks.
pub(crate) const AFTER: Duration = Duration::from_secs(600);
/// Levels that a tree can have.
const LEVELS: u8 = 8;

/// Removes what is superseded in the tree of `size` leaves and older than a while; only files that the
/// growth from `from` can have left are looked for.
pub(crate) fn superseded(folder: &Path, from: u64, size: u64) -> Result<(), SealerError> {
    for level in 0..LEVELS {
        let tiles = |size: u64| {
            size.checked_shr(u32::from(level + 1) * u32::from(TILE_HEIGHT))
                .unwrap_or(0)
        };
        for index in tiles(from)..=tiles(size) {
            let now = TileId::in_tree(level, index, size).map(|id| id.to_string());
            let some = TileId::new(level, index, TILE_WIDTH - 1).map_err(SealerError::format)?;
            sweep(
                &folder.join(some.to_string()),
                now.map(|id| folder.join(id)).as_deref(),
            )?;
            if level == 0 {
                let now = BundleId::in_tree(index, size).map(|id| id.to_string());
                let some = BundleId::new(index, TILE_WIDTH - 1).map_err(SealerError::format)?;
                sweep(
                    &folder.join(some.to_string()),
                    now.map(|id| folder.join(id)).as_deref(),
                )?;
            }
        }
    }
    Ok(())
}

/// Removes the old files beside `some`, a partial file of the same tile, but never the one of now.
fn sweep(some: &Path, now: Option<&Path>) -> Result<(), SealerError> {
    let folder = some.parent().unwrap_or(Path::new("."));
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(SealerError::file(folder)(error)),
    };
    let mut left = false;
    for entry in entries {
        let entry = entry.map_err(SealerError::file(folder))?;
        let path = entry.path();
        let age = entry.metadata().and_then(|data| data.modified());
        let age = age.map_err(SealerError::file(&path))?;
        let age = SystemTime::now().duration_since(age).unwrap_or_default();
        if Some(path.as_path()) == now || age < AFTER {
            left = true;
            continue;
        }
        fs::remove_file(&path).map_err(SealerError::file(&path))?;
    }
    if !left {
        // Somebody may have put a file there just now; then the folder stays.
        let _still_used = fs::remove_dir(folder);
    }
    Ok(())
}
