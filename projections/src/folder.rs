//! The folder of views: which file is current, who may write it, and how a new one takes its place.
//!
//! A file of views is never migrated: another form means another file, built beside the old one and
//! made current by renaming one small file. Whoever holds the folder's lock writes; all others read.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::error::ViewError;
use crate::schema;

/// The folder `views` inside the data folder.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

/// The right to write this folder's views. It ends with the process, also when that is killed.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Folder {
    /// The views' folder of a data folder. It is created if it does not exist.
    pub fn open(data: &Path) -> Result<Self, ViewError> {
        let folder = data.join("views");
        fs::create_dir_all(&folder).map_err(|e| ViewError::Folder(folder.clone(), e))?;
        Ok(Self(folder))
    }

    /// Takes the right to write; none if another process has it.
    pub fn try_lock(&self) -> Result<Option<Lock>, ViewError> {
        let path = self.0.join("lock");
        let failed = |e| ViewError::Folder(path.clone(), e);
        let file = File::options()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// The file that readers use; none if there is none of today's form.
    pub fn current(&self) -> Result<Option<PathBuf>, ViewError> {
        let Some(mut name) = self.pointed()? else {
            return Ok(None);
        };
        loop {
            let file = self.0.join(&name);
            if name.starts_with(&prefix()) && file.is_file() {
                return Ok(Some(file));
            }
            // Another file may have taken its place, and it was removed, since its name was read.
            match self.pointed()? {
                Some(again) if again != name => name = again,
                _ => return Ok(None),
            }
        }
    }

    /// The name of the file that is current, whatever its form, and whether it is there or not.
    fn pointed(&self) -> Result<Option<String>, ViewError> {
        let pointer = self.0.join("current");
        match fs::read_to_string(&pointer) {
            Ok(name) => Ok(Some(name.trim().to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(ViewError::Folder(pointer, error)),
        }
    }

    /// A new, empty file of views, not yet current. Its name is none that a reader may still have in
    /// mind: each number is larger than the one before.
    pub(crate) fn create(&self, _lock: &Lock) -> Result<PathBuf, ViewError> {
        let failed = |e| ViewError::Folder(self.0.clone(), e);
        let mut last = 0;
        for entry in fs::read_dir(&self.0).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            last = last.max(number_of(&name.to_string_lossy()).unwrap_or(0));
        }
        let path = self.0.join(format!("{}{}.sqlite", prefix(), last + 1));
        File::create_new(&path)
            .map(|_| path.clone())
            .map_err(|e| ViewError::Folder(path, e))
    }

    /// Makes a file current, at once for every reader, and removes the files that no longer are.
    pub(crate) fn publish(&self, _lock: &Lock, file: &Path) -> Result<(), ViewError> {
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let (next, pointer) = (self.0.join("current.next"), self.0.join("current"));
        fs::write(&next, &name)
            .and_then(|()| fs::rename(&next, &pointer))
            .map_err(|e| ViewError::Folder(pointer, e))
    }

    /// Removes files of views that are not current, as an interrupted rebuild leaves them.
    pub(crate) fn sweep(&self, _lock: &Lock) -> Result<(), ViewError> {
        let current = self.current()?;
        let failed = |e| ViewError::Folder(self.0.clone(), e);
        for entry in fs::read_dir(&self.0).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            let stays = current
                .as_ref()
                .and_then(|file| file.file_name())
                .is_some_and(|current| name.starts_with(&*current.to_string_lossy()));
            if name.starts_with("views-") && !stays {
                remove(&path).map_err(|e| ViewError::Folder(path.clone(), e))?;
            }
        }
        Ok(())
    }
}

/// Removes a file, unless its last reader has: who closes a database takes its log away.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// The number of a file of views, of today's form.
fn number_of(name: &str) -> Option<u64> {
    let rest = name.strip_prefix(&prefix())?;
    rest.split('.').next()?.parse().ok()
}

fn prefix() -> String {
    format!("views-{}-", schema::tag())
}

/// Opens a file of views for its one writer.
pub(crate) fn open_writer(file: &Path) -> Result<Connection, ViewError> {
    let connection = Connection::open(file)?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    // Normal in WAL: a killed process loses nothing, a power cut at most the last batches, which the
    // cursor in the same transaction makes the runner take again.
    connection.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = normal; pragma cache_size = -65536;",
    )?;
    schema::create(&connection)?;
    Ok(connection)
}

/// Opens a file of views for a reader. It can change nothing.
pub(crate) fn open_reader(file: &Path) -> Result<Connection, ViewError> {
    // Read-write at the level of the file, because a reader of a WAL file may have to create its
    // shared-memory index; `query_only` refuses every change.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.execute_batch("pragma query_only = on;")?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}
