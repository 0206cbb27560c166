//! What was published and never changes: one version of a type, and that a unit exists. It is looked up
//! once in a process.
//!
//! What may change, such as which version is the newest, is asked of the store each time.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use chasqui_procedures::catalogue::TypeVersion;
use chasqui_procedures::ids::{TypeId, UnitId};

use crate::commands::Commands;
use crate::error::CommandError;

/// How many of each are kept: a city has some hundreds of types and units.
const MOST: usize = 4_096;

/// What this process has looked up.
#[derive(Default)]
pub(crate) struct Known {
    versions: RwLock<HashMap<(TypeId, u32), Arc<TypeVersion>>>,
    units: RwLock<HashSet<UnitId>>,
}

impl Commands {
    /// The version of a type that governs a procedure.
    pub(crate) async fn rules_of(
        &self,
        id: &TypeId,
        version: u32,
    ) -> Result<Arc<TypeVersion>, CommandError> {
        let known = &self.0.known.versions;
        let key = (id.clone(), version);
        let found = {
            let versions = known.read().unwrap_or_else(PoisonError::into_inner);
            versions.get(&key).cloned()
        };
        if let Some(found) = found {
            return Ok(found);
        }
        let found = Arc::new(self.type_version(id, version).await?);
        let mut versions = known.write().unwrap_or_else(PoisonError::into_inner);
        if versions.len() >= MOST {
            versions.clear();
        }
        versions.insert(key, Arc::clone(&found));
        Ok(found)
    }

    /// Fails unless the catalogue has the unit. A unit that was published once stays known.
    pub(crate) async fn is_unit(&self, id: &UnitId) -> Result<(), CommandError> {
        let known = &self.0.known.units;
        let is_known = |units: &HashSet<UnitId>| units.contains(id);
        if is_known(&known.read().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(());
        }
        self.known_unit(id).await?;
        let mut units = known.write().unwrap_or_else(PoisonError::into_inner);
        if units.len() >= MOST {
            units.clear();
        }
        units.insert(id.clone());
        Ok(())
    }
}
