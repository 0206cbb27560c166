//! Why a witness cannot work.

use std::error::Error;
use std::io;
use std::path::PathBuf;

/// The witness cannot start, or cannot keep what it decided; then it cosigns nothing.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// Another process is this witness. Two would cosign two histories.
    #[error("another process is this witness already")]
    Busy,
    /// A file is missing, damaged, or cannot be written.
    #[error("cannot use {path}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// A key that cannot be watched.
    #[error("cannot watch {vkey}")]
    Log {
        /// The key as it was given.
        vkey: String,
        /// Why.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
}

impl WitnessError {
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File {
            path,
            source: source.into(),
        }
    }

    pub(crate) fn damaged<E: Into<Box<dyn Error + Send + Sync>>>(
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(E) -> Self {
        let path = path.into();
        move |source| Self::File {
            path,
            source: source.into(),
        }
    }
}
