//! The table of procedures, and one row of it.

use chasqui_procedures::Procedure;
use chasqui_procedures::ids::ProcedureId;

use crate::schema::Table;

pub(crate) const REGISTER: Table = Table {
    view: "register",
    name: "register",
    order: "procedure",
    sql: "
create table if not exists register (
    procedure blob not null unique,
    code blob unique,
    procedure_type text not null,
    unit text not null,
    channel text not null,
    applicant_kind text not null,
    stage text not null,
    outcome text,
    filed_on text not null,
    due_on text,
    base_due_on text,
    ended_on text,
    imported integer not null,
    position integer not null,
    state text not null
) strict;
create index if not exists register_by_filing on register (filed_on);
create index if not exists register_open_by_due on register (due_on) where ended_on is null;",
};

/// One procedure in the register.
#[derive(Clone, Debug)]
pub struct Row {
    /// The procedure.
    pub procedure: ProcedureId,
    /// What its history adds up to.
    pub state: Procedure,
    /// The position of its last entry.
    pub position: u64,
}
