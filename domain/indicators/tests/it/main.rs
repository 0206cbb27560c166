//! The crate seen from outside: published vectors, published examples, and laws.

#![expect(
    clippy::unwrap_used,
    reason = "a test that meets what cannot be should fail"
)]

mod cohorts;
mod equations;
mod formula_laws;
mod histogram_laws;
mod interval_laws;
mod other_figures;
mod other_program;
mod reader;
mod rows;
mod sheets;
mod stock_and_flow;
mod suppression;
mod survival_laws;
mod textbook;
mod three_releases;
mod vectors;
mod waiting;
