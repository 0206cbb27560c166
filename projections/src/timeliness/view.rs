//! The table of cells.

use crate::schema::Table;

/// A cell counts something of a month by a number of days, for one type, unit and channel. Cells can be
/// added up over any of them without losing anything, which no mean or median allows.
pub(crate) const CELLS: Table = Table {
    view: "timeliness",
    name: "timeliness",
    order: "measure, procedure_type, unit, channel, month, days",
    sql: "
create table if not exists timeliness (
    measure text not null,
    procedure_type text not null,
    unit text not null,
    channel text not null,
    month text not null,
    days integer not null,
    count integer not null,
    primary key (measure, procedure_type, unit, channel, month, days)
) strict, without rowid;",
};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Measure {
    /// Procedures by the month of their first event; days from the first to the last one.
    Span,
    /// Events by their month; days are always 0.
    Events,
    /// Procedures by the month of filing; days are always 0.
    Filed,
    /// Ended procedures by the month of their end; days from filing to the end.
    Ended,
    /// Ended procedures with a due date by the month of their end; days by which they came after it,
    /// zero or less if they were on time.
    Late,
}

impl Measure {
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Span => "span",
            Self::Events => "events",
            Self::Filed => "filed",
            Self::Ended => "ended",
            Self::Late => "late",
        }
    }
}
