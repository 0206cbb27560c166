//! Reading views: whoever writes them, in this process or another.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::Connection;
use tokio::sync::watch;

use crate::error::ViewError;
use crate::folder::{self, Folder};
use crate::projector::{Cursor, read_cursor};

/// How long a reader of another process's views waits before it looks again.
const POLL: Duration = Duration::from_millis(20);

/// The views of a folder, open for reading. Clones share the connections.
#[derive(Clone, Debug)]
pub struct Views {
    folder: Folder,
    idle: Arc<Mutex<Idle>>,
    /// Where the runner of this process is; none if another process has it.
    progress: Option<watch::Receiver<Progress>>,
}

/// Connections at rest, all to one file.
#[derive(Debug, Default)]
struct Idle {
    file: PathBuf,
    connections: Vec<Connection>,
}

/// Where the views are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The number of events taken in.
    pub position: u64,
    /// When the last of them was recorded.
    pub recorded_at: Option<Timestamp>,
    /// Why the runner does not go on, if it does not.
    pub halted: Option<String>,
}

impl Progress {
    pub(crate) fn at(cursor: Cursor) -> Self {
        let recorded_at = (cursor.position > 0)
            .then(|| Timestamp::from_microsecond(cursor.recorded_at).ok())
            .flatten();
        Self {
            position: cursor.position,
            recorded_at,
            halted: None,
        }
    }
}

impl Views {
    /// The views that another process writes.
    #[must_use]
    pub fn of_another_process(folder: Folder) -> Self {
        Self {
            folder,
            idle: Arc::default(),
            progress: None,
        }
    }

    pub(crate) fn of_this_process(folder: Folder, progress: watch::Receiver<Progress>) -> Self {
        Self {
            folder,
            idle: Arc::default(),
            progress: Some(progress),
        }
    }

    /// Reads in one snapshot: all that `read` sees is from one moment, and it learns which.
    pub fn read<T>(
        &self,
        read: impl FnOnce(&Connection, &Progress) -> Result<T, ViewError>,
    ) -> Result<T, ViewError> {
        let (file, connection, progress) = self.begin()?;
        let result = read(&connection, &progress)?;
        connection.execute_batch("commit")?;
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.file == file {
            idle.connections.push(connection);
        }
        Ok(result)
    }

    /// Begins to read the file that is current. Another one may take its place at any moment, and the old
    /// one is removed: what was opened meanwhile may lack half of it, and is opened again.
    fn begin(&self) -> Result<(PathBuf, Connection, Progress), ViewError> {
        loop {
            let file = self.folder.current()?.ok_or(ViewError::Empty)?;
            if let Some(connection) = self.rested(&file) {
                let progress = snapshot(&connection)?;
                return Ok((file, connection, progress));
            }
            let begun = folder::open_reader(&file).and_then(|connection| {
                let progress = snapshot(&connection)?;
                Ok((file.clone(), connection, progress))
            });
            // What is still current now was so all the while.
            if self.folder.current()?.as_ref() == Some(&file) {
                return begun;
            }
        }
    }

    /// A connection to a file that was used before.
    fn rested(&self, file: &Path) -> Option<Connection> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.file != file {
            *idle = Idle {
                file: file.to_owned(),
                connections: Vec::new(),
            };
        }
        idle.connections.pop()
    }

    /// Where the views are.
    pub fn progress(&self) -> Result<Progress, ViewError> {
        match &self.progress {
            Some(progress) => Ok(progress.borrow().clone()),
            None => self.read(|_, progress| Ok(progress.clone())),
        }
    }

    /// Returns once the views may have taken in more than `position` events: at once in the process that
    /// writes them, after a short while elsewhere.
    pub async fn grown(&self, position: u64) {
        if let Some(mut progress) = self.progress.clone() {
            let more = progress.wait_for(|progress| progress.position > position);
            if more.await.is_ok() {
                return;
            }
        }
        tokio::time::sleep(10 * POLL).await;
    }

    /// Waits until the views have taken in that many events. Fails when the time is up.
    pub async fn wait_for(&self, position: u64, patience: Duration) -> Result<(), ViewError> {
        let late = |at| ViewError::Late {
            at,
            wanted: position,
        };
        if let Some(mut progress) = self.progress.clone() {
            let reached = progress.wait_for(|progress| progress.position >= position);
            return match tokio::time::timeout(patience, reached).await {
                Ok(Ok(_)) => Ok(()),
                _ => Err(late(self.progress()?.position)),
            };
        }
        let until = Instant::now() + patience;
        loop {
            let at = match self.progress() {
                Ok(progress) => progress.position,
                Err(ViewError::Empty) => 0,
                Err(error) => return Err(error),
            };
            if at >= position {
                return Ok(());
            }
            if Instant::now() >= until {
                return Err(late(at));
            }
            tokio::time::sleep(POLL).await;
        }
    }
}

/// From now on the connection sees one moment; answers which.
fn snapshot(connection: &Connection) -> Result<Progress, ViewError> {
    connection.execute_batch("begin")?;
    Ok(Progress::at(read_cursor(connection)?))
}
