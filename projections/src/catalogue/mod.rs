//! The view `catalogue`: whose log this is, its units and its procedure types.

mod project;
mod query;
pub(crate) mod view;

pub(crate) use project::{Change, project};
pub use query::{site, type_version, type_versions, unit, units};
pub use view::Site;
