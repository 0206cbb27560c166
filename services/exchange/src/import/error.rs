//! Why a file or a mapping cannot be imported at all. One row's trouble is not an error but a refusal,
//! and stands in the report.

use std::path::PathBuf;

use super::mapping::MappingError;

/// Nothing was imported, or the import stopped after a block that is complete: run it again, and it
/// goes on where it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be opened or read.
    #[error("cannot read {}", file.display())]
    Read {
        /// The file.
        file: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file is not what it should be.
    #[error("{}, line {line}: {problem}", file.display())]
    Malformed {
        /// The file.
        file: PathBuf,
        /// The line, from 1.
        line: u64,
        /// What is wrong there, and what to do.
        problem: String,
    },
    /// The mapping cannot be used.
    #[error(transparent)]
    Mapping(#[from] MappingError),
    /// The mapping names a field that the file does not have.
    #[error("{}: the mapping uses the field {field:?}, which the file does not have; it has {present}", file.display())]
    MissingField {
        /// The file.
        file: PathBuf,
        /// The field's name in the mapping.
        field: String,
        /// The fields that the file has.
        present: String,
    },
    /// The events could not be stored.
    #[error("cannot store the events")]
    Store(#[source] Box<dyn std::error::Error + Send + Sync>),
}
