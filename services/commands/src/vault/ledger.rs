//! The ledger of destroyed keys as a file beside the database: what an older copy of the database does
//! not know, this file tells.
//!
//! One line a key: `v1 <key id in hexadecimal> <moment>`. Lines are only ever added, and are on the disk
//! before the key is destroyed. The file holds no key and no person.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use chasqui_store::KeyId;
use jiff::Timestamp;

use super::seal::{hex, unhex};

/// A file with the names of destroyed keys, which need not be there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ledger(PathBuf);

/// The ledger's file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("cannot use the ledger of destroyed keys, {}", path.display())]
pub struct LedgerError {
    /// Which.
    pub path: PathBuf,
    /// Why.
    #[source]
    pub source: io::Error,
}

/// What the file says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) destroyed: Vec<(KeyId, Timestamp)>,
    /// Lines that say nothing. The last one may be half written: its key was not destroyed yet.
    pub(super) unreadable: usize,
}

impl Ledger {
    /// The ledger in a file.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// What it says, oldest first.
    pub(super) fn read(&self) -> Result<Told, LedgerError> {
        let text = match fs::read_to_string(&self.0) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Told::default()),
            Err(error) => return Err(self.failed(error)),
        };
        let mut told = Told::default();
        for line in text.lines().filter(|line| !line.is_empty()) {
            match parse(line) {
                Some(destroyed) => told.destroyed.push(destroyed),
                None => told.unreadable += 1,
            }
        }
        Ok(told)
    }

    /// Adds keys, and answers once they are on the disk.
    pub(super) fn append(&self, keys: &[(KeyId, Timestamp)]) -> Result<(), LedgerError> {
        if keys.is_empty() {
            return Ok(());
        }
        self.write(keys).map_err(|error| self.failed(error))
    }

    fn write(&self, keys: &[(KeyId, Timestamp)]) -> io::Result<()> {
        let folder = self.0.parent().unwrap_or(Path::new("."));
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
        let mut options = File::options();
        options.create(true).read(true).append(true).mode(0o600);
        let mut file = options.open(&self.0)?;
        file.lock()?;
        let mut lines = String::new();
        // A line that a crash has cut off stays by itself.
        if file.seek(SeekFrom::End(0))? > 0 {
            file.seek(SeekFrom::End(-1))?;
            let mut last = [0];
            file.read_exact(&mut last)?;
            if last != *b"\n" {
                lines.push('\n');
            }
        }
        for (key, at) in keys {
            lines.push_str(&format!("v1 {} {at}\n", hex(key)));
        }
        file.write_all(lines.as_bytes())?;
        file.sync_all()?;
        File::open(folder).and_then(|folder| folder.sync_all())
    }

    fn failed(&self, source: io::Error) -> LedgerError {
        LedgerError {
            path: self.0.clone(),
            source,
        }
    }
}

fn parse(line: &str) -> Option<(KeyId, Timestamp)> {
    let mut words = line.split(' ');
    let (version, key, at) = (words.next()?, words.next()?, words.next()?);
    if version != "v1" || words.next().is_some() {
        return None;
    }
    Some((unhex(key)?, at.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ledger(name: &str) -> Ledger {
        let folder = std::env::temp_dir().join(format!("ledger-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        Ledger::at(folder.join("shred-ledger"))
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn what_was_destroyed_is_told_in_its_order() {
        let ledger = ledger("order");
        assert_eq!(ledger.read().unwrap(), Told::default());
        ledger
            .append(&[([1; 16], at(10)), ([2; 16], at(11))])
            .unwrap();
        ledger.append(&[([3; 16], at(9))]).unwrap();
        let told = ledger.read().unwrap();
        assert_eq!(told.unreadable, 0);
        let keys = [([1; 16], at(10)), ([2; 16], at(11)), ([3; 16], at(9))];
        assert_eq!(told.destroyed, keys);
    }

    #[test]
    fn a_line_that_was_cut_off_spoils_no_other() {
        let ledger = ledger("cut");
        ledger.append(&[([1; 16], at(10))]).unwrap();
        let mut file = File::options().append(true).open(ledger.path()).unwrap();
        file.write_all(b"v1 0202").unwrap();
        ledger.append(&[([3; 16], at(11))]).unwrap();
        let told = ledger.read().unwrap();
        assert_eq!(told.destroyed, [([1; 16], at(10)), ([3; 16], at(11))]);
        assert_eq!(told.unreadable, 1);
    }
}
