//! The folder of the log as static files, and the high-water mark beside it.
//!
//! Each file is written aside, synced and renamed into place: a reader sees all of it or nothing.

use std::fmt::Display;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::merkle::TileReader;
use chasqui_tlog::tile::TileId;

use crate::error::{Refusal, SealerError};

/// The name of the newest checkpoint's file.
const CHECKPOINT: &str = "checkpoint";

/// The folder that is served as `/log/`.
#[derive(Clone, Debug)]
pub struct LogFolder(PathBuf);

/// The file with the newest checkpoint that was ever signed; it can lie on another volume, and is no
/// part of the database's backup.
#[derive(Clone, Debug)]
pub struct Mark(pub PathBuf);

impl LogFolder {
    /// Opens the folder, and makes it if it is not there.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, SealerError> {
        let path = path.into();
        fs::create_dir_all(&path).map_err(SealerError::file(&path))?;
        Ok(Self(path))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The right to write here, until the file is dropped.
    pub(crate) fn lock(&self) -> Result<File, SealerError> {
        let path = self.0.join(".lock");
        let file = File::options()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(SealerError::file(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(Refusal::Busy.into()),
            Err(TryLockError::Error(error)) => Err(SealerError::file(path)(error)),
        }
    }

    /// A file's bytes; nothing if it is not there.
    pub fn read(&self, name: &str) -> Result<Option<Vec<u8>>, SealerError> {
        let path = self.0.join(name);
        optional(fs::read(&path)).map_err(SealerError::file(path))
    }

    /// The published checkpoint, whoever signed it.
    pub fn checkpoint(&self) -> Result<Option<SignedCheckpoint>, SealerError> {
        parse(&self.0.join(CHECKPOINT))
    }

    /// Writes the public key beside the checkpoint, in the one line that verifiers take.
    pub fn publish_key(&self, key: &impl Display) -> Result<(), SealerError> {
        self.write("vkey", format!("{key}\n").as_bytes())
    }

    /// Writes who must cosign beside the checkpoint, unless it is there.
    pub(crate) fn publish_policy(&self, policy: &[u8]) -> Result<(), SealerError> {
        self.put("policy", policy).map(drop)
    }

    pub(crate) fn publish(&self, signed: &SignedCheckpoint) -> Result<(), SealerError> {
        self.write(CHECKPOINT, signed.to_string().as_bytes())
    }

    /// Writes a file unless it is there with these bytes; says whether it wrote.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) -> Result<bool, SealerError> {
        if self.read(name)?.as_deref() == Some(bytes) {
            return Ok(false);
        }
        self.write(name, bytes)?;
        Ok(true)
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> Result<(), SealerError> {
        let path = self.0.join(name);
        write(&path, bytes).map_err(SealerError::file(path))
    }
}

impl Mark {
    /// The newest checkpoint that was ever signed; none for a new log.
    pub fn read(&self) -> Result<Option<SignedCheckpoint>, SealerError> {
        parse(&self.0)
    }

    pub(crate) fn write(&self, signed: &SignedCheckpoint) -> Result<(), SealerError> {
        write(&self.0, signed.to_string().as_bytes()).map_err(SealerError::file(&self.0))
    }
}

impl TileReader for LogFolder {
    type Error = io::Error;

    fn read_tile(&self, id: TileId) -> io::Result<Vec<u8>> {
        let mut bytes = match optional(fs::read(self.0.join(id.full().to_string())))? {
            Some(full) => full,
            None => fs::read(self.0.join(id.to_string()))?,
        };
        bytes.truncate(usize::from(id.width()) * 32);
        Ok(bytes)
    }
}

fn parse(path: &Path) -> Result<Option<SignedCheckpoint>, SealerError> {
    let bytes = optional(fs::read(path)).map_err(SealerError::file(path))?;
    let parsed = bytes
        .map(|bytes| SignedCheckpoint::parse(&bytes))
        .transpose();
    parsed.map_err(|source| SealerError::File {
        path: path.to_owned(),
        source: source.into(),
    })
}

fn optional<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Aside, synced, renamed, and the folder synced: after a crash the old file is there or the new one.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let aside = folder.join(format!(".{name}.part"));
    let mut file = File::create(&aside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&aside, path)?;
    File::open(folder)?.sync_all()
}
