//! The key that signs the log: its file, made once, readable by its owner alone.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use chasqui_tlog::note::{Algorithm, KeyName, SeedSigner, Signer, VerifierKey};
use zeroize::Zeroizing;

use crate::error::SealerError;

const HEADER: &str = "chasqui-log-key/v1";

/// The key of a log, with the log's name.
#[derive(Debug)]
pub struct LogKey(SeedSigner);

impl LogKey {
    /// Makes a key, unless there is one in this file; false if there is. `origin` is the log's name for
    /// ever: an address without its scheme, such as `tramites.quito.gob.ec/log1`.
    pub fn create(path: &Path, origin: &KeyName) -> Result<bool, SealerError> {
        if path.exists() {
            return Ok(false);
        }
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut_slice())
            .map_err(|error| SealerError::file(path)(io::Error::other(error.to_string())))?;
        let hex: Zeroizing<String> =
            Zeroizing::new(seed.iter().map(|byte| format!("{byte:02x}")).collect());
        let text = Zeroizing::new(format!("{HEADER}\n{origin}\n{}\n", *hex));
        link(path, text.as_bytes()).map_err(SealerError::file(path))
    }

    /// Reads a key. A file that others may read is refused.
    pub fn load(path: &Path) -> Result<Self, SealerError> {
        let failed = SealerError::file(path);
        match read(path) {
            Ok(signer) => Ok(Self(signer)),
            Err(error) => Err(failed(error)),
        }
    }

    /// Who verifies what it signs.
    #[must_use]
    pub fn verifier(&self) -> &VerifierKey {
        self.0.key()
    }

    pub(crate) fn signer(&self) -> &SeedSigner {
        &self.0
    }
}

fn read(path: &Path) -> io::Result<SeedSigner> {
    let invalid = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
    if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
        return Err(invalid("others may read it; chmod 600"));
    }
    let text = Zeroizing::new(fs::read_to_string(path)?);
    let lines: Vec<&str> = text.lines().collect();
    let [HEADER, origin, hex] = lines[..] else {
        return Err(invalid("not the key of a log"));
    };
    let mut seed = Zeroizing::new([0; 32]);
    if hex.len() != 64 || !hex.is_ascii() {
        return Err(invalid("not 64 hexadecimal digits"));
    }
    for (i, byte) in seed.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * i..2 * i + 2], 16)
            .map_err(|_| invalid("not 64 hexadecimal digits"))?;
    }
    let name: KeyName = origin.parse().map_err(|_| invalid("not a log's name"))?;
    SeedSigner::new(name, Algorithm::Ed25519, &seed).map_err(|error| invalid(&error.to_string()))
}

/// Written aside and linked into place: it is there whole or not at all, and the first one stays.
fn link(path: &Path, bytes: &[u8]) -> io::Result<bool> {
    if let Some(folder) = path.parent() {
        DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    let part = path.with_extension(format!("part-{}", std::process::id()));
    let mut file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    let linked = fs::hard_link(&part, path);
    fs::remove_file(&part)?;
    match linked {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}
