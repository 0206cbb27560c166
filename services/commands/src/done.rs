//! What a command did: the same, whether it was done just now or is told again.

use chasqui_procedures::event::{Due, Entry};
use chasqui_procedures::ids::ProcedureId;
use chasqui_store::{AppendError, StoredAnswer};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::commands::Commands;
use crate::error::CommandError;
use crate::idempotency::Recalled;
use crate::order::Order;

/// What a command did. It is durable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The procedure.
    pub procedure: ProcedureId,
    /// Its version from now on.
    pub version: u64,
    /// The log's position of its last entry.
    pub position: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// The names of the entries that were added, in order.
    pub events: Vec<String>,
    /// When an answer is due from now on, if the command moved it.
    pub due: Option<Due>,
    /// Whether it was done before, under the same key, and is only told again.
    pub again: bool,
}

/// What the store keeps of it. Position and time it knows itself.
#[derive(Serialize, Deserialize)]
struct Kept {
    procedure: ProcedureId,
    version: u64,
    events: Vec<String>,
    due: Option<Due>,
}

impl Done {
    /// What will have been done once these entries are appended; its place is still to be known.
    pub(crate) fn to_be(procedure: ProcedureId, after: u64, entries: &[Entry]) -> Self {
        let names = entries.iter().map(|entry| entry.event.name().to_owned());
        Self {
            procedure,
            version: after + entries.len() as u64,
            position: 0,
            recorded_at: Timestamp::UNIX_EPOCH,
            events: names.collect(),
            due: entries.iter().rev().find_map(|entry| entry.event.due()),
            again: false,
        }
    }

    /// What the store keeps, so that it can be told again.
    pub(crate) fn to_keep(&self) -> String {
        let kept = Kept {
            procedure: self.procedure,
            version: self.version,
            events: self.events.clone(),
            due: self.due.clone(),
        };
        serde_json::to_string(&kept).expect("invariant: names, numbers and dates are JSON")
    }

    fn again(stored: &StoredAnswer) -> Result<Self, CommandError> {
        let kept: Kept = serde_json::from_str(&stored.answer)
            .map_err(|error| CommandError::Load(error.into()))?;
        Ok(Self {
            procedure: kept.procedure,
            version: kept.version,
            position: stored.position,
            recorded_at: stored.recorded_at,
            events: kept.events,
            due: kept.due,
            again: true,
        })
    }
}

impl Commands {
    /// Does something unless it was done already under the order's key; then it only tells it again.
    pub(crate) async fn at_most_once(
        &self,
        order: &Order,
        doing: impl Future<Output = Result<Done, CommandError>>,
    ) -> Result<Done, CommandError> {
        let Some(once) = &order.once else {
            return doing.await;
        };
        let Some(_held) = self.0.in_hand.take(once.key()) else {
            return Err(CommandError::InHand);
        };
        let told = |recalled| match recalled {
            Recalled::New => None,
            Recalled::Same(stored) => Some(Done::again(&stored)),
            Recalled::Other => Some(Err(CommandError::KeyUsed)),
        };
        if let Some(answer) = told(self.recall(once).await?) {
            return answer;
        }
        match doing.await {
            Ok(done) => Ok(done),
            Err(CommandError::Append(AppendError::AlreadyAnswered(stored))) => {
                told(once.compare(*stored)).unwrap_or(Err(CommandError::InHand))
            }
            // Another process may have been quicker with the same key, and what was decided here was
            // decided on what it had done.
            Err(error) => told(self.recall(once).await?).unwrap_or(Err(error)),
        }
    }
}
