//! A witness (C2SP tlog-witness): somebody outside who cosigns a log's checkpoint if it continues the
//! last one that they have seen, and keeps the proof if it does not.
//!
//! It knows no municipality and no database: only keys, checkpoints and a folder. It deliberately reads
//! no entry of a log, so that a small machine can watch many, and never forgets what it has cosigned.

mod answer;
mod error;
mod folder;
mod http;
mod key;
mod status;
mod witness;

pub use answer::Answer;
pub use error::WitnessError;
pub use folder::Seen;
pub use http::router;
pub use key::create_key;
pub use witness::{State, Witness};
