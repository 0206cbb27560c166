//! What is read from a file or from standard input because it must not be an argument: everybody on a
//! machine can read the arguments of its processes.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use zeroize::Zeroizing;

use crate::output::{Failure, usage};

/// The bytes of a file, or of standard input for `-`; at most one more than `limit`, so that the reader
/// can tell that there are too many. Their memory is wiped.
pub(crate) fn read(path: &Path, limit: usize) -> Result<Zeroizing<Vec<u8>>, Failure> {
    // Made at its full length: it never moves, and so leaves no copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(limit + 2));
    let most = limit as u64 + 1;
    let read = if path == Path::new("-") {
        io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    read.map_err(|error| {
        let error = anyhow::Error::new(error).context(format!("cannot read {}", path.display()));
        usage(
            error,
            "name a file that you can read, or - for standard input",
        )
    })?;
    Ok(bytes)
}
