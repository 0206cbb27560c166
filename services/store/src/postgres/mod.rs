//! The store on PostgreSQL 15 and later.

mod connect;
mod copy;
mod hint;
mod idempotency;
mod keys;
mod leaves;
mod notes;
mod read;
mod rivals;
mod statement;
mod vault;
mod write;

pub(crate) use connect::Postgres;
