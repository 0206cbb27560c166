//! The witness's own key: a file made once, readable by its owner alone.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use chasqui_tlog::note::{Algorithm, KeyName, SeedSigner};
use zeroize::Zeroizing;

use crate::error::WitnessError;

const HEADER: &str = "chasqui-witness-key/v1";
const NAME: &str = "key";

/// Makes the key of a witness in a folder, unless there is one; false if there is. `name` is the
/// witness's name for ever: an address without its scheme, such as `testigo.universidad.edu.ec/w1`.
pub fn create_key(folder: &Path, name: &KeyName) -> Result<bool, WitnessError> {
    let path = folder.join(NAME);
    make(&path, name).map_err(WitnessError::file(path))
}

/// Reads the key of the witness in this folder. A file that others may read is refused.
pub(crate) fn load(folder: &Path) -> Result<SeedSigner, WitnessError> {
    let path = folder.join(NAME);
    read(&path).map_err(WitnessError::file(path))
}

fn make(path: &Path, name: &KeyName) -> io::Result<bool> {
    if path.exists() {
        return Ok(false);
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(seed.as_mut_slice()).map_err(|error| io::Error::other(error.to_string()))?;
    let hex = Zeroizing::new(crate::folder::hex(seed.as_slice()));
    let text = Zeroizing::new(format!("{HEADER}\n{name}\n{}\n", *hex));
    let part = path.with_extension(format!("part-{}", std::process::id()));
    let mut file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&part)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    // Linked, not renamed: the first one stays.
    let linked = fs::hard_link(&part, path);
    fs::remove_file(&part)?;
    File::open(folder)?.sync_all()?;
    match linked {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}

fn read(path: &Path) -> io::Result<SeedSigner> {
    let invalid = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
    if fs::metadata(path)?.permissions().mode() & 0o077 != 0 {
        return Err(invalid("others may read it; chmod 600"));
    }
    let text = Zeroizing::new(fs::read_to_string(path)?);
    let lines: Vec<&str> = text.lines().collect();
    let [HEADER, name, hex] = lines[..] else {
        return Err(invalid("not the key of a witness"));
    };
    let mut seed = Zeroizing::new([0; 32]);
    if hex.len() != 64 || !hex.is_ascii() {
        return Err(invalid("not 64 hexadecimal digits"));
    }
    for (i, byte) in seed.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * i..2 * i + 2], 16)
            .map_err(|_| invalid("not 64 hexadecimal digits"))?;
    }
    let name: KeyName = name.parse().map_err(|_| invalid("not a witness's name"))?;
    SeedSigner::new(name, Algorithm::Cosignature, &seed)
        .map_err(|error| invalid(&error.to_string()))
}
