//! A whole log, read from its first entry to its last: every file of it is computed again from the
//! entries. Blocks are read and hashed by several threads and put together in order, so that memory
//! stays bounded however long the log is.

mod audited;
mod block;
mod run;
mod tree;

pub use audited::{Audited, Question};
pub use run::audit;
