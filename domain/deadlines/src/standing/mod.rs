//! How a procedure stands on a day: computed when read, never stored.

mod kind;
mod read;
mod timeliness;

pub use kind::{ClockState, StandingKind};
pub use read::{SilenceAccrued, Standing};
pub use timeliness::Timeliness;
