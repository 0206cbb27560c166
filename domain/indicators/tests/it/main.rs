//! The crate seen from outside: published vectors, published examples, and laws.

#![expect(
    clippy::unwrap_used,
    reason = "a test that meets what cannot be should fail"
)]

mod equations;
mod histogram_laws;
mod interval_laws;
mod reader;
mod suppression;
mod survival_laws;
mod textbook;
mod vectors;
