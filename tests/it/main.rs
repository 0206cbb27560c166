//! The integration tests: one binary, because linking is what takes time. `tests/run` starts it with
//! the address of a PostgreSQL server in `TEST_POSTGRES_URL`, and with the binary built beside it.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by a panic, also in the functions that tests share"
)]

mod api;
mod bad_input;
mod calculator;
mod catalogue;
mod command_line;
mod deadline_cli;
mod figures;
mod guessing;
mod keys;
mod kills;
mod lifecycle;
mod log;
mod log_faults;
mod memories;
mod restart;
mod routes;
pub(crate) mod store;
mod support;
mod swap;
mod tidy;
mod time;
mod vault;
mod verify;
mod views;
mod walk;
mod web;
mod witness;
