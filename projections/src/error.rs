//! What can go wrong with views.

use std::path::PathBuf;

use chasqui_procedures::recorded::UnreadableRecord;

use crate::feed::FeedError;

/// A view could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// The folder or a file in it.
    #[error("cannot use {}", .0.display())]
    Folder(PathBuf, #[source] std::io::Error),
    /// The file of views.
    #[error("cannot use the file of views")]
    File(#[from] rusqlite::Error),
    /// A row is not of the form that this program writes. A rebuild mends it.
    #[error("a row of the view {view} is damaged")]
    Row {
        /// The view.
        view: &'static str,
        /// What is wrong with it.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The log could not be read.
    #[error(transparent)]
    Feed(#[from] FeedError),
    /// An event that this program cannot read. The views stay where they are.
    #[error(transparent)]
    Event(#[from] UnreadableRecord),
    /// The log has a gap or runs backwards: the views stay where they are.
    #[error("the log jumps from position {expected} to {found}")]
    Gap {
        /// The position that should have come.
        expected: u64,
        /// The position that came.
        found: u64,
    },
    /// There are no views yet.
    #[error("there are no views yet")]
    Empty,
    /// The views did not reach the position in time.
    #[error("the views are at position {at} and did not reach {wanted} in time")]
    Late {
        /// Where they are.
        at: u64,
        /// Where they should be.
        wanted: u64,
    },
}
