//! The table of positions. Entries of procedures stand in their histories; here is only where.

use crate::schema::Table;

pub(crate) const STREAM: Table = Table {
    view: "stream",
    name: "stream",
    order: "position",
    sql: "
create table if not exists stream (
    position integer not null primary key,
    procedure blob,
    sequence integer,
    kind text,
    recorded_at integer,
    record text
) strict;",
};
