//! All sheets together: each indicator once, every source known, versions that only grow.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use thiserror::Error;

use super::common::Common;
use super::indicator::Sheet;
use super::source::{SourceId, SourceSheet};
use super::text::Change;
use crate::figure::Indicator;

/// The sheets of all seventeen indicators and of their sources.
///
/// It cannot lack an indicator, hold one twice, name a source that has no sheet, or skip a version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheets {
    common: Common,
    indicators: BTreeMap<Indicator, Sheet>,
    sources: BTreeMap<SourceId, SourceSheet>,
}

/// Why texts are no set of sheets.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SheetError {
    /// A file is not the TOML of a sheet; an empty text in one language is such a fault.
    #[error("{file} is no sheet")]
    Unreadable {
        /// The file's name.
        file: String,
        /// What is wrong with it.
        source: Box<toml::de::Error>,
    },
    /// Two files have the same id.
    #[error("{id} is there twice")]
    Twice {
        /// The id.
        id: String,
    },
    /// An indicator has no sheet.
    #[error("{id} has no sheet")]
    Missing {
        /// The indicator.
        id: Indicator,
    },
    /// A sheet names a source that has none.
    #[error("{id} names {source_id}, which has no sheet")]
    UnknownSource {
        /// The indicator.
        id: Indicator,
        /// The source.
        source_id: SourceId,
    },
    /// The versions of a sheet are not 1, 2, 3 … up to its own, on days that do not go back.
    #[error("the versions of {id} do not count up to {version}")]
    Versions {
        /// The sheet.
        id: String,
        /// The version it says it has.
        version: u32,
    },
}

/// The name of a file, and what it holds.
pub(super) type File<'a> = (&'a str, &'a str);

impl Sheets {
    /// Reads a set from TOML texts, each with a name for messages.
    ///
    /// # Errors
    /// [`SheetError`] for the first fault.
    pub fn read(
        common: File<'_>,
        indicators: &[File<'_>],
        sources: &[File<'_>],
    ) -> Result<Self, SheetError> {
        let common: Common = parse(common)?;
        check_versions("common", common.version, &common.changes)?;
        let mut set = Self {
            common,
            indicators: BTreeMap::new(),
            sources: BTreeMap::new(),
        };
        for file in sources {
            let sheet: SourceSheet = parse(*file)?;
            check_versions(&sheet.id.to_string(), sheet.version, &sheet.changes)?;
            let id = sheet.id.clone();
            if set.sources.insert(id.clone(), sheet).is_some() {
                return Err(SheetError::Twice { id: id.to_string() });
            }
        }
        for file in indicators {
            set.take(parse(*file)?)?;
        }
        let missing = |id: &Indicator| !set.indicators.contains_key(id);
        match Indicator::ALL.into_iter().find(missing) {
            Some(id) => Err(SheetError::Missing { id }),
            None => Ok(set),
        }
    }

    fn take(&mut self, sheet: Sheet) -> Result<(), SheetError> {
        let id = sheet.id;
        check_versions(&id.to_string(), sheet.version, &sheet.changes)?;
        let unknown = |source: &&SourceId| !self.sources.contains_key(*source);
        if let Some(source_id) = sheet.sources.iter().find(unknown) {
            return Err(SheetError::UnknownSource {
                id,
                source_id: source_id.clone(),
            });
        }
        if self.indicators.insert(id, sheet).is_some() {
            return Err(SheetError::Twice { id: id.to_string() });
        }
        Ok(())
    }

    /// The sheet of an indicator.
    #[must_use]
    pub fn get(&self, id: Indicator) -> &Sheet {
        &self.indicators[&id]
    }

    /// The sheets, by ascending id.
    pub fn indicators(&self) -> impl Iterator<Item = &Sheet> {
        self.indicators.values()
    }

    /// The sheets of the sources, by ascending id.
    pub fn sources(&self) -> impl Iterator<Item = &SourceSheet> {
        self.sources.values()
    }

    /// What holds for all of them.
    #[must_use]
    pub const fn common(&self) -> &Common {
        &self.common
    }
}

fn parse<T: DeserializeOwned>((file, text): File<'_>) -> Result<T, SheetError> {
    toml::from_str(text).map_err(|error| SheetError::Unreadable {
        file: file.to_owned(),
        source: Box::new(error),
    })
}

fn check_versions(id: &str, version: u32, changes: &[Change]) -> Result<(), SheetError> {
    let count_up = changes
        .iter()
        .zip(1..)
        .all(|(change, number)| change.version == number);
    let in_order = changes.is_sorted_by_key(|change| change.on);
    if count_up && in_order && u32::try_from(changes.len()) == Ok(version) && version > 0 {
        return Ok(());
    }
    Err(SheetError::Versions {
        id: id.to_owned(),
        version,
    })
}
