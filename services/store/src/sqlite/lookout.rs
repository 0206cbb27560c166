//! Noticing what another process appends: `data_version` changes when another connection has committed.
//!
//! The question costs microseconds and touches no page of the file but its header, so it can be asked far
//! more often than the log could be read.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::watch;

use super::read::{head, new_reader};
use crate::queue::learn;

/// How often the question is asked. What is appended is to be noticed within 200 ms.
const TICK: Duration = Duration::from_millis(50);

/// The thread that looks, which ends with this value.
#[derive(Debug)]
pub(super) struct Lookout {
    _alive: Sender<()>,
}

impl Lookout {
    pub(super) fn begin(path: PathBuf, told: watch::Sender<u64>) -> Self {
        let (sender, over) = channel();
        let thread = std::thread::Builder::new().name("store-lookout".into());
        let begun = thread.spawn(move || {
            if let Err(error) = look(&path, &told, &over) {
                tracing::warn!(error = %error, "what others append is noticed at the next poll only");
            }
        });
        if let Err(error) = begun {
            tracing::warn!(error = %error, "what others append is noticed at the next poll only");
        }
        Self { _alive: sender }
    }
}

fn look(path: &Path, told: &watch::Sender<u64>, over: &Receiver<()>) -> rusqlite::Result<()> {
    let connection = new_reader(path)?;
    let mut seen = None;
    loop {
        let version = data_version(&connection)?;
        if seen != Some(version) {
            seen = Some(version);
            learn(told, head(&connection)?);
        }
        if over.recv_timeout(TICK) != Err(RecvTimeoutError::Timeout) {
            return Ok(());
        }
    }
}

fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("pragma data_version")?
        .query_row([], |row| row.get(0))
}
