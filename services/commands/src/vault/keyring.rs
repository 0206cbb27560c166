//! The keys of the epochs: one file each, in a folder outside the database, readable by its owner alone.
//!
//! They are read when they are needed and never kept in memory, so that a key which was destroyed is
//! gone from every process, and a new one is used by all.

use std::fs::{self, File};
use std::io::{self, Seek, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use zeroize::Zeroizing;

use super::seal::{Key, hex, unhex};
use crate::secrets::NoRandomness;

/// A folder with the keys of the epochs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRing(PathBuf);

/// The keys of the epochs cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyRingError {
    /// Data keys are wrapped by an epoch whose key is not there.
    #[error("the key of epoch {epoch} is not in {}", folder.display())]
    Missing {
        /// The epoch.
        epoch: u32,
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// A file is not a key.
    #[error("{} is not 64 hexadecimal digits", .0.display())]
    NotAKey(PathBuf),
    /// Another process is turning the epoch.
    #[error("another process is turning the epoch")]
    Busy,
    /// A file cannot be read or written.
    #[error("cannot use {}", path.display())]
    Io {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// No random bytes for a key.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
}

/// Names an error's file.
fn at(path: &Path) -> impl Fn(io::Error) -> KeyRingError {
    move |source| KeyRingError::Io {
        path: path.to_owned(),
        source,
    }
}

impl KeyRing {
    /// The keys in a folder, which need not be there yet.
    #[must_use]
    pub fn at(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// Makes the key of the first epoch. False if there is a key already.
    pub fn make_first(&self) -> Result<bool, KeyRingError> {
        match self.epochs()?.last() {
            Some(_) => Ok(false),
            None => self.make(1),
        }
    }

    /// The epochs whose keys are there, oldest first.
    pub fn epochs(&self) -> Result<Vec<u32>, KeyRingError> {
        let names = self.names()?;
        let numbers = names
            .iter()
            .filter_map(|name| name.strip_prefix("epoch-")?.parse::<u32>().ok());
        let mut epochs: Vec<u32> = numbers.collect();
        epochs.sort_unstable();
        Ok(epochs)
    }

    /// The names of all files in the folder; none if it is not there yet.
    fn names(&self) -> Result<Vec<String>, KeyRingError> {
        let files = match fs::read_dir(&self.0) {
            Ok(files) => files,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(at(&self.0)(error)),
        };
        let names = files.map(|file| {
            let file = file.map_err(at(&self.0))?;
            Ok(file.file_name().to_string_lossy().into_owned())
        });
        names.collect()
    }

    /// When an epoch's key was made, as its file says.
    pub fn made_at(&self, epoch: u32) -> Result<Timestamp, KeyRingError> {
        let path = self.path(epoch);
        let about = fs::metadata(&path).map_err(at(&path))?;
        Ok(Timestamp::from_second(about.mtime()).unwrap_or(Timestamp::UNIX_EPOCH))
    }

    /// The files that others than their owner can read.
    pub fn open_to_others(&self) -> Result<Vec<PathBuf>, KeyRingError> {
        let mut open = Vec::new();
        for epoch in self.epochs()? {
            let path = self.path(epoch);
            let about = fs::metadata(&path).map_err(at(&path))?;
            if about.mode() & 0o077 != 0 {
                open.push(path);
            }
        }
        Ok(open)
    }

    /// The key of an epoch.
    pub(super) fn key(&self, epoch: u32) -> Result<Key, KeyRingError> {
        self.key_in(self.path(epoch), epoch)
    }

    /// The same, also if it was retired: to wrap anew what it wraps.
    pub(super) fn key_or_retired(&self, epoch: u32) -> Result<Key, KeyRingError> {
        match self.key(epoch) {
            Err(KeyRingError::Missing { .. }) => self.key_in(self.retired_path(epoch), epoch),
            found => found,
        }
    }

    fn key_in(&self, path: PathBuf, epoch: u32) -> Result<Key, KeyRingError> {
        let text = match fs::read_to_string(&path).map(Zeroizing::new) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let folder = self.0.clone();
                return Err(KeyRingError::Missing { epoch, folder });
            }
            Err(error) => return Err(at(&path)(error)),
        };
        let key = unhex(text.trim()).map(Zeroizing::new);
        key.map(Key::new).ok_or(KeyRingError::NotAKey(path))
    }

    /// Makes the key of an epoch. False if it is there already.
    pub(super) fn make(&self, epoch: u32) -> Result<bool, KeyRingError> {
        let key = Key::random()?;
        let text = Zeroizing::new(format!("{}\n", Zeroizing::new(hex(key.bytes())).as_str()));
        self.put(&self.path(epoch), text.as_bytes())
    }

    /// Takes the keys before an epoch out of use. From now on nothing is wrapped by them, and what was
    /// wrapped a moment ago can still be wrapped anew.
    pub(super) fn retire_before(&self, epoch: u32) -> Result<(), KeyRingError> {
        for old in self.epochs()?.into_iter().filter(|old| *old < epoch) {
            let path = self.path(old);
            fs::rename(&path, self.retired_path(old)).map_err(at(&path))?;
        }
        self.sync()
    }

    /// Overwrites the retired keys, and removes them, oldest first. What they wrapped is lost.
    pub(super) fn destroy_retired(&self) -> Result<Vec<u32>, KeyRingError> {
        let mut destroyed = Vec::new();
        for file in self.names()? {
            let number = file.strip_prefix("retired-");
            destroyed.extend(number.and_then(|number| number.parse::<u32>().ok()));
        }
        destroyed.sort_unstable();
        for epoch in &destroyed {
            // What a process left behind that was killed while it made the key.
            let part = format!("epoch-{epoch:06}.");
            for file in self.names()?.iter().filter(|name| name.starts_with(&part)) {
                wipe(&self.0.join(file))?;
            }
            wipe(&self.retired_path(*epoch))?;
        }
        self.sync()?;
        Ok(destroyed)
    }

    /// The epoch to which a turn was begun and not ended.
    pub(super) fn turning(&self) -> Result<Option<u32>, KeyRingError> {
        let path = self.0.join("turning");
        match fs::read_to_string(&path) {
            Ok(text) => Ok(text.trim().parse().ok()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(at(&path)(error)),
        }
    }

    /// Notes that a turn begins.
    pub(super) fn begin_turn(&self, to: u32) -> Result<(), KeyRingError> {
        self.put(&self.0.join("turning"), format!("{to}\n").as_bytes())
            .map(|_| ())
    }

    /// Notes that a turn has ended.
    pub(super) fn end_turn(&self) -> Result<(), KeyRingError> {
        let path = self.0.join("turning");
        fs::remove_file(&path).map_err(at(&path))?;
        self.sync()
    }

    /// The right to turn the epoch; it ends with the file, also if the process is killed.
    pub(super) fn lock(&self) -> Result<File, KeyRingError> {
        self.make_folder()?;
        let path = self.0.join("lock");
        let mut options = File::options();
        options.create(true).truncate(false).write(true).mode(0o600);
        let file = options.open(&path).map_err(at(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(fs::TryLockError::WouldBlock) => Err(KeyRingError::Busy),
            Err(fs::TryLockError::Error(error)) => Err(at(&path)(error)),
        }
    }

    fn path(&self, epoch: u32) -> PathBuf {
        self.0.join(format!("epoch-{epoch:06}"))
    }

    fn retired_path(&self, epoch: u32) -> PathBuf {
        self.0.join(format!("retired-{epoch:06}"))
    }

    /// Written aside and linked into place: a file is there whole or not at all, and the first one stays.
    fn put(&self, path: &Path, bytes: &[u8]) -> Result<bool, KeyRingError> {
        self.make_folder()?;
        // Of several that write at once, in one process or in many, each has a part of its own.
        let mut unique = [0; 8];
        getrandom::fill(&mut unique).map_err(NoRandomness)?;
        let part = path.with_extension(format!("part-{}", hex(&unique)));
        let failed = at(path);
        let mut options = File::options();
        options.create_new(true).write(true).mode(0o600);
        let mut file = options.open(&part).map_err(&failed)?;
        file.write_all(bytes)
            .and_then(|()| file.sync_all())
            .map_err(&failed)?;
        let linked = fs::hard_link(&part, path);
        fs::remove_file(&part).map_err(&failed)?;
        match linked {
            Ok(()) => self.sync().map(|()| true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            Err(error) => Err(failed(error)),
        }
    }

    fn make_folder(&self) -> Result<(), KeyRingError> {
        let mut folder = fs::DirBuilder::new();
        folder.recursive(true).mode(0o700);
        folder.create(&self.0).map_err(at(&self.0))
    }

    /// A name is on the disk once its folder is.
    fn sync(&self) -> Result<(), KeyRingError> {
        let folder = File::open(&self.0).map_err(at(&self.0))?;
        folder.sync_all().map_err(at(&self.0))
    }
}

/// Overwrites a file, and removes it.
fn wipe(path: &Path) -> Result<(), KeyRingError> {
    let failed = at(path);
    let mut file = File::options().write(true).open(path).map_err(&failed)?;
    let length = file.metadata().map_err(&failed)?.len();
    for filling in [0xff, 0] {
        let filling = vec![filling; usize::try_from(length).unwrap_or_default()];
        file.rewind().map_err(&failed)?;
        file.write_all(&filling)
            .and_then(|()| file.sync_all())
            .map_err(&failed)?;
    }
    fs::remove_file(path).map_err(&failed)
}
