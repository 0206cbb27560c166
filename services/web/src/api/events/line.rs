//! One line of the feed, as it is told.

use chasqui_deadlines::CalendarId;
use chasqui_procedures::public_line::PublicFiling;
use chasqui_procedures::publication::{Details, PublicEntry};
use chasqui_projections::stream::{Content, Line};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::app::App;
use crate::words;

/// An event's public part, in its place.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum PublicEvent {
    Procedure(Box<ProcedureEvent>),
    Other(OtherEvent),
}

/// Where an event stands in the log. Nothing is left out: positions are dense from 0.
#[derive(Serialize, ToSchema)]
struct Place {
    position: u64,
    /// `procedure`, `unit`, `procedure_type`, `calendar` or `log`.
    kind: String,
    recorded_at: Timestamp,
}

/// An event of a procedure.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProcedureEvent {
    #[serde(flatten)]
    place: Place,
    /// The procedure's name in public data: always the same, and no key to anything.
    procedure: String,
    #[serde(flatten)]
    entry: PublicEntryOf,
}

/// An event of another kind.
#[derive(Serialize, ToSchema)]
pub(crate) struct OtherEvent {
    #[serde(flatten)]
    place: Place,
    /// What it says.
    #[schema(value_type = Object)]
    record: Value,
}

/// An entry of a procedure's history.
#[derive(Serialize, ToSchema)]
struct PublicEntryOf {
    sequence: u64,
    /// The event's name.
    r#type: &'static str,
    /// The event in words.
    label: String,
    occurred_on: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    occurred_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    imported: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    filing: Option<Filing>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contradicts: Vec<&'static str>,
    #[serde(skip_serializing_if = "Details::is_empty")]
    #[schema(value_type = Object)]
    details: Details,
}

/// What a filing says of its procedure for good.
#[derive(Serialize, ToSchema)]
struct Filing {
    r#type: String,
    type_version: u32,
    unit: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    applicant_kind: Option<String>,
    calendars: Vec<String>,
    /// What ends its time.
    #[schema(value_type = String)]
    clock_stops_at: chasqui_procedures::catalogue::ClockStop,
}

impl PublicEvent {
    pub(super) fn of(app: &App, line: Line) -> Self {
        let position = line.position;
        match line.content {
            Content::Entry {
                procedure,
                filing,
                entry,
            } => Self::Procedure(Box::new(ProcedureEvent {
                place: Place {
                    position,
                    kind: "procedure".to_owned(),
                    recorded_at: entry.recorded_at,
                },
                procedure: app.commands().secrets().public_id(procedure),
                entry: told(*entry, filing),
            })),
            Content::Record {
                kind,
                recorded_at,
                record,
            } => Self::Other(OtherEvent {
                place: Place {
                    position,
                    kind,
                    recorded_at,
                },
                record,
            }),
        }
    }

    pub(super) fn position(&self) -> u64 {
        match self {
            Self::Procedure(event) => event.place.position,
            Self::Other(event) => event.place.position,
        }
    }
}

fn told(entry: PublicEntry, filing: Option<PublicFiling>) -> PublicEntryOf {
    let other = entry.details.to.as_ref().or(entry.unit.as_ref());
    PublicEntryOf {
        sequence: entry.sequence,
        r#type: entry.event,
        label: words::entry(&entry, other.map(|unit| unit.as_str())),
        occurred_on: entry.occurred.on(),
        occurred_at: entry.occurred.at(),
        unit: entry.unit.as_ref().map(ToString::to_string),
        imported: entry.imported,
        filing: filing.map(|filing| Filing {
            r#type: filing.procedure_type.to_string(),
            type_version: filing.type_version,
            unit: filing.unit.to_string(),
            applicant_kind: filing.applicant_kind.map(|kind| kind.to_string()),
            calendars: filing.calendars.iter().map(CalendarId::to_string).collect(),
            clock_stops_at: filing.clock_stops_at,
        }),
        contradicts: entry.contradicts.iter().map(|one| one.id()).collect(),
        details: entry.details,
    }
}
