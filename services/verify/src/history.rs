//! A whole history, against a log that is read from end to end: every event is there once, in order, and
//! none comes after the last.

use chasqui_tlog::history::{History, ProvenEvent};
use chasqui_tlog::policy::Policy;

use crate::audit::{Audited, Question, audit};
use crate::error::VerifyError;
use crate::source::Source;

/// A history that is whole.
#[derive(Debug)]
pub struct CheckedHistory {
    /// Its events, from the first.
    pub events: Vec<ProvenEvent>,
    /// The log that they were found in.
    pub log: Audited,
}

/// Audits the log, and checks that these are all the events of the history in it.
pub fn check_history(
    bytes: &[u8],
    source: &dyn Source,
    policy: &Policy,
    mut question: Question<'_>,
) -> Result<CheckedHistory, VerifyError> {
    let history = History::parse(bytes)?;
    question.find.extend(history.tags());
    let log = audit(source, policy, question)?;
    let origin = log.checkpoint.checkpoint().origin();
    let events = history.verify(origin, &log.tags, |index| log.leaf(index))?;
    Ok(CheckedHistory { events, log })
}
