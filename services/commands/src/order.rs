//! Who asks for a command, and on which conditions it is to be carried out.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use chasqui_procedures::moment::Moment;
use chasqui_procedures::recorded::{Body, kind};
use chasqui_store::IdempotencyKey;
use jiff::Timestamp;
use serde::Serialize;

use crate::authorise::Actor;
use crate::commands::Commands;
use crate::error::CommandError;
use crate::idempotency::Once;

/// A command's letter of introduction: who asks, what they have seen, and how often it may be done.
#[derive(Clone, Debug)]
pub struct Order {
    pub(crate) actor: Actor,
    pub(crate) seen: Option<u64>,
    pub(crate) once: Option<Once>,
}

impl Order {
    /// By somebody, on no condition.
    #[must_use]
    pub fn by(actor: Actor) -> Self {
        Self {
            actor,
            seen: None,
            once: None,
        }
    }

    /// By whoever works on the machine itself.
    #[must_use]
    pub fn of_operator() -> Self {
        Self::by(Actor::Operator)
    }

    /// Only if the procedure still has this version.
    #[must_use]
    pub fn seeing(mut self, version: Option<u64>) -> Self {
        self.seen = version;
        self
    }

    /// Once, however often it is sent.
    #[must_use]
    pub fn once(mut self, once: Option<Once>) -> Self {
        self.once = once;
        self
    }

    /// What is kept with the events: who, by a name that is no person's.
    pub(crate) fn metadata(&self) -> String {
        by(&self.actor.name())
    }
}

/// What is kept with events: who asked for them.
pub(crate) fn by(actor: &str) -> String {
    serde_json::json!({ "actor": actor }).to_string()
}

/// Something that happened to a procedure since somebody looked at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Its number in the history.
    pub sequence: u64,
    /// The event's name.
    pub r#type: String,
    /// When it happened.
    pub occurred: Moment,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who asked for it, as records name them; none where they say nothing.
    pub by: Option<String>,
}

/// The most changes that are told at once.
const MOST_CHANGES: usize = 50;

impl Commands {
    /// What happened to a procedure after the version that somebody saw.
    pub(crate) async fn changes_since(
        &self,
        procedure: &str,
        version: u64,
    ) -> Result<Vec<Change>, CommandError> {
        let ids = vec![procedure.to_owned()];
        let records = self.0.store.load_many(kind::PROCEDURE, ids).await?;
        let later = records
            .iter()
            .filter(|record| record.sequence > version)
            .take(MOST_CHANGES);
        let mut changes = Vec::new();
        for record in later {
            let Body::Procedure(_, entry) = record.decode()?.body else {
                continue;
            };
            changes.push(Change {
                sequence: record.sequence,
                r#type: record.event_type.clone(),
                occurred: entry.occurred,
                recorded_at: record.recorded_at,
                by: actor_of(&record.metadata),
            });
        }
        Ok(changes)
    }
}

/// Who asked, as a record's metadata says.
pub(crate) fn actor_of(metadata: &str) -> Option<String> {
    #[derive(serde::Deserialize)]
    struct Metadata {
        actor: Option<String>,
    }
    let metadata: Metadata = serde_json::from_str(metadata).ok()?;
    metadata.actor
}

/// The commands that this process has in hand, by their callers' keys: the same key is not worked on
/// twice at a time. Between processes the append finds out.
#[derive(Debug, Default)]
pub(crate) struct InHand(Mutex<BTreeSet<IdempotencyKey>>);

/// While this lives, its key is in hand.
pub(crate) struct Held<'h> {
    hand: &'h InHand,
    key: IdempotencyKey,
}

impl InHand {
    /// Takes a key into the hand; none if it is there already.
    pub(crate) fn take(&self, key: &IdempotencyKey) -> Option<Held<'_>> {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.insert(key.clone()).then(|| Held {
            hand: self,
            key: key.clone(),
        })
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut keys = self.hand.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_in_one_hand_at_a_time() {
        let hand = InHand::default();
        let key = |n| IdempotencyKey {
            caller: "key:a".to_owned(),
            digest: [n; 32],
        };
        let held = hand.take(&key(1));
        assert!(held.is_some() && hand.take(&key(1)).is_none());
        assert!(hand.take(&key(2)).is_some(), "another one is free");
        drop(held);
        assert!(hand.take(&key(1)).is_some());
    }

    #[test]
    fn records_say_who_asked_and_older_ones_say_nothing() {
        let metadata = Order::of_operator().metadata();
        assert_eq!(actor_of(&metadata).as_deref(), Some("operator"));
        assert_eq!(actor_of("{}"), None);
    }
}
