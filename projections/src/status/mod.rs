//! The view `status`: one procedure by its tracking code, with its history.

mod project;
mod query;
pub(crate) mod view;

pub(crate) use project::Histories;
pub use query::{by_code, by_code_as_known_at, by_procedure};
pub use view::StatusView;
