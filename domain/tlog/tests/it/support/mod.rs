//! What the tests share: vectors, keys, logs in memory, and the recursion of RFC 6962.

mod log;
mod naive;
mod vector;

pub(crate) use log::{Log, Tiles, key, signer};
pub(crate) use naive::Naive;
pub(crate) use vector::{bytes, text};
