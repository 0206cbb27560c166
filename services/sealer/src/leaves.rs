//! From stored events to leaves. The same event, key and time give the same bytes for ever: `fsck`
//! makes every leaf again.

use std::collections::HashMap;

use chasqui_procedures::recorded::RawRecord;
use chasqui_store::{NewStreamKey, Place, Thread};
use chasqui_tlog::disclosure::{FieldName, canonical_json};
use chasqui_tlog::leaf::{Leaf, LeafTime};
use chasqui_tlog::merkle::{Hash, leaf_hash};
use chasqui_tlog::sealing::{Extra, Facts, SaltKey, SealedEvent, StreamKey, StreamName, seal};
use jiff::Timestamp;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::error::SealerError;

/// A field with a longer value, and a payload of more fields, are committed by their digest.
const MOST_BYTES: usize = 8 * 1024;
const MOST_FIELDS: usize = 64;

/// Makes the leaves of consecutive events, and the keys that new streams need.
pub(crate) struct Maker<'a> {
    pub(crate) origin: &'a str,
    pub(crate) time: LeafTime,
    known: HashMap<(String, String), ([u8; 32], Option<Hash>)>,
}

/// What was made of some events.
pub(crate) struct Made {
    pub(crate) leaves: Vec<Vec<u8>>,
    pub(crate) keys: Vec<NewStreamKey>,
}

pub(crate) fn place(record: &RawRecord) -> Place {
    Place {
        kind: record.aggregate_type.clone(),
        id: record.aggregate_id.clone(),
        sequence: record.sequence,
    }
}

impl<'a> Maker<'a> {
    pub(crate) fn new(origin: &'a str, time: LeafTime) -> Self {
        Self {
            origin,
            time,
            known: HashMap::new(),
        }
    }

    /// `threads` are those of the same events.
    pub(crate) fn make(
        mut self,
        records: &[RawRecord],
        threads: &[Thread],
    ) -> Result<Made, SealerError> {
        let mut made = Made {
            leaves: Vec::new(),
            keys: Vec::new(),
        };
        for (record, thread) in records.iter().zip(threads) {
            let stream = (record.aggregate_type.clone(), record.aggregate_id.clone());
            let (key, prev) = match (self.known.get(&stream), thread.key) {
                (Some(known), _) => *known,
                (None, Some(key)) => (key, thread.before.as_deref().map(leaf_hash)),
                (None, None) => {
                    let key = random(record.position)?;
                    let (kind, id) = stream.clone();
                    made.keys.push(NewStreamKey { kind, id, key });
                    (key, None)
                }
            };
            let sealed = sealed(self.origin, self.time, record, &key, prev)?;
            self.known.insert(stream, (key, Some(sealed.leaf.hash())));
            made.leaves.push(sealed.leaf.to_string().into_bytes());
        }
        Ok(made)
    }
}

/// One event with all its disclosures.
pub(crate) fn sealed(
    origin: &str,
    time: LeafTime,
    record: &RawRecord,
    key: &[u8; 32],
    prev: Option<Hash>,
) -> Result<SealedEvent, SealerError> {
    try_sealed(origin, time, record, key, prev).map_err(|source| SealerError::Event {
        position: record.position,
        source,
    })
}

fn try_sealed(
    origin: &str,
    time: LeafTime,
    record: &RawRecord,
    key: &[u8; 32],
    prev: Option<Hash>,
) -> Result<SealedEvent, Box<dyn std::error::Error + Send + Sync>> {
    let key = StreamKey::from_bytes(*key);
    let internal = key.internal_salts();
    let stream: StreamName =
        format!("{}/{}", record.aggregate_type, record.aggregate_id).parse()?;
    let payload: Value = serde_json::from_str(&record.payload)?;
    let metadata: Value = serde_json::from_str(&record.metadata)?;
    let recorded_at = record
        .recorded_at
        .strftime("%Y-%m-%dT%H:%M:%SZ")
        .to_string();
    let recorded_day = record.recorded_at.strftime("%Y-%m-%d").to_string();
    let occurred_on = occurred_on(&payload).unwrap_or_else(|| recorded_day.clone());
    let schema = format!("{}/{}", record.event_type, record.event_version);
    let facts = Facts {
        stream: &stream,
        seq: record.sequence,
        kind: &record.event_type,
        entity: origin,
        recorded_at: &recorded_at,
        recorded_day: &recorded_day,
        occurred_on: &occurred_on,
        schema: &schema,
        prev,
    };
    let mut extras = body(&payload, &internal)?;
    // The seconds are in `recorded_at`; the instant to the microsecond is nobody's business but ours.
    extras.push(extra(
        "recorded_us",
        Value::String(record.recorded_at.as_microsecond().to_string()),
        &internal,
    )?);
    extras.push(extra("metadata", short(&metadata), &internal)?);
    Ok(seal(time, &key, &facts, &extras)?)
}

/// The payload, field by field where its names allow it, so that one can be opened without the others.
fn body<'k>(
    payload: &Value,
    salts: &'k SaltKey,
) -> Result<Vec<Extra<'k>>, Box<dyn std::error::Error + Send + Sync>> {
    let fields = payload.as_object().filter(|fields| are_names(fields));
    let Some(fields) = fields else {
        return Ok(vec![extra("payload", short(payload), salts)?]);
    };
    fields
        .iter()
        .map(|(name, value)| extra(&format!("p_{name}"), short(value), salts))
        .collect()
}

fn are_names(fields: &Map<String, Value>) -> bool {
    fields.len() <= MOST_FIELDS
        && fields
            .keys()
            .all(|name| format!("p_{name}").parse::<FieldName>().is_ok())
}

/// The value, or its digest in an object of its own if it is too long or not canonical.
fn short(value: &Value) -> Value {
    match canonical_json(value) {
        Ok(text) if text.len() <= MOST_BYTES => value.clone(),
        Ok(_) | Err(_) => {
            let digest = Sha256::digest(value.to_string());
            let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            serde_json::json!({ "sha256": hex })
        }
    }
}

fn extra<'k>(
    name: &str,
    value: Value,
    key: &'k SaltKey,
) -> Result<Extra<'k>, Box<dyn std::error::Error + Send + Sync>> {
    let field = name.parse::<FieldName>()?;
    Ok(Extra { field, value, key })
}

/// The civil date that an entry of a procedure claims; none for other events.
fn occurred_on(payload: &Value) -> Option<String> {
    let occurred = payload.get("occurred")?;
    let text = occurred
        .as_str()
        .or_else(|| occurred.get("on")?.as_str())
        .or_else(|| occurred.get("date")?.as_str())?;
    let day: jiff::civil::Date = text.get(..10)?.parse().ok()?;
    Some(day.to_string())
}

/// Now, but never before the last leaf.
pub(crate) fn time(now: Timestamp, last: Option<&[u8]>) -> Result<LeafTime, SealerError> {
    let now = u64::try_from(now.as_second()).unwrap_or(0);
    let last = last.map(Leaf::parse).transpose();
    let last = last.map_err(SealerError::format)?;
    let seconds = last.map_or(now, |last| now.max(last.time().seconds()));
    LeafTime::new(seconds).map_err(SealerError::format)
}

fn random(position: u64) -> Result<[u8; 32], SealerError> {
    let mut key = [0; 32];
    getrandom::fill(&mut key).map_err(|error| SealerError::Event {
        position,
        source: error.to_string().into(),
    })?;
    Ok(key)
}
