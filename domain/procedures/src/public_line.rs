//! What of the log's other events, and of a filing, the public feed tells: whoever follows it can compute
//! every figure without us.
//!
//! An entry's own public part is decided in [`crate::publication`]; here is what stands beside it in a
//! feed, where no page says of which type the procedure is.

use chasqui_deadlines::CalendarId;
use serde::Serialize;
use serde_json::{Value, json};

use crate::catalogue::ClockStop;
use crate::event::{Entry, Event, Filed};
use crate::ids::{ApplicantKind, TypeId, UnitId};
use crate::log::{LogEvent, Opened};
use crate::recorded::{Body, kind};

/// What a filing says of its procedure for good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicFiling {
    /// The procedure type.
    pub procedure_type: TypeId,
    /// The version that governs it.
    pub type_version: u32,
    /// The unit that it was filed with.
    pub unit: UnitId,
    /// What kind of applicant filed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub applicant_kind: Option<ApplicantKind>,
    /// The calendars that count.
    pub calendars: Vec<CalendarId>,
    /// What ends its time.
    pub clock_stops_at: ClockStop,
}

/// What a filing says of its procedure; none for every other entry.
#[must_use]
pub fn publish_filing(entry: &Entry) -> Option<PublicFiling> {
    let Event::Filed(filed) = &entry.event else {
        return None;
    };
    let Filed {
        procedure_type,
        type_version,
        unit,
        channel: _in_the_entry,
        applicant_kind,
        calendars,
        filed_on: _in_the_entry_too,
        clock_stops_at,
        due: _there_as_well,
        code: _private,
        subject: _private_too,
    } = &**filed;
    Some(PublicFiling {
        procedure_type: procedure_type.clone(),
        type_version: *type_version,
        unit: unit.clone(),
        applicant_kind: applicant_kind.clone(),
        calendars: calendars.clone(),
        clock_stops_at: *clock_stops_at,
    })
}

/// The kind of stream and the public content of an event that is not of a procedure; none if it is.
///
/// The catalogue and the calendars are published as they are. Of the log's opening, the digest of the
/// pepper stays inside.
#[must_use]
pub fn publish_record(body: &Body) -> Option<(&'static str, Value)> {
    let value =
        |event: Result<Value, serde_json::Error>| event.expect("invariant: events are plain data");
    Some(match body {
        Body::Procedure(..) => return None,
        Body::Unit(event) => (kind::UNIT, value(serde_json::to_value(event))),
        Body::Type(event) => (kind::PROCEDURE_TYPE, value(serde_json::to_value(event))),
        Body::Calendar(event) => (kind::CALENDAR, value(serde_json::to_value(event))),
        Body::Log(event) => {
            let LogEvent::Opened(Opened {
                entity,
                zone,
                synthetic,
                pepper_check: _private,
            }) = &**event;
            let opened = json!({ "entity": entity, "zone": zone, "synthetic": synthetic });
            (kind::LOG, json!({ "Opened": opened }))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Label;

    #[test]
    fn the_digest_of_the_pepper_stays_inside() {
        let opened = Opened {
            entity: Label::parse("Municipio").unwrap(),
            zone: "America/Guayaquil".to_owned(),
            synthetic: true,
            pepper_check: "00c0ffee".to_owned(),
        };
        let body = Body::Log(Box::new(LogEvent::Opened(opened)));
        let (kind, value) = publish_record(&body).unwrap();
        assert_eq!(
            (kind, &value["Opened"]["entity"]),
            ("log", &json!("Municipio"))
        );
        assert!(!value.to_string().contains("c0ffee"));
    }
}
