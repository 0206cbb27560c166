//! A whole catalogue as one file: what a municipality offers, to be compared and published.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::procedure_type::TypeVersion;
use super::unit::Unit;
use crate::ids::{TypeId, UnitId};

/// Units and procedure types. The versions in it are not looked at: publishing gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// Where it comes from, and what it is worth.
    #[serde(default)]
    pub note: String,
    /// The units.
    pub units: Vec<Unit>,
    /// The procedure types.
    pub types: Vec<TypeVersion>,
}

/// A catalogue contradicts itself.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogueError {
    /// Two units have one id.
    #[error("the unit {0} is listed twice")]
    UnitTwice(UnitId),
    /// Two types have one id.
    #[error("the procedure type {0} is listed twice")]
    TypeTwice(TypeId),
    /// A type is filed with a unit that is not listed.
    #[error("the procedure type {procedure_type} is filed with {unit}, which is not listed")]
    NoSuchUnit {
        /// The type.
        procedure_type: TypeId,
        /// The unit.
        unit: UnitId,
    },
}

impl Catalogue {
    /// Whether it holds together.
    ///
    /// # Errors
    /// The first contradiction, in the order of the file.
    pub fn check(&self) -> Result<(), CatalogueError> {
        let mut units = BTreeSet::new();
        for unit in &self.units {
            if !units.insert(&unit.id) {
                return Err(CatalogueError::UnitTwice(unit.id.clone()));
            }
        }
        let mut types = BTreeSet::new();
        for one in &self.types {
            if !types.insert(&one.id) {
                return Err(CatalogueError::TypeTwice(one.id.clone()));
            }
            if let Some(unit) = one.units.iter().find(|unit| !units.contains(unit)) {
                return Err(CatalogueError::NoSuchUnit {
                    procedure_type: one.id.clone(),
                    unit: unit.clone(),
                });
            }
        }
        Ok(())
    }
}

/// The fields in which two records differ, by name: what a person looks at before publishing.
#[must_use]
pub fn differences<T: Serialize>(old: &T, new: &T) -> Vec<String> {
    let fields = |one: &T| match serde_json::to_value(one) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) | Err(_) => serde_json::Map::new(),
    };
    let (old, new) = (fields(old), fields(new));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let differ = |name: &&&String| old.get(**name) != new.get(**name);
    let named = names.iter().filter(differ).map(|name| (*name).clone());
    named.filter(|name| name != "version").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue(json: &str) -> Catalogue {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_catalogue_that_contradicts_itself_is_told_where() {
        let cases = [
            (
                r#"{"units":[{"id":"a","name":"A"},{"id":"a","name":"B"}],"types":[]}"#,
                "unit a",
            ),
            (
                r#"{"units":[],"types":[{"id":"T","name":"T"},{"id":"T","name":"U"}]}"#,
                "type T",
            ),
            (
                r#"{"units":[],"types":[{"id":"T","name":"T","units":["b"]}]}"#,
                "with b",
            ),
        ];
        for (json, says) in cases {
            let error = catalogue(json).check().unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn what_differs_is_named_and_the_version_is_not() {
        let json = r#"{"units":[],"types":[{"id":"T","name":"T"},
            {"id":"T","version":7,"name":"U","term":{"amount":5,"unit":"business_days"}}]}"#;
        let types = catalogue(json).types;
        assert_eq!(differences(&types[0], &types[1]), ["name", "term"]);
        assert!(differences(&types[0], &types[0]).is_empty());
    }
}
