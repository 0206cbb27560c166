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
pub(crate) struct PublicEvent {
    /// Dense from 0: nothing is left out.
    position: u64,
    /// `procedure`, `unit`, `procedure_type`, `calendar` or `log`.
    kind: String,
    recorded_at: Timestamp,
    /// The procedure's name in public data: always the same, and no key to anything.
    #[serde(skip_serializing_if = "Option::is_none")]
    procedure: Option<String>,
    #[serde(flatten)]
    entry: Option<PublicEntryOf>,
    /// What an event of another kind says.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    record: Option<Value>,
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
            } => Self {
                position,
                kind: "procedure".to_owned(),
                recorded_at: entry.recorded_at,
                procedure: Some(app.commands().secrets().public_id(procedure)),
                entry: Some(told(*entry, filing)),
                record: None,
            },
            Content::Record {
                kind,
                recorded_at,
                record,
            } => Self {
                position,
                kind,
                recorded_at,
                procedure: None,
                entry: None,
                record: Some(record),
            },
        }
    }

    pub(super) fn position(&self) -> u64 {
        self.position
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
