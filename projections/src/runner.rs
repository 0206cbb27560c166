//! Following the log: batch after batch, each in one transaction with the cursor.
//!
//! Reading and understanding events goes on beside writing them, so a rebuild uses two cores. An event
//! that cannot be read stops the views where they are: nothing is skipped in silence.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::{mpsc, watch};

use crate::error::ViewError;
use crate::feed::{Feed, FeedError};
use crate::folder::{self, Folder, Lock};
use crate::projector::{Cursor, Projector, Step, read_cursor};
use crate::views::{Progress, Views};

/// How many events are read at once.
const BATCH: usize = 5_000;
/// How many batches may wait for the writer.
const AHEAD: usize = 4;
/// How many events are taken in by one transaction, if so many wait. The more there are, the more often
/// several entries of one procedure are written as one row.
const TOGETHER: usize = 40_000;
/// How long the runner waits after an error before it asks again.
const PATIENCE: Duration = Duration::from_secs(1);

/// The one writer of a folder's views.
pub struct Runner<F> {
    feed: Arc<F>,
    folder: Folder,
    lock: Lock,
    progress: watch::Sender<Progress>,
}

impl<F: Feed> Runner<F> {
    /// Becomes the writer of a folder's views; none if another process is.
    pub fn claim(folder: &Folder, feed: Arc<F>) -> Result<Option<Self>, ViewError> {
        let Some(lock) = folder.try_lock()? else {
            return Ok(None);
        };
        folder.sweep(&lock)?;
        let cursor = match folder.current()? {
            Some(file) => read_cursor(&folder::open_writer(&file)?)?,
            None => Cursor::default(),
        };
        let progress = watch::Sender::new(Progress::at(cursor));
        Ok(Some(Self {
            feed,
            folder: folder.clone(),
            lock,
            progress,
        }))
    }

    /// The views that this runner writes.
    #[must_use]
    pub fn views(&self) -> Views {
        Views::of_this_process(self.folder.clone(), self.progress.subscribe())
    }

    /// Follows the log for as long as the process lives. After an error it tries again; an event that
    /// it cannot read halts it, and `Progress::halted` says so.
    pub async fn follow(self) {
        loop {
            let error = match self.pass(true).await {
                Ok(()) => continue,
                Err(error) => error,
            };
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the views do not go on"
            );
            let halted = matches!(error, ViewError::Event(_) | ViewError::Gap { .. });
            self.progress
                .send_modify(|progress| progress.halted = Some(error.to_string()));
            if halted {
                return std::future::pending().await;
            }
            tokio::time::sleep(PATIENCE).await;
        }
    }

    /// Takes in what the log holds now, and ends.
    pub async fn catch_up(&self) -> Result<(), ViewError> {
        self.pass(false).await
    }

    async fn pass(&self, forever: bool) -> Result<(), ViewError> {
        // Views that are missing, of another form or of another log are built anew aside: until they are
        // complete nobody is told that a procedure does not exist.
        if !self.goes_on().await? {
            rebuild_into(&self.folder, &self.lock, &self.feed, |_| {}).await?;
        }
        let connection = open(&self.folder)?;
        self.tell(read_cursor(&connection)?);
        drive(&self.feed, connection, forever, |cursor| self.tell(cursor))
            .await
            .map(drop)
    }

    fn tell(&self, cursor: Cursor) {
        self.progress.send_replace(Progress::at(cursor));
    }

    /// Whether the views at hand are of this log: the last event that they took in stands in it, where
    /// it stood. After a restore from an older copy it does not.
    async fn goes_on(&self) -> Result<bool, ViewError> {
        let Some(file) = self.folder.current()? else {
            return Ok(false);
        };
        let cursor = read_cursor(&folder::open_writer(&file)?)?;
        let Some(last) = cursor.position.checked_sub(1) else {
            return Ok(true);
        };
        let found = self.feed.read(last, 1).await.map_err(unread)?;
        let same = found
            .first()
            .is_some_and(|record| record.recorded_at.as_microsecond() == cursor.recorded_at);
        if !same {
            tracing::warn!(
                position = cursor.position,
                "the views are of another log than this one; building them anew"
            );
        }
        Ok(same)
    }

    /// Builds all views anew beside the old ones, and puts them in their place.
    pub async fn rebuild(&self, mut told: impl FnMut(u64) + Send) -> Result<Rebuilt, ViewError> {
        let told = |cursor: Cursor| told(cursor.position);
        rebuild_into(&self.folder, &self.lock, &self.feed, told).await
    }
}

/// What a rebuild did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rebuilt {
    /// The number of events taken in.
    pub position: u64,
}

/// Brings a folder's views up to date: writes them if nobody else does, else waits for who does.
pub async fn catch_up<F: Feed>(
    folder: &Folder,
    feed: Arc<F>,
    patience: Duration,
) -> Result<Views, ViewError> {
    if let Some(runner) = Runner::claim(folder, Arc::clone(&feed))? {
        runner.catch_up().await?;
        return Ok(Views::of_another_process(folder.clone()));
    }
    let views = Views::of_another_process(folder.clone());
    let head = feed.head().await.map_err(unread)?;
    views.wait_for(head, patience).await?;
    Ok(views)
}

