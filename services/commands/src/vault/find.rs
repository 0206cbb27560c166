//! Find a person's procedures by their identification: for whoever wants to see, mend or erase what is
//! known of them (LOPDP 13 to 15).

use chasqui_procedures::ids::ProcedureId;

use super::by::By;
use super::error::VaultError;
use super::person::{Field, normalised};
use super::personal::Personal;
use super::purpose::Purpose;
use crate::authorise::{Verb, authorise};
use crate::commands::Commands;

impl Commands {
    /// The procedures of whoever has this identification. Only whoever acts for the whole municipality
    /// may ask, because the answer ties procedures together. That it was asked is recorded in each of
    /// them before this answers.
    pub async fn find_person(
        &self,
        by: &By,
        identification: &Personal<String>,
        purpose: &Purpose,
    ) -> Result<Vec<ProcedureId>, VaultError> {
        authorise(&by.actor, Verb::ReadPerson, None)?;
        let lookup = self
            .0
            .secrets
            .person_lookup(normalised(identification).reveal());
        let found = self.0.store.persons_found(&lookup).await?;
        self.record_reading(by, &found, purpose, &[Field::Identification])
            .await?;
        let mut procedures: Vec<ProcedureId> = found.iter().map(|one| one.procedure).collect();
        procedures.dedup();
        Ok(procedures)
    }
}
