//! A believable year for Quito, made up: every procedure lives through the same rules as a real one.

mod catalogue;
mod fill;
mod life;

pub(crate) use fill::fill;

/// The name under which made-up procedures keep their identity: the same seed gives the same ones.
pub(crate) const SOURCE: &str = "demo";
