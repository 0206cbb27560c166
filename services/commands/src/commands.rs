//! What every command shares: the store, the secrets, the calendars, the clock.

use std::sync::Arc;

use chasqui_deadlines::CalendarBook;
use chasqui_procedures::aggregate::ProcedureAggregate;
use chasqui_procedures::log::Opened;
use chasqui_procedures::tracking_code::{CodeLookup, TrackingCode};
use chasqui_store::{ReadError, Repository, Store};
use cqrs_es::persist::PersistedEventStore;

use crate::calendars::Calendars;
use crate::clock::Clock;
use crate::order::InHand;
use crate::secrets::Secrets;
use crate::vault::{Vault, VaultError};

/// The use cases of one municipality's log. Clones share everything.
#[derive(Clone)]
pub struct Commands(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) store: Store,
    pub(crate) procedures: PersistedEventStore<Repository, ProcedureAggregate>,
    pub(crate) secrets: Secrets,
    pub(crate) calendars: Calendars,
    pub(crate) clock: Clock,
    pub(crate) opened: Opened,
    pub(crate) vault: Option<Vault>,
    pub(crate) in_hand: InHand,
}

impl Commands {
    pub(crate) fn new(store: Store, secrets: Secrets, clock: Clock, opened: Opened) -> Self {
        Self(Arc::new(Shared {
            procedures: PersistedEventStore::new_event_store(store.repository()),
            store,
            secrets,
            calendars: Calendars::new(CalendarBook::ecuador()),
            clock,
            opened,
            vault: None,
            in_hand: InHand::default(),
        }))
    }

    /// The same with another clock: made-up and imported histories have a now of their own.
    #[must_use]
    pub fn with_clock(&self, clock: Clock) -> Self {
        let Shared {
            store,
            calendars,
            opened,
            vault,
            ..
        } = &*self.0;
        let mut shared = Self::new(store.clone(), self.0.secrets.clone(), clock, opened.clone());
        if let Some(shared) = Arc::get_mut(&mut shared.0) {
            shared.calendars = calendars.clone();
            shared.vault = vault.clone();
        }
        shared
    }

    /// The same with a vault: persons can be taken in, read and erased.
    #[must_use]
    pub fn with_vault(&self, vault: Vault) -> Self {
        let mut shared = self.with_clock(self.0.clock.clone());
        if let Some(shared) = Arc::get_mut(&mut shared.0) {
            shared.vault = Some(vault);
        }
        shared
    }

    /// Where the vault's files are.
    pub(crate) fn vault(&self) -> Result<&Vault, VaultError> {
        self.0.vault.as_ref().ok_or(VaultError::NoVault)
    }

    /// The keyed hash under which a code's procedure is found.
    #[must_use]
    pub fn lookup(&self, code: &TrackingCode) -> CodeLookup {
        self.0.secrets.lookup(code)
    }

    /// The number of events in the log, asked of the database.
    pub async fn head(&self) -> Result<u64, ReadError> {
        self.0.store.head().await
    }

    /// The clock that decisions look at.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The calendars as they are known.
    #[must_use]
    pub fn calendars(&self) -> &Calendars {
        &self.0.calendars
    }

    /// The secrets, for what is derived from them at the edge.
    #[must_use]
    pub fn secrets(&self) -> &Secrets {
        &self.0.secrets
    }

    /// What the log says of itself.
    #[must_use]
    pub fn opened(&self) -> &Opened {
        &self.0.opened
    }
}
