//! The promises of the crate, kept from outside: the published vectors, the laws that hold for
//! every input, the table that maps the law to the code, and the texts people read.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test that cannot unwrap has failed it"
)]

mod calendars;
mod foreign;
mod generators;
mod hostile;
mod law_table;
mod laws;
mod laws_by_walking;
mod ledger;
mod receipts;
mod recomputed;
mod standings;
mod vectors;
