//! Publish units and procedure types in the catalogue, and find them there.

use chasqui_procedures::catalogue::{
    TypeEvent, TypePublished, TypeVersion, Unit, UnitEvent, UnitPublished,
};
use chasqui_procedures::ids::{TypeId, UnitId};
use chasqui_procedures::recorded::{Body, NewEvent, RawRecord, kind};
use chasqui_store::{Append, AppendError};

use crate::commands::Commands;
use crate::error::CommandError;
use crate::order::by;

impl Commands {
    /// Publishes a unit's record, unless it stands there just so. True if something was recorded.
    pub async fn publish_unit(&self, unit: &Unit) -> Result<bool, CommandError> {
        let id = unit.id.to_string();
        let records = self.0.store.load_many(kind::UNIT, vec![id.clone()]).await?;
        if let Some(last) = records.last()
            && let Body::Unit(event) = last.decode()?.body
            && *event == (UnitEvent::Published(UnitPublished { unit: unit.clone() }))
        {
            return Ok(false);
        }
        let event = UnitEvent::Published(UnitPublished { unit: unit.clone() });
        let events = vec![NewEvent::encode(event.name(), &event)];
        self.publish(kind::UNIT, id, &records, events).await
    }

    /// Publishes a unit of which only the name is known, unless the catalogue knows it already: a
    /// source's word never replaces a record.
    pub async fn introduce_unit(&self, unit: &Unit) -> Result<bool, CommandError> {
        match self.unit(&unit.id).await? {
            Some(_) => Ok(false),
            None => self.publish_unit(unit).await,
        }
    }

    /// A unit's record; none if the catalogue has none.
    pub async fn unit(&self, id: &UnitId) -> Result<Option<Unit>, CommandError> {
        let records = self.0.store.load(kind::UNIT, id.to_string()).await?;
        let Some(last) = records.last() else {
            return Ok(None);
        };
        Ok(match last.decode()?.body {
            Body::Unit(event) => {
                let UnitEvent::Published(published) = *event;
                Some(published.unit)
            }
            Body::Procedure(..) | Body::Type(_) | Body::Calendar(_) | Body::Log(_) => None,
        })
    }

    /// Publishes a procedure type as its next version, unless the newest says the same. The version
    /// of `wanted` is not looked at. True if something was recorded.
    pub async fn publish_type(&self, wanted: &TypeVersion) -> Result<bool, CommandError> {
        let id = wanted.id.to_string();
        let records = self
            .0
            .store
            .load_many(kind::PROCEDURE_TYPE, vec![id.clone()])
            .await?;
        let newest = versions(&records)?.pop();
        let newest_number = newest.as_ref().map_or(0, |newest| newest.version);
        if newest.is_some_and(|newest| {
            TypeVersion {
                version: newest_number,
                ..wanted.clone()
            } == newest
        }) {
            return Ok(false);
        }
        let version = TypeVersion {
            version: newest_number + 1,
            ..wanted.clone()
        };
        let event = TypeEvent::Published(Box::new(TypePublished { version }));
        let events = vec![NewEvent::encode(event.name(), &event)];
        self.publish(kind::PROCEDURE_TYPE, id, &records, events)
            .await
    }

    /// The version of a type that governs what is filed now.
    pub async fn newest_type(&self, id: &TypeId) -> Result<TypeVersion, CommandError> {
        self.versions_of(id)
            .await?
            .pop()
            .ok_or_else(|| CommandError::UnknownType(id.clone()))
    }

    /// Fails unless the catalogue has the unit: nothing is ever with a unit that nobody knows.
    pub(crate) async fn known_unit(&self, id: &UnitId) -> Result<Unit, CommandError> {
        let unit = self.unit(id).await?;
        unit.ok_or_else(|| CommandError::UnknownUnit(id.clone()))
    }

    pub(crate) async fn type_version(
        &self,
        id: &TypeId,
        version: u32,
    ) -> Result<TypeVersion, CommandError> {
        let versions = self.versions_of(id).await?;
        let found = versions.into_iter().find(|one| one.version == version);
        found.ok_or_else(|| CommandError::UnknownType(id.clone()))
    }

    async fn versions_of(&self, id: &TypeId) -> Result<Vec<TypeVersion>, CommandError> {
        let records = self.0.store.load(kind::PROCEDURE_TYPE, id.to_string());
        versions(&records.await?)
    }

    async fn publish(
        &self,
        kind: &'static str,
        id: String,
        records: &[RawRecord],
        events: Vec<NewEvent>,
    ) -> Result<bool, CommandError> {
        let after = records.last().map_or(0, |record| record.sequence);
        let append = Append {
            kind,
            id,
            after,
            events,
            metadata: by("operator"),
        };
        match self.0.store.append(append).await {
            Ok(_) => Ok(true),
            // Somebody published at the same moment: what they said holds, and the caller may look.
            Err(AppendError::Conflict { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

fn versions(records: &[RawRecord]) -> Result<Vec<TypeVersion>, CommandError> {
    let mut versions = Vec::with_capacity(records.len());
    for record in records {
        if let Body::Type(event) = record.decode()?.body {
            let TypeEvent::Published(published) = *event;
            versions.push(published.version);
        }
    }
    Ok(versions)
}
