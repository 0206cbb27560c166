//! The API, version 1: one file a resource.

pub(crate) mod actor;
pub(crate) mod body;
pub(crate) mod calendars;
pub(crate) mod catalogue;
pub(crate) mod deadlines;
pub(crate) mod document;
pub(crate) mod events;
pub(crate) mod indicators;
mod lists;
pub(crate) mod me;
pub(crate) mod order;
pub(crate) mod persons;
pub(crate) mod procedures;
mod rest_days;
