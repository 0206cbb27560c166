//! The checkpoint that a verifier keeps: with it, it notices a log that forgets or forks, without
//! anybody's help.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use chasqui_tlog::checkpoint::SignedCheckpoint;

use crate::error::VerifyError;

/// The checkpoint in the file; none if there is no file yet.
pub fn kept(path: &Path) -> Result<Option<SignedCheckpoint>, VerifyError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(SignedCheckpoint::parse(&bytes)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(file(path, source)),
    }
}

/// Keeps a checkpoint. The old one stays until the new one is whole on the disk.
pub fn keep(path: &Path, signed: &SignedCheckpoint) -> Result<(), VerifyError> {
    write(path, signed.to_string().as_bytes()).map_err(|source| file(path, source))
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".part");
    let mut file = File::create(&aside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&aside, path)
}

fn file(path: &Path, source: io::Error) -> VerifyError {
    let path = path.to_owned();
    VerifyError::File { path, source }
}
