//! The use cases: load, decide, append. One file for each command, named like it.
//!
//! A command adds what a decision needs to know (now, the type's version, the calendars), lets the
//! domain decide, and appends what it decided. It answers from what was appended, never from a view
//! that may lag. Nothing here speaks HTTP, and nothing here is dispatched to views.

pub mod authorise;
mod calendars;
mod catalogue;
mod clock;
mod code;
mod commands;
mod decree;
mod done;
mod error;
mod execute;
mod file;
mod idempotency;
mod import;
mod keep_time;
mod log;
mod order;
mod private;
mod publish;
mod record;
mod secrets;
pub mod vault;

pub use calendars::Calendars;
pub use catalogue::CatalogueChange;
pub use clock::Clock;
pub use commands::Commands;
pub use done::Done;
pub use error::{CommandError, Trouble};
pub use file::{FileRequest, FiledProcedure};
pub use idempotency::{BadIdempotencyKey, KEPT_DAYS, MOST_CHARACTERS, Once, Recalled};
pub use import::{ImportItem, ImportMode, Imported};
pub use keep_time::{Kept, Rules};
pub use log::{OpenError, OpenLog};
pub use order::{Change, Order};
pub use private::{Line, Whole};
pub use secrets::{NoRandomness, Secrets};

/// What the store remembers of a command that was carried out.
pub use chasqui_store::StoredAnswer;
