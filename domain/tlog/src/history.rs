//! A whole history as a file (`chasqui-history/v1`), for whoever holds a stream's code: its tag key and
//! the opened fields of each of its events.
//!
//! A receipt proves that one event is in the log; this proves that no event is missing and none was
//! hidden. It does not carry the log: the verifier reads all of that by itself, from anywhere.

use std::fmt;

use serde_json::{Map, Value, json};

use crate::disclosure::{Commitment, Digest, Disclosure, MAX_DISCLOSURES, canonical_json};
use crate::encoding::{from_base64, to_base64};
use crate::error::HistoryFileError;
use crate::leaf::{EventLeaf, Tag};
use crate::merkle::Hash;
use crate::note::KeyName;
use crate::sealing::{OpenedEvent, TagIndex, TagKey, check_chain};

/// The name of the format, in the file.
const FORMAT: &str = "chasqui-history/v1";

/// The longest file.
pub const MAX_HISTORY_BYTES: usize = 64 * 1024 * 1024;

/// The history of one stream. Parsed, but trusted only after [`verify`](Self::verify); printing gives
/// back the very bytes that were parsed.
///
/// Whoever has it can find the stream's leaves in the public log: it is for the party alone.
pub struct History {
    log: KeyName,
    tag_key: TagKey,
    events: Vec<(Commitment, Vec<Disclosure>)>,
}

/// An event of a history that is known to be in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct ProvenEvent {
    /// Its place in the log.
    pub index: u64,
    /// Its leaf.
    pub leaf: EventLeaf,
    /// What was opened.
    pub event: OpenedEvent,
}

impl History {
    /// The history of a stream of this log; its events from the first to the last, each with all its
    /// digests and the fields to open.
    pub fn new(
        log: KeyName,
        tag_key: TagKey,
        events: Vec<(Commitment, Vec<Disclosure>)>,
    ) -> Result<Self, HistoryFileError> {
        if events.is_empty() {
            return Err(HistoryFileError::Empty);
        }
        Ok(Self {
            log,
            tag_key,
            events,
        })
    }

    /// Reads a history: canonical JSON, and a newline that may be missing.
    pub fn parse(bytes: &[u8]) -> Result<Self, HistoryFileError> {
        if bytes.len() > MAX_HISTORY_BYTES {
            return Err(HistoryFileError::TooLong { bytes: bytes.len() });
        }
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        let Ok(Value::Object(members)) = serde_json::from_slice(bytes) else {
            return Err(HistoryFileError::Malformed);
        };
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let log = text("log").and_then(|log| log.parse().ok());
        let tag_key = text("tag_key").and_then(from_base64);
        let events = members.get("events").and_then(Value::as_array);
        let (Some(log), Some(tag_key), Some(events)) = (log, tag_key, events) else {
            return Err(HistoryFileError::Malformed);
        };
        let events: Option<Vec<_>> = events.iter().map(event).collect();
        let events = events.ok_or(HistoryFileError::Malformed)?;
        let history = Self::new(log, TagKey::from_bytes(tag_key), events)?;
        // One spelling, and no members that a reader would not know of.
        if history.to_string().as_bytes() != bytes {
            return Err(HistoryFileError::Malformed);
        }
        Ok(history)
    }

    /// The log that it speaks of.
    pub const fn log(&self) -> &KeyName {
        &self.log
    }

    /// How many events it has.
    pub fn events(&self) -> u64 {
        self.events.len() as u64
    }

    /// The tags of its events in order, and at the end the one that must not be in the log.
    pub fn tags(&self) -> impl Iterator<Item = Tag> {
        (1..=self.events() + 1).map(|seq| self.tag_key.tag(seq))
    }

    /// Checks that the log of this name has exactly these events of the stream: each once, in order, as opened, and
    /// none after the last. `leaf` gives the leaf at a place of the log.
    pub fn verify(
        &self,
        log: &str,
        tags: &TagIndex,
        leaf: impl Fn(u64) -> Option<EventLeaf>,
    ) -> Result<Vec<ProvenEvent>, HistoryFileError> {
        if log != self.log.as_str() {
            let log = self.log.to_string();
            return Err(HistoryFileError::OtherLog { log });
        }
        let places = tags.check_history(&self.tag_key, self.events())?;
        let mut proven = Vec::with_capacity(places.len());
        for ((index, (all, open)), seq) in places.into_iter().zip(&self.events).zip(1..) {
            let leaf = leaf(index).ok_or(HistoryFileError::NoLeaf { seq })?;
            let event = OpenedEvent::check(leaf.commit, all, open.clone())
                .map_err(|source| HistoryFileError::Open { seq, source })?;
            proven.push(ProvenEvent { index, leaf, event });
        }
        let chain: Vec<(Hash, &OpenedEvent)> = proven
            .iter()
            .map(|one| (one.leaf.hash(), &one.event))
            .collect();
        check_chain(&chain)?;
        Ok(proven)
    }
}

fn event(value: &Value) -> Option<(Commitment, Vec<Disclosure>)> {
    let members = value.as_object()?;
    let digests = strings(members, "sd")?.map(|text| text?.parse::<Digest>().ok());
    let open = strings(members, "open")?.map(|text| Disclosure::parse(text?).ok());
    let commitment = Commitment::sorted(digests.collect::<Option<_>>()?).ok()?;
    Some((commitment, open.collect::<Option<_>>()?))
}

fn strings<'m>(
    members: &'m Map<String, Value>,
    name: &str,
) -> Option<impl Iterator<Item = Option<&'m str>>> {
    let items = members.get(name)?.as_array()?;
    (items.len() <= MAX_DISCLOSURES).then(|| items.iter().map(Value::as_str))
}

impl fmt::Display for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let events = self.events.iter().map(|(all, open)| {
            let open: Vec<&str> = open.iter().map(Disclosure::as_str).collect();
            let sd: Vec<String> = all.digests().iter().map(Digest::to_string).collect();
            json!({ "open": open, "sd": sd })
        });
        let file = json!({
            "events": events.collect::<Vec<_>>(),
            "format": FORMAT,
            "log": self.log.as_str(),
            "tag_key": to_base64(self.tag_key.expose()),
        });
        f.write_str(&canonical_json(&file).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for History {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "History({} events of {})", self.events(), self.log)
    }
}
