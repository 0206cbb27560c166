//! From a filing, a ledger and a calendar to a due date.

mod clock;
mod deadline;
mod extensions;
mod input;
mod spans;
mod start;
mod suspensions;

pub use deadline::{Deadline, SilenceDue, compute};
pub use input::{Input, Trigger};
pub use start::Deemed;
pub use suspensions::{EffectiveSuspension, EndedBy};

pub(crate) use extensions::{Granted, extension_fits};
pub(crate) use spans::{Counter, Spans};
