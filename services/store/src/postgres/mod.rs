//! The store on PostgreSQL 15 and later.

mod connect;
mod idempotency;
mod keys;
mod read;
mod rivals;
mod statement;
mod vault;
mod write;

pub(crate) use connect::Postgres;
