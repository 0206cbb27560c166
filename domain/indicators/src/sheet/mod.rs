//! The sheets (fichas): what each indicator means, for people, in two languages and in versions.

mod common;
mod embedded;
mod indicator;
mod labels;
mod markdown;
mod set;
mod source;
mod text;

pub use self::common::{Common, Symbol};
pub use self::embedded::sheets;
pub use self::indicator::{Breakdown, Direction, Formula, Frequency, Sheet};
pub use self::markdown::pages;
pub use self::set::{SheetError, Sheets};
pub use self::source::{Capture, PersonalData, SourceId, SourceSheet};
pub use self::text::{Change, EmptyText, Language, Text};
