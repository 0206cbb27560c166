//! What can be wrong with what was handed in. Each error says which rule was broken, and by what
//! number or name; none repeats a value that could be personal.

mod event;
mod file;
mod note;
mod tree;

pub use event::{
    CommitmentError, DisclosureError, HistoryError, LeafError, OpenError, SealError, ValueError,
};
pub use file::{
    HistoryFileError, PolicyError, PolicyRefusal, ProofFileError, ReceiptError, SubmissionError,
};
pub use note::{CheckpointError, KeyError, NoteError, SignError};
pub use tree::{MalformedHash, MalformedName, ProofError, ProveError, TileError, TreeError};
