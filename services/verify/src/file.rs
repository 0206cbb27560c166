//! A file of open data: the log names the digest of every file that was published, so that one that was
//! replaced in silence is found out.

use std::io::{self, Read};

use chasqui_tlog::leaf::{DatasetLeaf, FileDigest};
use chasqui_tlog::policy::Policy;
use sha2::{Digest, Sha256};

use crate::audit::{Audited, Question, audit};
use crate::error::VerifyError;
use crate::source::Source;

/// A file that the log names.
#[derive(Debug)]
pub struct CheckedFile {
    /// The entries that name it, with their places.
    pub entries: Vec<(u64, DatasetLeaf)>,
    /// The log.
    pub log: Audited,
}

/// SHA-256 of all that can be read.
pub fn digest_of(mut reader: impl Read) -> io::Result<FileDigest> {
    let mut hash = Sha256::new();
    let mut block = vec![0; 64 * 1024];
    loop {
        match reader.read(&mut block)? {
            0 => return Ok(FileDigest::from_bytes(hash.finalize().into())),
            read => hash.update(&block[..read]),
        }
    }
}

/// Audits the log, and finds the entries that name a file with this digest.
pub fn check_file(
    digest: FileDigest,
    source: &dyn Source,
    policy: &Policy,
    mut question: Question<'_>,
) -> Result<CheckedFile, VerifyError> {
    question.file = Some(digest);
    let mut log = audit(source, policy, question)?;
    let entries = std::mem::take(&mut log.files);
    if entries.is_empty() {
        let datasets = log.datasets;
        return Err(VerifyError::UnknownFile { datasets });
    }
    Ok(CheckedFile { entries, log })
}
