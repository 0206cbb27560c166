//! The table of histories, and what a reader of one procedure gets.

use chasqui_procedures::Procedure;
use chasqui_procedures::catalogue::{TypeVersion, Unit};
use chasqui_procedures::ids::UnitId;
use chasqui_procedures::publication::PublicEntry;

use crate::schema::Table;

pub(crate) const HISTORY: Table = Table {
    view: "status",
    name: "history",
    order: "procedure, sequence",
    sql: "
create table if not exists history (
    procedure blob not null,
    sequence integer not null,
    position integer not null,
    recorded_at integer not null,
    entry text not null,
    primary key (procedure, sequence)
) strict, without rowid;",
};

/// One procedure as a page shows it: facts only. Whether it is late is computed from them and today.
#[derive(Clone, Debug)]
pub struct StatusView {
    /// What its history adds up to.
    pub procedure: Procedure,
    /// The type's version that governs it.
    pub procedure_type: TypeVersion,
    /// The unit that has it.
    pub unit: Unit,
    /// Its history, oldest first: the public part.
    pub history: Vec<PublicEntry>,
    /// The names of the other units in its history.
    pub units: Vec<(UnitId, String)>,
    /// The position of its last entry: the version of whatever is made from this view.
    pub position: u64,
}
