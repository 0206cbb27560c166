//! The catalogue: units and procedure types, each a stream of its own events.

mod procedure_type;
mod unit;

pub use procedure_type::{ClockStop, TypeEvent, TypePublished, TypeVersion};
pub use unit::{Unit, UnitEvent, UnitPublished};
