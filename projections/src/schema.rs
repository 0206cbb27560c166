//! The form of the file of views. Another form is another file: nothing is ever migrated.

use std::sync::LazyLock;

use chasqui_procedures::upcast::TODAY;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::{catalogue, register, status, stream, timeliness};

/// Changes whenever the same form means something else than before.
const MEANING: &str = "1";

const CURSOR: &str = "
create table if not exists cursor (
    one integer not null primary key check (one = 1),
    position integer not null,
    recorded_at integer not null
) strict;
insert or ignore into cursor values (1, 0, 0);
";

/// A table of the views, and the columns that order its rows.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The view's name: what `views rebuild NAME` names.
    pub view: &'static str,
    /// The table's name.
    pub name: &'static str,
    /// Its columns that order it, for a digest.
    pub order: &'static str,
    /// What it is made with.
    pub(crate) sql: &'static str,
}

/// All tables of all views.
pub const TABLES: &[Table] = &[
    catalogue::view::SITE,
    catalogue::view::UNITS,
    catalogue::view::TYPES,
    catalogue::view::DECREES,
    register::view::REGISTER,
    status::view::HISTORY,
    stream::view::STREAM,
    timeliness::view::CELLS,
];

/// Makes the tables that are missing.
pub(crate) fn create(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(CURSOR)?;
    TABLES
        .iter()
        .try_for_each(|table| connection.execute_batch(table.sql))
}

/// What distinguishes this form from every other: part of the file's name.
pub(crate) fn tag() -> &'static str {
    static TAG: LazyLock<String> = LazyLock::new(|| {
        let mut digest = Sha256::new();
        digest.update(MEANING);
        digest.update(CURSOR);
        TABLES.iter().for_each(|table| digest.update(table.sql));
        // Views keep entries in today's form: another form of an event is another form of the views.
        for (event, version) in TODAY.changed() {
            digest.update(event);
            digest.update(version.to_be_bytes());
        }
        digest.finalize()[..4]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    });
    &TAG
}
