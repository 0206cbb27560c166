//! The samples of every version of every event: written once, then never changed. A new version adds
//! lines, in `events_v2.json` and so on; those of the versions before it stay.

use chasqui_procedures::recorded::{NewEvent, RawRecord};
use chasqui_procedures::upcast::TODAY;
use serde_json::Value;

use crate::recorded::raw;

const FILES: [&str; 1] = [include_str!("../../../../tests/vectors/events_v1.json")];

/// One sample.
#[derive(Clone, Debug)]
pub(crate) struct Golden {
    /// Its line in the file, as it is.
    pub(crate) line: String,
    pub(crate) stream: String,
    pub(crate) name: String,
    pub(crate) version: u32,
    pub(crate) payload: Value,
}

/// All of them, in the order of the files.
pub(crate) fn goldens() -> Vec<Golden> {
    let lines = FILES.iter().flat_map(|file| file.lines());
    lines
        .filter(|line| line.starts_with('{'))
        .map(|line| Golden::of(line.trim_end_matches(',')))
        .collect()
}

impl Golden {
    fn of(line: &str) -> Self {
        let parsed: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| parsed[key].as_str().unwrap().to_owned();
        Self {
            line: line.to_owned(),
            stream: text("stream"),
            name: text("type"),
            version: text("version").parse().unwrap(),
            payload: parsed["payload"].clone(),
        }
    }

    /// Whether this version is the one that is written today.
    pub(crate) fn is_of_today(&self) -> bool {
        TODAY.version(&self.name) == self.version
    }

    /// The sample as a store hands it over.
    pub(crate) fn record(&self) -> RawRecord {
        self.with(&self.payload)
    }

    /// The same with another text.
    pub(crate) fn with(&self, payload: &Value) -> RawRecord {
        let stored = NewEvent {
            event_type: self.name.clone().into(),
            event_version: self.version.to_string().into(),
            payload: payload.to_string(),
        };
        raw(&self.stream, &stored)
    }
}
