//! Opening a file from outside: compressed or not, counted, and bounded.
//!
//! A few kilobytes of gzip can hold gigabytes. The reader counts what comes out, stops at a limit for
//! the whole file, and at a limit for what a parser may take before it has something to show for it.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

/// The most that one file may hold once it is decompressed.
const MAX_BYTES: u64 = 16 << 30;
/// The most that a compressed file may grow, once it is beyond the first megabytes.
const MAX_RATIO: u64 = 200;
const RATIO_FREE: u64 = 64 << 20;
/// The most that a parser may take between two events: one tag, one text, one row.
const MAX_TOKEN: u64 = 1 << 20;

/// A bounded reader that knows in which line it is.
pub(super) struct Source {
    inner: Box<dyn BufRead + Send>,
    line: u64,
    taken: u64,
    since_mark: u64,
    most: u64,
}

/// Opens a file; one that begins like gzip is decompressed, whatever its name.
pub(super) fn open(path: &Path) -> io::Result<Source> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::Error::other("it is a folder; name a file"));
    }
    let size = file.metadata()?.len();
    let mut plain = BufReader::with_capacity(1 << 16, file);
    let compressed = plain.fill_buf()?.starts_with(&[0x1f, 0x8b]);
    let mut source = Source {
        inner: Box::new(plain),
        line: 1,
        taken: 0,
        since_mark: 0,
        most: MAX_BYTES,
    };
    if compressed {
        source.most = MAX_BYTES.min(size.saturating_mul(MAX_RATIO).max(RATIO_FREE));
        let decoder = MultiGzDecoder::new(source.inner);
        source.inner = Box::new(BufReader::with_capacity(1 << 16, decoder));
    }
    if source.fill_buf()?.starts_with(&[0xef, 0xbb, 0xbf]) {
        source.consume(3);
    }
    Ok(source)
}

impl Source {
    /// The line of the next byte, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// Says that a token is complete: the limit for the next one starts anew.
    pub(super) fn mark(&mut self) {
        self.since_mark = 0;
    }
}

impl BufRead for Source {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.taken > self.most {
            return Err(io::Error::other(format!(
                "it holds more than {} MB once decompressed; split it, or check that it is not damaged",
                self.most >> 20
            )));
        }
        if self.since_mark > MAX_TOKEN {
            return Err(io::Error::other(
                "one element or row is longer than 1 MB; that is no event log",
            ));
        }
        self.inner.fill_buf().map_err(explain)
    }

    fn consume(&mut self, amount: usize) {
        if let Ok(buffer) = self.inner.fill_buf() {
            let used = &buffer[..amount.min(buffer.len())];
            self.line += used.iter().filter(|byte| **byte == b'\n').count() as u64;
        }
        self.taken += amount as u64;
        self.since_mark += amount as u64;
        self.inner.consume(amount);
    }
}

impl Read for Source {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let amount = available.len().min(out.len());
        out[..amount].copy_from_slice(&available[..amount]);
        self.consume(amount);
        Ok(amount)
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "every other error is about the file itself, not about what is in it"
)]
fn explain(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => io::Error::other(
            "the compressed data ends in the middle: the file is incomplete; fetch it again",
        ),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => io::Error::other(format!(
            "the compressed data is damaged ({error}); fetch the file again"
        )),
        _ => error,
    }
}
