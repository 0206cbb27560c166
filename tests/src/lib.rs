//! What the integration tests and the benchmarks share: servers of their own. Nothing of the product is
//! made here.

#![expect(
    clippy::unwrap_used,
    reason = "a test fails by a panic, also in the functions that tests share"
)]

pub mod cluster;
pub mod disk;
pub mod feed;
pub mod site;
