//! The sheets that come with this version of the code.

use std::sync::LazyLock;

use super::set::{File, Sheets};

/// Text and name of a file in `domain/indicators/sheets`.
macro_rules! file {
    ($name:literal) => {
        ($name, include_str!(concat!("../../sheets/", $name)))
    };
}

pub(super) const COMMON: File<'static> = file!("common.toml");

pub(super) const INDICATORS: [File<'static>; 17] = [
    file!("TI-01.toml"),
    file!("TI-02.toml"),
    file!("TI-03.toml"),
    file!("TI-04.toml"),
    file!("TI-05.toml"),
    file!("TI-06.toml"),
    file!("TI-07.toml"),
    file!("TI-08.toml"),
    file!("TI-09.toml"),
    file!("TI-10.toml"),
    file!("TI-11.toml"),
    file!("TI-12.toml"),
    file!("TI-13.toml"),
    file!("TI-14.toml"),
    file!("TI-15.toml"),
    file!("TI-16.toml"),
    file!("TI-17.toml"),
];

pub(super) const SOURCES: [File<'static>; 6] = [
    file!("SRC-01.toml"),
    file!("SRC-02.toml"),
    file!("SRC-03.toml"),
    file!("SRC-04.toml"),
    file!("SRC-05.toml"),
    file!("SRC-06.toml"),
];

static SHEETS: LazyLock<Sheets> = LazyLock::new(|| {
    Sheets::read(COMMON, &INDICATORS, &SOURCES).expect("invariant: a test reads these very texts")
});

/// The sheets in force, read once.
///
/// ```
/// use chasqui_indicators::Indicator;
/// use chasqui_indicators::sheet::{Language, sheets};
///
/// let sheet = sheets().get(Indicator::OnTime);
/// assert_eq!(sheet.formula.function, "on_time");
/// assert_eq!(sheet.title.in_language(Language::En), "On time, by due date");
/// ```
#[must_use]
pub fn sheets() -> &'static Sheets {
    &SHEETS
}
