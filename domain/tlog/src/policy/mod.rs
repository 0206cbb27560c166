//! Who must have signed (`tlog-policy`): known logs, known witnesses, and how many of these.
//!
//! A policy is configured out of band. One that is served beside the log it judges proves nothing.

mod check;
mod parse;
mod print;
mod rules;

pub use check::{Acceptance, Cosigner};
pub use parse::MAX_POLICY_BYTES;
pub use rules::{Group, Log, Member, Policy, Quorum, Witness};
