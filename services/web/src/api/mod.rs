//! The API, version 1: one file a resource.

pub(crate) mod indicators;
pub(crate) mod procedures;
