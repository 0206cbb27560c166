//! The named switches of a procedure type's version.

mod clock;
mod extension;
mod filing;
mod set;

pub use clock::{OpenSuspension, PlazoAnchor, Resume, Roll, SilenceClock, SuspensionStart};
pub use extension::{ExtensionCap, ExtensionPolicy};
pub use filing::{FilingPolicy, OfficeHours};
pub use set::Policies;
