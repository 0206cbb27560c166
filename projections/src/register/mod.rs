//! The view `register`: one row a procedure, to be listed, filtered and counted.

mod project;
mod query;
pub(crate) mod view;

pub(crate) use project::Rows;
pub use query::{Filter, by_code, by_procedure, count, list, open};
pub use view::Row;
