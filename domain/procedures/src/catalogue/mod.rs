//! The catalogue: units and procedure types, each a stream of its own events.

mod book;
mod procedure_type;
mod sheet;
mod unit;

pub use book::{Catalogue, CatalogueError, differences};
pub use procedure_type::{ClockStop, TypeEvent, TypePublished, TypeVersion};
pub use sheet::{Requirement, Sheet, Step};
pub use unit::{Unit, UnitEvent, UnitPublished};
