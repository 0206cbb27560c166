//! Import of event logs and tables: a source's claims become procedures.
//!
//! `source` opens a file, `xes` and `csv` read it into [`Trace`]s, `mapping` says what a trace means,
//! `plan` turns it into claims, `run` hands them to the commands, `report` accounts for every row.

mod csv;
mod error;
mod mapping;
mod meaning;
mod plan;
mod report;
mod run;
mod source;
mod trace;
mod when;
mod xes;

pub use error::ImportError;
pub use mapping::{Mapping, MappingError};
pub use report::{MAX_REFUSED, Refused, Report};
pub use run::{CodeLine, Format, Options, Progress, run};
pub use trace::{SourceEvent, Trace};
