//! Small cells: what may be shown of a table whose cells speak of few people.

mod audit;
mod line;
mod over_time;
mod rule;
mod suppress;
mod table;

pub use self::over_time::{Release, suppress_after};
pub use self::rule::{Rule, RuleError, Zeros};
pub use self::suppress::{Cell, Published, suppress};
pub use self::table::{Margins, Table, TableError};
