//! What every command shares: the store, the secrets, the calendars, the clock.

use std::sync::Arc;

use chasqui_deadlines::CalendarBook;
use chasqui_procedures::log::Opened;
use chasqui_procedures::tracking_code::{CodeLookup, TrackingCode};
use chasqui_store::{AppendError, ReadError, Store};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::calendars::Calendars;
use crate::clock::Clock;
use crate::hot::Hot;
use crate::known::Known;
use crate::order::InHand;
use crate::secrets::Secrets;
use crate::vault::{Vault, VaultError};

/// How many commands may be under way at once, those included that wait for their turn on a procedure.
/// Beyond it a command is told at once that there are too many.
const MOST_UNDER_WAY: usize = 8_192;

/// The use cases of one municipality's log. Clones share everything.
#[derive(Clone)]
pub struct Commands(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) store: Store,
    /// Shared by all clocks: a procedure stands as it stands.
    pub(crate) hot: Arc<Hot>,
    pub(crate) known: Arc<Known>,
    /// Commands that may be under way at once.
    pub(crate) room: Arc<Semaphore>,
    pub(crate) secrets: Secrets,
    pub(crate) calendars: Calendars,
    pub(crate) clock: Clock,
    pub(crate) opened: Opened,
    pub(crate) vault: Option<Vault>,
    pub(crate) in_hand: Arc<InHand>,
}

impl Commands {
    pub(crate) fn new(store: Store, secrets: Secrets, clock: Clock, opened: Opened) -> Self {
        Self(Arc::new(Shared {
            store,
            hot: Arc::default(),
            known: Arc::default(),
            room: Arc::new(Semaphore::new(MOST_UNDER_WAY)),
            secrets,
            calendars: Calendars::new(CalendarBook::ecuador()),
            clock,
            opened,
            vault: None,
            in_hand: Arc::default(),
        }))
    }

    /// The same with another clock: made-up and imported histories have a now of their own.
    #[must_use]
    pub fn with_clock(&self, clock: Clock) -> Self {
        let Shared {
            store,
            hot,
            known,
            room,
            secrets,
            calendars,
            clock: _,
            opened,
            vault,
            in_hand,
        } = &*self.0;
        Self(Arc::new(Shared {
            store: store.clone(),
            hot: Arc::clone(hot),
            known: Arc::clone(known),
            room: Arc::clone(room),
            secrets: secrets.clone(),
            calendars: calendars.clone(),
            clock,
            opened: opened.clone(),
            vault: vault.clone(),
            in_hand: Arc::clone(in_hand),
        }))
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

    /// Room for one more command; to be held until it is done.
    pub(crate) fn admit(&self) -> Result<OwnedSemaphorePermit, AppendError> {
        let room = Arc::clone(&self.0.room);
        room.try_acquire_owned()
            .map_err(|_| AppendError::Overloaded)
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
