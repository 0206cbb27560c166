//! Old forms of events, lifted to today's when they are read. Stored events are never rewritten.
//!
//! Until version 0.1.0 every event is of version 1 and nothing needs lifting.

use std::borrow::Cow;

use crate::recorded::EVENT_VERSION;

/// The text of an event in today's form. Fails if the version is unknown.
pub(crate) fn to_current<'a>(
    _event_type: &str,
    event_version: &str,
    payload: &'a str,
) -> Result<Cow<'a, str>, serde_json::Error> {
    if event_version == EVENT_VERSION {
        return Ok(Cow::Borrowed(payload));
    }
    Err(serde::de::Error::custom(format_args!(
        "version {event_version} is newer than this program: upgrade it"
    )))
}
