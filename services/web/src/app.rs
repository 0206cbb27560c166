//! What every handler shares.

use std::sync::Arc;

use chasqui_commands::Commands;
use chasqui_projections::catalogue::{self, Site};
use chasqui_projections::{Progress, ViewError, Views};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::client::TrustedProxies;
use crate::misses::Misses;

/// The views to read, the commands to carry out, and where the public finds us.
#[derive(Clone)]
pub struct App(Arc<Shared>);

struct Shared {
    views: Views,
    commands: Commands,
    public_url: String,
    proxies: TrustedProxies,
    misses: Misses,
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
    /// `public_url` is the address of `/` as the public knows it, without a slash at the end.
    #[must_use]
    pub fn new(
        views: Views,
        commands: Commands,
        public_url: String,
        proxies: TrustedProxies,
    ) -> Self {
        Self(Arc::new(Shared {
            views,
            commands,
            public_url,
            proxies,
            misses: Misses::new(),
        }))
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
