//! The ledger of a procedure: what stopped its clock and what lengthened its term.

mod cause;
mod entries;
mod per_cause;

pub use cause::SuspensionCause;
pub use entries::{Extension, Ledger, Suspension};
pub use per_cause::PerCause;