/// Builds a folder's views anew. None if another process writes them.
pub async fn rebuild<F: Feed>(
    folder: &Folder,
    feed: Arc<F>,
    told: impl FnMut(u64) + Send,
) -> Result<Option<Rebuilt>, ViewError> {
    match Runner::claim(folder, feed)? {
        Some(runner) => runner.rebuild(told).await.map(Some),
        None => Ok(None),
    }
}

async fn rebuild_into<F: Feed>(
    folder: &Folder,
    lock: &Lock,
    feed: &Arc<F>,
    told: impl FnMut(Cursor) + Send,
) -> Result<Rebuilt, ViewError> {
    let file = folder.create(lock)?;
    let connection = folder::open_writer(&file)?;
    // Until it is current nobody relies on the file: after a failure it is thrown away, and it is made
    // durable once, at the end.
    connection.execute_batch("pragma synchronous = off; pragma journal_mode = off;")?;
    let cursor = drive(feed, connection, false, told).await?;
    seal(&file)?;
    folder.publish(lock, &file)?;
    folder.sweep(lock)?;
    Ok(Rebuilt {
        position: cursor.position,
    })
}

/// Moves what is in the write-ahead log into the file, and the file onto the disk.
fn seal(file: &Path) -> Result<(), ViewError> {
    let connection = folder::open_writer(file)?;
    connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))?;
    drop(connection);
    std::fs::File::open(file)
        .and_then(|file| file.sync_all())
        .map_err(|error| ViewError::Folder(file.to_owned(), error))
}

fn open(folder: &Folder) -> Result<Connection, ViewError> {
    folder::open_writer(&folder.current()?.ok_or(ViewError::Empty)?)
}

/// Reads the log from where a file of views is, and takes it in; to its end, or for ever.
async fn drive<F: Feed>(
    feed: &Arc<F>,
    mut connection: Connection,
    forever: bool,
    mut told: impl FnMut(Cursor) + Send,
) -> Result<Cursor, ViewError> {
    let mut cursor = read_cursor(&connection)?;
    let (sender, mut batches) = mpsc::channel(AHEAD);
    let reader = tokio::spawn(read(Arc::clone(feed), cursor.position, forever, sender));
    let mut projector = Projector::default();
    while let Some(first) = batches.recv().await {
        let write = move || {
            let mut first = Some(first);
            let next = || first.take().or_else(|| more(&mut batches, forever));
            let taken = projector.take(&mut connection, TOGETHER, next);
            taken.map(|taken| (taken, batches, connection, projector))
        };
        let failed;
        ((cursor, failed), batches, connection, projector) = blocking(write).await??;
        told(cursor);
        if let Some(error) = failed {
            return Err(error);
        }
    }
    reader.abort();
    Ok(cursor)
}

type Batches = mpsc::Receiver<Result<Vec<Step>, ViewError>>;

/// What is to be taken in together with what came before: whoever follows the log for ever waits for
/// nothing, because somebody may wait for the views.
fn more(batches: &mut Batches, forever: bool) -> Option<Result<Vec<Step>, ViewError>> {
    if forever {
        batches.try_recv().ok()
    } else {
        batches.blocking_recv()
    }
}

/// Reads and understands batches, and sends them on. Ends at the end of the log, or with an error.
async fn read<F: Feed>(
    feed: Arc<F>,
    from: u64,
    forever: bool,
    batches: mpsc::Sender<Result<Vec<Step>, ViewError>>,
) {
    let mut position = from;
    let mut page = feed.read(position, BATCH).await;
    loop {
        let batch = match page {
            Ok(batch) => batch,
            Err(error) => return drop(batches.send(Err(unread(error))).await),
        };
        if batch.is_empty() {
            // The end is the end only if the head says so: a short answer is not believed.
            match feed.head().await {
                Ok(head) if head > position => {}
                // The log has been put back to an older copy: the next pass finds out.
                Ok(head) if head < position => return,
                Ok(_) if !forever => return,
                Ok(_) => feed.grown(position).await,
                Err(error) => return drop(batches.send(Err(unread(error))).await),
            }
            page = feed.read(position, BATCH).await;
            continue;
        }
        position += batch.len() as u64;
        let is_full = batch.len() == BATCH;
        let understood = blocking(move || understand(batch));
        let understood = if is_full {
            // More is there for certain, or nearly: it is read while this is understood.
            let (understood, next) = tokio::join!(understood, feed.read(position, BATCH));
            page = next;
            understood
        } else {
            page = Ok(Vec::new());
            understood.await
        };
        let understood = understood.and_then(|steps| steps);
        let failed = understood.is_err();
        if batches.send(understood).await.is_err() || failed {
            return;
        }
        if !is_full {
            page = feed.read(position, BATCH).await;
        }
    }
}

fn understand(batch: Vec<chasqui_procedures::recorded::RawRecord>) -> Result<Vec<Step>, ViewError> {
    batch
        .into_iter()
        .map(|raw| {
            let recorded = raw.decode()?;
            Ok((raw, recorded))
        })
        .collect()
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, ViewError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| ViewError::Row {
            view: "all",
            source: error.into(),
        })
}

fn unread(error: FeedError) -> ViewError {
    ViewError::Feed(error)
}
