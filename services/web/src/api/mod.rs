//! The API, version 1: one file a resource.

pub(crate) mod actor;
pub(crate) mod calendars;
pub(crate) mod catalogue;
pub(crate) mod deadlines;
pub(crate) mod indicators;
pub(crate) mod me;
pub(crate) mod procedures;
mod rest_days;
