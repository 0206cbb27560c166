//! What the witness keeps: for each log the newest checkpoint that it cosigned, and what it refused.
//!
//! Each file is written aside, synced and renamed, and its folder synced, before anybody is answered.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chasqui_tlog::checkpoint::SignedCheckpoint;
use chasqui_tlog::note::VerifierKey;
use chasqui_tlog::witness::Latest;
use sha2::{Digest, Sha256};

use crate::error::WitnessError;

/// The most submissions of a kind that are kept for one log: enough to prove, too few to fill a disk.
const MOST_KEPT: usize = 1000;

/// Why a submission that the log had signed is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// Two roots for one size: with the checkpoint that was cosigned, this proves a fork by itself.
    Fork,
    /// Refused. Who judges it asks the log for the proof that was not given; an honest log has it.
    Refused,
}

/// What the witness knows of one log.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The newest checkpoint that it cosigned, with its cosignature; none yet for a new log.
    pub checkpoint: Option<SignedCheckpoint>,
    /// How many other roots of a cosigned size the log has signed. Anything but 0 is proof that it
    /// contradicted itself.
    pub forks: usize,
    /// How many other submissions are kept that it had signed and that were refused.
    pub refused: usize,
}

/// The folder of a witness.
#[derive(Clone, Debug)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// The right to be this witness, until the file is dropped.
    pub(crate) fn lock(&self) -> Result<File, WitnessError> {
        let path = self.0.join("lock");
        let file = File::options()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(WitnessError::file(&path))?;
        match file.try_lock() {
            Ok(()) => Ok(file),
            Err(TryLockError::WouldBlock) => Err(WitnessError::Busy),
            Err(TryLockError::Error(error)) => Err(WitnessError::file(path)(error)),
        }
    }

    /// What is known of a log. A damaged file is an error: a witness that has forgotten is none.
    pub(crate) fn seen(&self, origin: &str) -> Result<Seen, WitnessError> {
        let path = self.of(origin).join("latest");
        let checkpoint = match fs::read(&path) {
            Ok(bytes) => {
                let read = SignedCheckpoint::parse(&bytes);
                Some(read.map_err(WitnessError::damaged(&path))?)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(WitnessError::file(path)(error)),
        };
        Ok(Seen {
            checkpoint,
            forks: self.kept(origin, Kept::Fork)?.len(),
            refused: self.kept(origin, Kept::Refused)?.len(),
        })
    }

    /// Remembers what is about to be cosigned.
    pub(crate) fn keep(&self, signed: &SignedCheckpoint) -> Result<(), WitnessError> {
        let path = self.of(signed.checkpoint().origin()).join("latest");
        write(&path, signed.to_string().as_bytes()).map_err(WitnessError::file(path))
    }

    /// Keeps a refused submission. What its checkpoint says names it: sent again with another proof it is
    /// the same file, so that nobody fills the folder by repeating what the log once signed.
    pub(crate) fn keep_refused(
        &self,
        signed: &SignedCheckpoint,
        why: Kept,
        body: &[u8],
    ) -> Result<(), WitnessError> {
        let origin = signed.checkpoint().origin();
        let hash = hex(&Sha256::digest(signed.note().text()));
        let name = format!("{}-{hash}.txt", signed.checkpoint().size());
        let kept = self.kept(origin, why)?;
        if kept.contains(&name) || kept.len() >= MOST_KEPT {
            return Ok(());
        }
        let path = self.of(origin).join(why.folder()).join(name);
        write(&path, body).map_err(WitnessError::file(path))
    }

    /// The names of the kept submissions.
    fn kept(&self, origin: &str, why: Kept) -> Result<Vec<String>, WitnessError> {
        let folder = self.of(origin).join(why.folder());
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(WitnessError::file(folder)(error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(WitnessError::file(&folder))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if !name.starts_with('.') {
                names.push(name);
            }
        }
        Ok(names)
    }

    /// Remembers whom to watch, so that `status` and the next start know.
    pub(crate) fn keep_logs(&self, logs: &[VerifierKey]) -> Result<(), WitnessError> {
        let path = self.0.join("logs");
        let text: String = logs.iter().map(|log| format!("{log}\n")).collect();
        write(&path, text.as_bytes()).map_err(WitnessError::file(path))
    }

    /// Whom it watches.
    pub(crate) fn logs(&self) -> Result<Vec<VerifierKey>, WitnessError> {
        let path = self.0.join("logs");
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(WitnessError::file(path)(error)),
        };
        let read = text.lines().map(str::parse).collect::<Result<Vec<_>, _>>();
        read.map_err(WitnessError::damaged(path))
    }

    fn of(&self, origin: &str) -> PathBuf {
        // An origin can hold slashes and dots; its hash cannot.
        self.0.join("seen").join(hex(&Sha256::digest(origin)))
    }
}

impl Kept {
    const fn folder(self) -> &'static str {
        match self {
            Self::Fork => "forks",
            Self::Refused => "refused",
        }
    }
}

impl Seen {
    /// The state from which the next checkpoint must go on.
    pub(crate) fn latest(&self) -> Latest {
        self.checkpoint.as_ref().map_or_else(Latest::none, |one| {
            let (size, root) = (one.checkpoint().size(), one.checkpoint().root());
            Latest { size, root }
        })
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Aside, synced, renamed, and the folders synced: after a crash the old file is there or the new one.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let is_new = !folder.exists();
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let aside = folder.join(format!(".{name}.part"));
    let mut file = File::create(&aside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&aside, path)?;
    File::open(folder)?.sync_all()?;
    let above = folder.ancestors().skip(1).take(3);
    for folder in above.filter(|folder| is_new && folder.is_dir()) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}
