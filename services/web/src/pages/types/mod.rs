//! The procedure types, with the headings that people know from gob.ec.

mod list;
mod show;
mod term;

pub(crate) use list::list;
pub(crate) use show::show;
