//! The disk of a machine that is simulated: a folder in memory, what a power cut leaves of it, and how it
//! is full.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fastrand::Rng;
use tempfile::TempDir;
use tokio::signal::unix::{SignalKind, signal};

const EVENTS: &str = "events.sqlite";
const LOG: &str = "events.sqlite-wal";
/// What is sent to a process that writes beyond its limit (`SIGXFSZ`).
const BEYOND_LIMIT: i32 = 25;

/// A folder that is gone with the value.
pub(crate) struct Disk(TempDir);

impl Disk {
    /// An empty one.
    pub(crate) fn new() -> Self {
        let memory = Path::new("/dev/shm");
        Self(if memory.is_dir() {
            tempfile::tempdir_in(memory).unwrap()
        } else {
            tempfile::tempdir().unwrap()
        })
    }

    /// The address of the event database.
    pub(crate) fn url(&self) -> String {
        format!("sqlite://{}", self.place(EVENTS).display())
    }

    /// The data folder.
    pub(crate) fn data(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn events(&self) -> PathBuf {
        self.place(EVENTS)
    }

    /// How many bytes of the event database's write-ahead log there are.
    pub(crate) fn written(&self) -> u64 {
        fs::metadata(self.place(LOG)).map_or(0, |file| file.len())
    }

    /// The same disk, byte for byte.
    pub(crate) fn copied(&self) -> Self {
        let copy = Self::new();
        copy_folder(self.data(), copy.data());
        copy
    }

    /// What a power cut leaves, when of the event database's log so many bytes have reached the disk: what was
    /// synced before has to be among them. What follows them may be anything. Views are not synced at
    /// every commit: of theirs, any beginning is left.
    pub(crate) fn after_power_cut(&self, reached: u64, rng: &mut Rng) -> Self {
        let left = self.copied();
        tear(&left.place(LOG), reached, rng);
        let views = fs::read_dir(left.place("views"))
            .into_iter()
            .flatten()
            .map(|file| file.unwrap().path());
        let mut logs: Vec<_> = views
            .filter(|path| path.to_string_lossy().ends_with("-wal"))
            .collect();
        logs.sort();
        for log in logs {
            let length = fs::metadata(&log).unwrap().len();
            tear(&log, rng.u64(0..=length), rng);
        }
        left
    }

    fn place(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// Keeps so many bytes of a file. The sector that was being written has anything in it.
fn tear(file: &Path, kept: u64, rng: &mut Rng) {
    let Ok(mut bytes) = fs::read(file) else {
        return;
    };
    let kept = usize::try_from(kept).unwrap();
    if kept < bytes.len() {
        bytes.truncate(kept);
        let torn = rng.usize(0..512);
        bytes.extend(std::iter::repeat_with(|| rng.u8(..)).take(torn));
        fs::write(file, bytes).unwrap();
    }
}

/// Copies everything but the indexes in shared memory, which no power cut leaves.
fn copy_folder(from: &Path, to: &Path) {
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        let (path, place) = (file.path(), to.join(file.file_name()));
        if path.is_dir() {
            fs::create_dir(&place).unwrap();
            copy_folder(&path, &place);
        } else if !path.to_string_lossy().ends_with("-shm") {
            fs::copy(&path, &place).unwrap();
        }
    }
}

/// From now on, writing beyond the limit is an error, as on a full disk, and no reason to die.
pub(crate) fn survive_limits() {
    // Once there is a handler, it stays.
    drop(signal(SignalKind::from_raw(BEYOND_LIMIT)).unwrap());
}

/// Lets no file of this process grow beyond so many bytes, until the value is gone.
pub(crate) struct Full;

impl Full {
    pub(crate) fn beyond(bytes: u64) -> Self {
        limit(&format!("{bytes}:"));
        Self
    }
}

impl Drop for Full {
    fn drop(&mut self) {
        limit("unlimited:");
    }
}

fn limit(size: &str) {
    let own = std::process::id().to_string();
    let set = Command::new("prlimit")
        .args(["--pid", &own, &format!("--fsize={size}")])
        .status();
    assert!(set.unwrap().success(), "prlimit, of util-linux");
}
