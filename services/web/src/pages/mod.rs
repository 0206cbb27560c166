//! The pages that people read. Each folder has a handler and its template.

pub(crate) mod about;
pub(crate) mod calculator;
pub(crate) mod error;
pub(crate) mod home;
pub(crate) mod indicators;
mod layout;
pub(crate) mod readings;
pub(crate) mod receipt;
pub(crate) mod silence;
pub(crate) mod status;
pub(crate) mod types;
pub(crate) mod verify;

pub(crate) use layout::{Layout, STYLE, page};
