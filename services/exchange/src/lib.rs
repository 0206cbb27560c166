//! Procedures in and out of the system: one file for each format.
//!
//! Everything read here comes from outside, so everything has a limit, and every message names the
//! file, the place and what to do.

pub mod import;
