//! The API, version 1: one file a resource.

pub(crate) mod actor;
pub(crate) mod indicators;
pub(crate) mod me;
pub(crate) mod procedures;
