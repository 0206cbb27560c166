//! HTTP and nothing else: requests become commands and queries, views become pages and JSON.
//!
//! Invariant: this crate never sees SQL or the event database. What is public was decided in
//! `chasqui_procedures::publication`; whether a procedure is late is computed here, for today, by the
//! domain's own function.

mod api;
mod app;
mod client;
mod dates;
mod embed;
mod health;
mod icalendar;
mod language;
mod log;
mod messages;
mod misses;
mod numbers;
mod pages;
mod past;
mod position;
mod problem;
mod prover;
mod public;
mod reader;
mod refusal;
mod routes;
mod security;
mod stale;
mod telemetry;
mod words;

pub use app::App;
pub use client::TrustedProxies;
pub(crate) use messages::{plain, plain_with, say, say_with};
pub use prover::{Answer, Prover, ProverError, SealedLine};
pub use routes::router;
pub use telemetry::{describe, observe};
