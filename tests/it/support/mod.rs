//! What the tests share: databases, processes, HTTP, the real event logs.

pub(crate) mod binary;
pub(crate) mod database;
pub(crate) mod logs;
pub(crate) mod server;
pub(crate) mod vectors;

pub(crate) use binary::{Ran, chasqui, repository};
pub(crate) use database::{Database, Kind, both};
pub(crate) use server::Server;
pub(crate) use vectors::Vector;
