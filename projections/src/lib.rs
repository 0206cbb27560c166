//! The read side: views built from the log by position, kept in one local SQLite file.
//!
//! Invariants: views are written only by the runner, in the transaction that moves the cursor; a
//! rebuild gives the same tables, byte for byte; no view knows the event database, only its [`Feed`];
//! no view says whether a procedure is late, because that depends on the day of the question.

pub mod catalogue;
mod error;
mod facts;
mod feed;
mod folder;
mod hash;
mod projector;
pub mod register;
mod runner;
mod schema;
pub mod status;
pub mod stream;
pub mod timeliness;
mod views;

pub use error::ViewError;
pub use feed::{Feed, FeedError};
pub use folder::Folder;
pub use hash::{TableHash, hash};
pub use runner::{Rebuilt, Runner, catch_up, rebuild};
pub use rusqlite::Connection;
pub use schema::{TABLES, Table};
pub use views::{Progress, Views};
