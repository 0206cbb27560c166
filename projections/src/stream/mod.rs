//! The view `stream`: what is at each position, to be followed by anybody.

mod project;
mod query;
pub(crate) mod view;

pub(crate) use project::project;
pub use query::{Content, Line, read};
