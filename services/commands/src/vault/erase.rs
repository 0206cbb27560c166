//! Erase a person (LOPDP 15): one asks, another confirms. The history says so, then key and data go.
//!
//! The order is: the confirmation, the event, the ledger's file, and in one transaction the end of key
//! and rows with the ledger in the database. Cut off anywhere after the event, it is completed at the
//! next start.

use chasqui_procedures::command::{Command, Wish};
use chasqui_procedures::decide::{Situation, decide};
use chasqui_procedures::erasure::ErasureBasis;
use chasqui_procedures::ids::ProcedureId;
use chasqui_procedures::rejection::Rejection;
use chasqui_store::{ErasureRow, Party};
use jiff::Timestamp;

use super::by::By;
use super::error::VaultError;
use crate::authorise::Verb;
use crate::commands::Commands;
use crate::error::CommandError;

/// An erasure that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErasureRequest {
    /// Whose person.
    pub procedure: ProcedureId,
    /// Why; none if a newer program wrote it.
    pub basis: Option<ErasureBasis>,
    /// Also while the procedure runs.
    pub while_open: bool,
    /// Who asked.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// An erasure that was carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Erased {
    /// Whose person.
    pub procedure: ProcedureId,
    /// Who asked.
    pub requested_by: String,
    /// Who confirmed.
    pub confirmed_by: String,
    /// When the key was destroyed.
    pub at: Timestamp,
}

impl Commands {
    /// Asks for a person to be erased. Refused as the erasure itself would be; nothing is erased yet.
    /// What was asked before and not carried out gives way.
    pub async fn request_erasure(
        &self,
        by: &By,
        procedure: ProcedureId,
        basis: ErasureBasis,
        while_open: bool,
    ) -> Result<ErasureRequest, VaultError> {
        self.vault()?;
        let (_, party) = self.person_of(by, procedure, Verb::ErasePerson).await?;
        if !by.is_named {
            return Err(VaultError::Nameless);
        }
        self.would_erase(procedure, basis, while_open).await?;
        let row = ErasureRow {
            party,
            basis: basis.name().to_owned(),
            while_open,
            requested_by: by.name.clone(),
            requested_holder: by.holder.clone(),
            requested_at: self.0.clock.stored_now(),
            confirmed_by: None,
            confirmed_at: None,
            done_at: None,
        };
        if !self.0.store.request_erasure(&row).await? {
            return Err(VaultError::Destroyed);
        }
        Ok(ErasureRequest::of(row))
    }

    /// Confirms an erasure and carries it out, once it is somebody else who confirms.
    pub async fn confirm_erasure(
        &self,
        by: &By,
        procedure: ProcedureId,
    ) -> Result<Erased, VaultError> {
        self.vault()?;
        let (state, party) = self.person_of(by, procedure, Verb::ErasePerson).await?;
        if !by.is_named {
            return Err(VaultError::Nameless);
        }
        let row = self.0.store.erasure(party).await?;
        let row = row.ok_or(VaultError::NotRequested)?;
        if let (Some(on), Some(_)) = (state.person_erased_on, row.done_at) {
            return Err(VaultError::Erased { on });
        }
        if row.requested_holder == by.holder {
            let by = row.requested_by;
            return Err(VaultError::SamePerson { by });
        }
        let basis = row.basis.parse().map_err(|_| VaultError::NotRequested)?;
        let now = self.0.clock.stored_now();
        let unchanged = self.0.store.confirm_erasure(&row, &by.name, now).await?;
        if !unchanged {
            return Err(VaultError::RequestChanged);
        }
        let wish = Wish::ErasePerson {
            basis,
            while_open: row.while_open,
        };
        match self
            .execute_unchecked(by.actor.clone(), procedure, wish)
            .await
        {
            // The event is there: what is left to do is what the event says.
            Ok(_) | Err(CommandError::Rejected(Rejection::PersonAlreadyErased { .. })) => {}
            Err(error) => return Err(error.into()),
        }
        self.finish_erasure(party, now).await?;
        Ok(Erased {
            procedure,
            requested_by: row.requested_by,
            confirmed_by: by.name.clone(),
            at: now,
        })
    }

    /// The erasures that were asked for and wait for a second person, oldest first.
    pub async fn open_erasures(&self) -> Result<Vec<ErasureRequest>, VaultError> {
        let rows = self.0.store.open_erasures().await?;
        Ok(rows.into_iter().map(ErasureRequest::of).collect())
    }

    /// Destroys what an event said would be. The file outside the database comes first: should the
    /// database be put back to an earlier day, the file still knows.
    pub(super) async fn finish_erasure(
        &self,
        party: Party,
        at: Timestamp,
    ) -> Result<(), VaultError> {
        let stored = self.0.store.person(party).await?;
        let keys: Vec<_> = stored.iter().map(|one| (one.key.key_id, at)).collect();
        self.vault()?.ledger.append(&keys)?;
        self.0.store.shred(&keys, Some((party, at))).await?;
        Ok(())
    }

    /// Fails as the erasure would.
    async fn would_erase(
        &self,
        procedure: ProcedureId,
        basis: ErasureBasis,
        while_open: bool,
    ) -> Result<(), VaultError> {
        let loaded = self.load(procedure).await?;
        let filing = loaded.state.filing.as_ref().ok_or(Rejection::NotFiled)?;
        let rules = self
            .type_version(&filing.procedure_type, filing.type_version)
            .await?;
        let now = self.0.clock.now();
        let calendar = self
            .0
            .calendars
            .resolve(&filing.calendars, now)
            .map_err(CommandError::from)?;
        let situation = Situation {
            now: self.0.clock.moment(),
            rules: &rules,
            calendar: &calendar,
            history: &loaded.history,
        };
        let command = Command {
            occurred: None,
            wish: Wish::ErasePerson { basis, while_open },
        };
        decide(&loaded.state, &command, &situation)?;
        Ok(())
    }
}

impl ErasureRequest {
    fn of(row: ErasureRow) -> Self {
        Self {
            procedure: row.party.procedure,
            basis: row.basis.parse().ok(),
            while_open: row.while_open,
            by: row.requested_by,
            at: row.requested_at,
        }
    }
}
