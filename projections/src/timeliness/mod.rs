//! The view `timeliness`: counts by integer days, from which every figure is computed exactly.

mod project;
mod query;
pub(crate) mod view;

pub(crate) use project::Cells;
pub use query::{Answer, AsOf, Distribution, Figure, Point, Question, answer};
