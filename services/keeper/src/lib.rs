//! Keeps time: what follows for open procedures from the calendar and from the passing of days is
//! recorded without anybody asking.
//!
//! The keeper looks in the views for procedures on which something is missing, and lets
//! `chasqui-commands` decide on the log itself. It reconciles: how often it runs, when it was interrupted
//! and whether another node does the same makes no difference to what is recorded. It decides nothing,
//! and stores nothing of its own.

mod follow;
mod pass;

pub use follow::follow;
pub use pass::{KeeperError, pass};
