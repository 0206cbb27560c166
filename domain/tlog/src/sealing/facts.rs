//! The fields that every event commits. Days and instants are committed apart, so that open data can
//! show the day without the second.

use serde_json::{Value, json};

use super::StreamName;
use crate::disclosure::FieldName;
use crate::encoding::{is_civil_date, is_utc_second};
use crate::error::SealError;
use crate::merkle::Hash;

/// The names of the mandatory fields, in the order in which their disclosures are listed.
pub const MANDATORY_FIELDS: [&str; 9] = [
    "stream",
    "seq",
    "type",
    "entity",
    "recorded_at",
    "recorded_day",
    "occurred_on",
    "schema",
    "prev",
];

/// What is said of every event, whatever its type. None of it is personal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts<'a> {
    /// The stream it belongs to.
    pub stream: &'a StreamName,
    /// Its number within the stream, from 1, without gaps.
    pub seq: u64,
    /// The event's type, in the words of the domain: 1 to 128 bytes without control characters.
    pub kind: &'a str,
    /// The responsible unit: 1 to 128 bytes without control characters.
    pub entity: &'a str,
    /// When it was recorded: `2026-01-01T00:00:41Z`.
    pub recorded_at: &'a str,
    /// The local day of it, where the unit is: `2025-12-31`.
    pub recorded_day: &'a str,
    /// The day on which it is said to have happened; a claim, unlike the others.
    pub occurred_on: &'a str,
    /// The version of the form of the event's other fields.
    pub schema: &'a str,
    /// The leaf hash of the event before it in the stream; nothing for the first.
    pub prev: Option<Hash>,
}

impl Facts<'_> {
    /// The fields with their values, in the order of [`MANDATORY_FIELDS`].
    pub(super) fn fields(&self) -> Result<Vec<(FieldName, Value)>, SealError> {
        if self.seq == 0 || self.prev.is_some() != (self.seq > 1) {
            return Err(SealError::Sequence { seq: self.seq });
        }
        for (field, text) in [
            ("type", self.kind),
            ("entity", self.entity),
            ("schema", self.schema),
        ] {
            if text.is_empty() || text.len() > 128 || text.contains(char::is_control) {
                return Err(SealError::Value { field });
            }
        }
        if !is_utc_second(self.recorded_at) {
            return Err(SealError::Value {
                field: "recorded_at",
            });
        }
        for (field, text) in [
            ("recorded_day", self.recorded_day),
            ("occurred_on", self.occurred_on),
        ] {
            if !is_civil_date(text) {
                return Err(SealError::Value { field });
            }
        }
        let values = [
            json!(self.stream.as_str()),
            json!(self.seq),
            json!(self.kind),
            json!(self.entity),
            json!(self.recorded_at),
            json!(self.recorded_day),
            json!(self.occurred_on),
            json!(self.schema),
            self.prev
                .map_or(Value::Null, |hash| json!(hash.to_string())),
        ];
        let names = MANDATORY_FIELDS.map(|name| {
            name.parse()
                .expect("invariant: the mandatory names are field names")
        });
        Ok(names.into_iter().zip(values).collect())
    }
}
