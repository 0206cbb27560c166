//! What every handler shares.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use chasqui_commands::Commands;
use chasqui_projections::catalogue::{self, Site};
use chasqui_projections::{Progress, ViewError, Views};
use jiff::Timestamp;
use jiff::civil::Date;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::client::TrustedProxies;
use crate::misses::Misses;
use crate::prover::Prover;

/// How many may follow the feed at the same time.
const MOST_FOLLOWERS: usize = 500;

/// The views to read, the commands to carry out, and where the public finds us.
#[derive(Clone)]
pub struct App(Arc<Shared>);

struct Shared {
    views: Views,
    commands: Commands,
    public_url: String,
    proxies: TrustedProxies,
    misses: Misses,
    followers: Arc<Semaphore>,
    closing: watch::Sender<bool>,
    log: Option<PathBuf>,
    sealed: AtomicU64,
    prover: Option<Box<dyn Prover>>,
}

/// The moment that an answer speaks of.
#[derive(Clone, Debug)]
pub(crate) struct AsOf {
    /// How far the views are.
    pub(crate) progress: Progress,
    /// Now.
    pub(crate) now: Timestamp,
    /// Today, in the municipality's zone.
    pub(crate) today: Date,
}

impl App {
    /// `public_url` is the address of `/` as the public knows it, without a slash at the end; `log` the
    /// folder with the files of the verifiable log, if there is one, and `prover` whoever makes receipts of
    /// it.
    #[must_use]
    pub fn new(
        views: Views,
        commands: Commands,
        public_url: String,
        proxies: TrustedProxies,
        log: Option<(PathBuf, Box<dyn Prover>)>,
    ) -> Self {
        let (log, prover) = log.unzip();
        Self(Arc::new(Shared {
            views,
            commands,
            public_url,
            proxies,
            misses: Misses::new(),
            followers: Arc::new(Semaphore::new(MOST_FOLLOWERS)),
            closing: watch::Sender::new(false),
            log,
            sealed: AtomicU64::new(0),
            prover,
        }))
    }

    /// The folder with the files of the verifiable log.
    pub(crate) fn log(&self) -> Option<&Path> {
        self.0.log.as_deref()
    }

    /// A size that the log was seen to have published; it only grows.
    pub(crate) fn sealed(&self) -> &AtomicU64 {
        &self.0.sealed
    }

    /// Whoever makes receipts.
    pub(crate) fn prover(&self) -> Option<&dyn Prover> {
        self.0.prover.as_deref()
    }

    /// Ends what would go on for ever: the streams of those who follow. Called when the service stops.
    pub fn close(&self) {
        self.0.closing.send_replace(true);
    }

    /// Returns when the service stops.
    pub(crate) async fn closed(&self) {
        let mut closing = self.0.closing.subscribe();
        // The sender lives as long as the app.
        let _ = closing.wait_for(|closing| *closing).await;
    }

    /// A place among those who follow; none if all are taken.
    pub(crate) fn place_to_follow(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.0.followers).try_acquire_owned().ok()
    }

    pub(crate) fn proxies(&self) -> &TrustedProxies {
        &self.0.proxies
    }

    pub(crate) fn misses(&self) -> &Misses {
        &self.0.misses
    }

    pub(crate) fn commands(&self) -> &Commands {
        &self.0.commands
    }

    pub(crate) fn views(&self) -> &Views {
        &self.0.views
    }

    pub(crate) fn public_url(&self) -> &str {
        &self.0.public_url
    }

    /// Reads views in one snapshot, and tells of which moment.
    pub(crate) fn read<T>(
        &self,
        read: impl FnOnce(&chasqui_projections::Connection) -> Result<T, ViewError>,
    ) -> Result<(T, AsOf), ViewError> {
        let clock = self.commands().clock();
        let (now, today) = (clock.now(), clock.moment().on());
        self.0.views.read(|connection, progress| {
            let value = read(connection)?;
            Ok((
                value,
                AsOf {
                    progress: progress.clone(),
                    now,
                    today,
                },
            ))
        })
    }

    /// Whose site this is. The views may lag behind the log's first event; the log itself does not.
    pub(crate) fn site(&self) -> Site {
        let opened = self.commands().opened();
        let seen = self
            .0
            .views
            .read(|connection, _| catalogue::site(connection))
            .ok()
            .flatten();
        seen.unwrap_or_else(|| Site {
            entity: opened.entity.to_string(),
            zone: opened.zone.clone(),
            synthetic: opened.synthetic,
        })
    }
}
