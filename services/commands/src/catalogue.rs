//! Publish a whole catalogue: what is new or has changed, and nothing else.

use chasqui_procedures::catalogue::{Catalogue, TypeVersion, differences};

use crate::commands::Commands;
use crate::error::CommandError;

/// What publishing a catalogue would record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueChange {
    /// Whether it is a procedure type or a unit.
    pub is_type: bool,
    /// Its id.
    pub id: String,
    /// The fields that differ; none for a record that is new.
    pub fields: Option<Vec<String>>,
}

impl Commands {
    /// What publishing a catalogue would change, in its order. Records nothing.
    pub async fn compare_catalogue(
        &self,
        catalogue: &Catalogue,
    ) -> Result<Vec<CatalogueChange>, CommandError> {
        let mut changes = Vec::new();
        for unit in &catalogue.units {
            let known = self.unit(&unit.id).await?;
            let fields = known.map(|known| differences(&known, unit));
            add(&mut changes, false, unit.id.to_string(), fields);
        }
        for wanted in &catalogue.types {
            let known: Option<TypeVersion> = match self.newest_type(&wanted.id).await {
                Ok(known) => Some(known),
                Err(CommandError::UnknownType(_)) => None,
                Err(error) => return Err(error),
            };
            let fields = known.map(|known| differences(&known, wanted));
            add(&mut changes, true, wanted.id.to_string(), fields);
        }
        Ok(changes)
    }

    /// Publishes what is new or has changed: units first, because types name them. Answers how many
    /// records were published. Interrupted, it goes on when it is run again.
    pub async fn publish_catalogue(&self, catalogue: &Catalogue) -> Result<u64, CommandError> {
        let mut published = 0;
        for unit in &catalogue.units {
            published += u64::from(self.publish_unit(unit).await?);
        }
        for version in &catalogue.types {
            published += u64::from(self.publish_type(version).await?);
        }
        Ok(published)
    }
}

fn add(changes: &mut Vec<CatalogueChange>, is_type: bool, id: String, fields: Option<Vec<String>>) {
    if fields.as_ref().is_none_or(|fields| !fields.is_empty()) {
        changes.push(CatalogueChange {
            is_type,
            id,
            fields,
        });
    }
}
