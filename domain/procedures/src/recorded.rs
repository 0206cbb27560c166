//! An event as it stands in the log: its place, its time, and what it says.
//!
//! [`RawRecord`] is what a store hands over, [`Recorded`] is the same understood. Old versions of
//! events are lifted to today's on the way (`upcast`). This is the only place that turns stored text
//! into events, so that a store, a view and a verifier cannot read it differently.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::calendar::CalendarEvent;
use crate::catalogue::{TypeEvent, UnitEvent};
use crate::event::Entry;
use crate::ids::ProcedureId;
use crate::log::LogEvent;
use crate::names;
use crate::upcast::{LiftError, TODAY, Upcasts, VersionError};

/// A stored event, not yet understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRecord {
    /// Dense from 0 in commit order: also the index of its leaf in the verifiable log.
    pub position: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The kind of stream it belongs to.
    pub aggregate_type: String,
    /// The stream.
    pub aggregate_id: String,
    /// Its number within the stream, from 1.
    pub sequence: u64,
    /// The event's name.
    pub event_type: String,
    /// The version of the event's form.
    pub event_version: String,
    /// The event as JSON text.
    pub payload: String,
    /// Who, through what: a JSON object of strings.
    pub metadata: String,
}

/// An event in its place, understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// See [`RawRecord::position`].
    pub position: u64,
    /// See [`RawRecord::recorded_at`].
    pub recorded_at: Timestamp,
    /// See [`RawRecord::sequence`].
    pub sequence: u64,
    /// What it says, and of what.
    pub body: Body,
}

/// What an event says, by the kind of stream it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// An entry in a procedure's history.
    Procedure(ProcedureId, Box<Entry>),
    /// Something about a unit.
    Unit(Box<UnitEvent>),
    /// Something about a procedure type.
    Type(Box<TypeEvent>),
    /// Something about a calendar.
    Calendar(Box<CalendarEvent>),
    /// Something about the log itself.
    Log(Box<LogEvent>),
}

/// A stored event that today's code cannot read. Followers stop here: nothing is skipped in silence.
#[derive(Debug, thiserror::Error)]
#[error("cannot read event {event_type} {event_version} at position {position}")]
pub struct UnreadableRecord {
    /// Where it stands.
    pub position: u64,
    /// What it calls itself.
    pub event_type: String,
    /// In which version.
    pub event_version: String,
    /// Why.
    #[source]
    pub source: UnreadableCause,
}

