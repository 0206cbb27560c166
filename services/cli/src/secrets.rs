//! The pepper's file: made once, readable by its owner alone, never overwritten.

use std::fs::{self, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::Path;

use chasqui_commands::Secrets;
use chasqui_commands::vault::Vault;
use zeroize::Zeroizing;

use crate::output::{Failure, environment};

const HINT: &str =
    "keep this file safe and out of the database's backups: without it no code opens";

/// The secrets of a deployment. They are made if the file is not there and `make` allows it.
pub(crate) fn load(file: &Path, make: bool) -> Result<Secrets, Failure> {
    match fs::read_to_string(file).map(Zeroizing::new) {
        Ok(text) => match parse(text.trim()) {
            Some(pepper) => Ok(Secrets::new(pepper)),
            None => {
                let problem = anyhow::anyhow!("{} is not 64 hexadecimal digits", file.display());
                Err(environment(problem, "restore the file from your own copy"))
            }
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound && make => {
            create(file)?;
            load(file, false)
        }
        Err(error) => {
            let error =
                anyhow::Error::new(error).context(format!("cannot read {}", file.display()));
            Err(environment(
                error,
                "restore the file from your own copy: the codes of this log open with no other",
            ))
        }
    }
}

/// Makes the key of the vault's first epoch. False if there is one already.
pub(crate) fn make_epoch(vault: &Vault) -> Result<bool, Failure> {
    let made = vault.keys.make_first();
    let made = made.map_err(|e| environment(e, "check the folder's owner and the free space"))?;
    if made {
        let folder = vault.keys.folder().display();
        tracing::info!(
            folder = %folder,
            "made the key of the vault's first epoch; without it no person can be read"
        );
    }
    Ok(made)
}

/// Makes the pepper's file. False if there is one already.
pub(crate) fn create(file: &Path) -> Result<bool, Failure> {
    let failed = |error: io::Error| {
        let error = anyhow::Error::new(error).context(format!("cannot write {}", file.display()));
        environment(error, "check the folder's owner and the free space")
    };
    if let Some(folder) = file.parent() {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(failed)?;
    }
    let mut pepper = [0; 32];
    getrandom::fill(&mut pepper).map_err(|error| {
        environment(
            anyhow::anyhow!("{error}"),
            "the system gave no random bytes",
        )
    })?;
    let text: String = pepper.iter().map(|byte| format!("{byte:02x}")).collect();
    // Written aside and linked into place: it is there whole or not at all, and the first one stays.
    let part = file.with_extension(format!("part-{}", std::process::id()));
    let mut out = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&part)
        .map_err(failed)?;
    out.write_all(format!("{text}\n").as_bytes())
        .and_then(|()| out.sync_all())
        .map_err(failed)?;
    let linked = fs::hard_link(&part, file);
    fs::remove_file(&part).map_err(failed)?;
    match linked {
        Ok(()) => {
            tracing::info!(file = %file.display(), "made a new pepper; {HINT}");
            Ok(true)
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error)),
    }
}

fn parse(text: &str) -> Option<[u8; 32]> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut pepper = [0; 32];
    for (i, byte) in pepper.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Some(pepper)
}
