//! What may lawfully happen to a procedure (trámite), and what follows from it.
//!
//! A procedure is its history: [`event::Entry`] by entry. [`decide`](decide::decide) grants or refuses
//! a wish, [`Procedure::evolve`] takes an entry in, [`historical::record`] takes a source's claims
//! as they are. All of it is pure: calendars, rules and the time are handed in as values. No event
//! holds a person, an address, a tracking code or free text.
//!
//! Invariants: this crate never sees a clock, a file, a socket or randomness; every event is matched
//! by name wherever events are read; what the public may see is decided in [`publication`] alone.

pub mod aggregate;
pub mod calendar;
pub mod catalogue;
pub mod clockwork;
pub mod command;
pub mod contradiction;
pub mod decide;
pub mod due;
pub mod erasure;
pub mod event;
mod evolve;
pub mod historical;
pub mod ids;
pub mod log;
pub mod moment;
pub mod names;
pub mod outcome;
mod procedure;
pub mod public_line;
pub mod publication;
pub mod recorded;
pub mod rejection;
#[cfg(feature = "schema")]
pub mod schema;
pub mod standing;
pub mod subprocedure;
pub mod text;
pub mod tracking_code;
pub mod upcast;

pub use moment::Moment;
pub use procedure::{Decision, Filing, Procedure, Silence};
pub use tracking_code::TrackingCode;
