//! The store embedded in the process, on one SQLite file.

mod connect;
mod idempotency;
mod keys;
mod leaves;
mod lookout;
mod migrate;
mod notes;
mod read;
mod vault;
mod write;

pub(crate) use connect::Sqlite;
