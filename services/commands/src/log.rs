//! Open a log: say whose it is when it is new, and check that it is ours when it is not.

use chasqui_procedures::log::{LogEvent, Opened};
use chasqui_procedures::recorded::{Body, NewEvent, UnreadableRecord, kind};
use chasqui_procedures::text::Label;
use chasqui_store::{Append, AppendError, ReadError, Store};
use jiff::tz::TimeZone;

use crate::clock::Clock;
use crate::commands::Commands;
use crate::order::by;
use crate::secrets::Secrets;

/// Whose log it is, if it is new.
#[derive(Clone, Debug)]
pub struct OpenLog {
    /// The public body.
    pub entity: Label,
    /// The IANA name of the zone of its civil dates.
    pub zone: String,
    /// Whether everything in it is made up.
    pub synthetic: bool,
}

/// A log could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The first event cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The first event could not be written.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// The first event is not one that this program knows.
    #[error(transparent)]
    Unreadable(#[from] UnreadableRecord),
    /// The log begins with something else.
    #[error("the log does not begin with its opening; it was not made by this program")]
    NotALog,
    /// The log's codes were made with another pepper.
    #[error("the secrets at hand are not the ones that this log was opened with")]
    OtherSecrets,
    /// A made-up log is never continued with real procedures, nor the other way round.
    #[error("the log is {}, and what was asked for is {}", made_up(*.log), made_up(!*.log))]
    Synthetic {
        /// Whether the log is made up.
        log: bool,
    },
    /// The decrees that it holds cannot be taken in.
    #[error("cannot take in the log's calendars")]
    Calendars(#[source] Box<crate::error::CommandError>),
    /// The zone is not known here.
    #[error("unknown time zone {0:?}")]
    Zone(String),
}

fn made_up(synthetic: bool) -> &'static str {
    if synthetic { "made up" } else { "real" }
}

impl Commands {
    /// Opens a log, new or not. `log.synthetic` must agree with what the log says of itself.
    pub async fn open(store: Store, secrets: Secrets, log: &OpenLog) -> Result<Self, OpenError> {
        let zone = |name: &str| TimeZone::get(name).map_err(|_| OpenError::Zone(name.to_owned()));
        zone(&log.zone)?;
        if store.head().await? == 0 {
            let opened = Opened {
                entity: log.entity.clone(),
                zone: log.zone.clone(),
                synthetic: log.synthetic,
                pepper_check: secrets.check(),
            };
            let event = LogEvent::Opened(opened);
            let append = Append {
                kind: kind::LOG,
                id: "log".to_owned(),
                after: 0,
                events: vec![NewEvent::encode(event.name(), &event)],
                metadata: by("operator"),
            };
            match store.append(append).await {
                // Another process was quicker: the log is open all the same.
                Ok(_) | Err(AppendError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let opened = Self::opening(&store).await?;
        if opened.pepper_check != secrets.check() {
            return Err(OpenError::OtherSecrets);
        }
        if opened.synthetic != log.synthetic {
            return Err(OpenError::Synthetic {
                log: opened.synthetic,
            });
        }
        let clock = Clock::system(zone(&opened.zone)?);
        let commands = Self::new(store, secrets, clock, opened);
        let learned = commands.learn_calendars().await;
        learned.map_err(|error| OpenError::Calendars(error.into()))?;
        Ok(commands)
    }

    /// Whether a log is made up; a new one is not.
    pub async fn is_synthetic(store: &Store) -> Result<bool, OpenError> {
        if store.head().await? == 0 {
            return Ok(false);
        }
        Self::opening(store).await.map(|opened| opened.synthetic)
    }

    /// What a log says of itself in its first event.
    async fn opening(store: &Store) -> Result<Opened, OpenError> {
        let first = store.read(0, 1).await?;
        match first.first().ok_or(OpenError::NotALog)?.decode()?.body {
            Body::Log(event) => match *event {
                LogEvent::Opened(opened) => Ok(opened),
            },
            Body::Procedure(..) | Body::Unit(_) | Body::Type(_) | Body::Calendar(_) => {
                Err(OpenError::NotALog)
            }
        }
    }
}
