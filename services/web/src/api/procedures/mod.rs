//! Procedures in the API: file one, act on one, read one, list those of a unit.

pub(crate) mod act;
pub(crate) mod done;
pub(crate) mod file;
pub(crate) mod history;
pub(crate) mod kinds;
pub(crate) mod list;
mod office;
pub(crate) mod show;
mod subprocedures;
pub(crate) mod wishes;