/// See [`UnreadableRecord`].
#[derive(Debug, thiserror::Error)]
pub enum UnreadableCause {
    /// Its version is newer than this program, or no version at all.
    #[error(transparent)]
    Version(#[from] VersionError),
    /// No event of that kind of stream has this name: whoever wrote it knew more.
    #[error(
        "no event of a {kind} is called {name:?} here: a newer program wrote it, update this one"
    )]
    Name {
        /// The kind of stream.
        kind: String,
        /// The name.
        name: String,
    },
    /// It is stored under another name than its text says.
    #[error("its text says {0}")]
    Misnamed(&'static str),
    /// The text is not the form of that event.
    #[error("its text has another form")]
    Form(#[from] serde_json::Error),
    /// No kind of stream has this name.
    #[error("unknown kind of stream {0:?}")]
    Kind(String),
    /// The stream's identity is not of its kind.
    #[error("not an identity: {0:?}")]
    Identity(String),
}

/// The kinds of streams: the `aggregate_type` of each.
pub mod kind {
    /// One procedure's history.
    pub const PROCEDURE: &str = "procedure";
    /// One unit's record in the catalogue.
    pub const UNIT: &str = "unit";
    /// One procedure type's versions.
    pub const PROCEDURE_TYPE: &str = "procedure_type";
    /// What was decreed about one calendar.
    pub const CALENDAR: &str = "calendar";
    /// The log's own events.
    pub const LOG: &str = "log";
}

impl RawRecord {
    /// Understands a stored event. Fails on a form that no version of this code has written.
    ///
    /// ```
    /// use chasqui_procedures::recorded::{Body, RawRecord};
    ///
    /// let raw = RawRecord {
    ///     position: 41,
    ///     recorded_at: "2025-09-10T15:00:00Z".parse()?,
    ///     aggregate_type: "procedure".to_owned(),
    ///     aggregate_id: "018f2f6e-7b1a-7cc3-98c4-dc0c0c07398f".to_owned(),
    ///     sequence: 4,
    ///     event_type: "Withdrawn".to_owned(),
    ///     event_version: "1".to_owned(),
    ///     payload: r#"{"occurred":"2025-09-10","event":{"Withdrawn":{}}}"#.to_owned(),
    ///     metadata: "{}".to_owned(),
    /// };
    /// let Body::Procedure(_, entry) = raw.decode()?.body else { panic!("an entry") };
    /// assert_eq!(entry.event.name(), "Withdrawn");
    /// assert!(RawRecord { event_version: "2".to_owned(), ..raw }.decode().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn decode(&self) -> Result<Recorded, UnreadableRecord> {
        self.decode_with(&TODAY)
    }

    /// The same with other steps from old forms to new ones than today's: how the lifting itself is
    /// tested, and what a tool that looks ahead would use.
    pub fn decode_with(&self, upcasts: &Upcasts<'_>) -> Result<Recorded, UnreadableRecord> {
        let body = self.body(upcasts).map_err(|source| UnreadableRecord {
            position: self.position,
            event_type: self.event_type.clone(),
            event_version: self.event_version.clone(),
            source,
        })?;
        Ok(Recorded {
            position: self.position,
            recorded_at: self.recorded_at,
            sequence: self.sequence,
            body,
        })
    }

    fn body(&self, upcasts: &Upcasts<'_>) -> Result<Body, UnreadableCause> {
        let lifted = upcasts.lift(&self.event_type, &self.event_version, &self.payload);
        let text = &*lifted.map_err(|error| match error {
            LiftError::Version(error) => UnreadableCause::Version(error),
            LiftError::Text(error) => UnreadableCause::Form(error),
        })?;
        let body = match self.aggregate_type.as_str() {
            kind::PROCEDURE => {
                let id = self.aggregate_id.parse();
                let id = id.map_err(|_| UnreadableCause::Identity(self.aggregate_id.clone()))?;
                Body::Procedure(id, self.read(text)?)
            }
            kind::UNIT => Body::Unit(self.read(text)?),
            kind::PROCEDURE_TYPE => Body::Type(self.read(text)?),
            kind::CALENDAR => Body::Calendar(self.read(text)?),
            kind::LOG => Body::Log(self.read(text)?),
            other => return Err(UnreadableCause::Kind(other.to_owned())),
        };
        // The version, and so the way in which it was lifted, goes by the name it is stored under.
        match body.name() {
            name if name == self.event_type => Ok(body),
            name => Err(UnreadableCause::Misnamed(name)),
        }
    }

    fn read<E: DeserializeOwned>(&self, text: &str) -> Result<Box<E>, UnreadableCause> {
        serde_json::from_str(text).map_err(|error| {
            if names::of(&self.aggregate_type).contains(&self.event_type) {
                return UnreadableCause::Form(error);
            }
            UnreadableCause::Name {
                kind: self.aggregate_type.clone(),
                name: self.event_type.clone(),
            }
        })
    }
}

impl Body {
    /// The event's name, as stored and as published.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Procedure(_, entry) => entry.event.name(),
            Self::Unit(event) => event.name(),
            Self::Type(event) => event.name(),
            Self::Calendar(event) => event.name(),
            Self::Log(event) => event.name(),
        }
    }
}

/// An event about to be stored: its name, version and JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// See [`RawRecord::event_type`].
    pub event_type: Cow<'static, str>,
    /// See [`RawRecord::event_version`].
    pub event_version: Cow<'static, str>,
    /// See [`RawRecord::payload`].
    pub payload: String,
}

impl NewEvent {
    /// Writes an event down.
    pub fn encode<E: Serialize>(name: &'static str, event: &E) -> Self {
        Self {
            event_type: name.into(),
            event_version: TODAY.version(name).to_string().into(),
            payload: serde_json::to_string(event).expect("invariant: events are plain data"),
        }
    }
}

impl From<&Entry> for NewEvent {
    fn from(entry: &Entry) -> Self {
        Self::encode(entry.event.name(), entry)
    }
}
