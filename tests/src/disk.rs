//! A small disk of its own: a file system in memory that can be filled to its last byte.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A mounted file system, which is gone with the value. Whatever uses it must have ended before.
pub struct SmallDisk(TempDir);

/// A disk without room; there is room again when the value is gone.
pub struct Full(PathBuf);

impl SmallDisk {
    /// Mounts one of so many megabytes; none where that is not allowed to whoever asks.
    #[must_use]
    pub fn mount(megabytes: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m,mode=711");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(folder.path())
            .output();
        mounted
            .is_ok_and(|done| done.status.success())
            .then_some(Self(folder))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Takes up all the room that is left.
    #[must_use]
    pub fn fill(&self) -> Full {
        let filler = self.path().join("filler");
        let mut file = File::create(&filler).unwrap();
        // An error is how the end is known.
        let _ = std::io::copy(&mut std::io::repeat(0), &mut file);
        Full(filler)
    }
}

impl Drop for Full {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path()).status();
    }
}
