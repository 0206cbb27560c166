//! The promises of the crate, kept from outside: the published vectors byte for byte, the recursion
//! of the RFC, programs written by others, every bit flipped, and every input survived.

#![expect(
    clippy::unwrap_used,
    reason = "a helper of a test that cannot unwrap has failed it"
)]

mod canonical;
mod cosignatures;
mod derivation;
mod flips;
mod foreign;
mod histories;
mod hostile;
mod large;
mod leaves;
mod policies;
mod receipts;
mod submissions;
mod support;
mod trees;
mod vectors;
