//! The tables of the catalogue, and what a reader gets.

use crate::schema::Table;

pub(crate) const SITE: Table = Table {
    view: "catalogue",
    name: "site",
    order: "one",
    sql: "
create table if not exists site (
    one integer not null primary key check (one = 1),
    body text not null
) strict;",
};

pub(crate) const UNITS: Table = Table {
    view: "catalogue",
    name: "units",
    order: "id",
    sql: "
create table if not exists units (
    id text not null primary key,
    body text not null
) strict;",
};

pub(crate) const TYPES: Table = Table {
    view: "catalogue",
    name: "procedure_types",
    order: "id, version",
    sql: "
create table if not exists procedure_types (
    id text not null,
    version integer not null,
    body text not null,
    primary key (id, version)
) strict;",
};

pub(crate) const DECREES: Table = Table {
    view: "catalogue",
    name: "decrees",
    order: "id",
    sql: "
create table if not exists decrees (
    id text not null primary key,
    calendar text not null,
    body text not null
) strict;",
};

/// Whose procedures these are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// The public body.
    pub entity: String,
    /// The IANA name of the zone of its civil dates.
    pub zone: String,
    /// Whether everything is made up.
    pub synthetic: bool,
}
