//! The store on PostgreSQL 15 and later.

mod connect;
mod read;
mod write;

pub(crate) use connect::Postgres;
