//! A procedure as `cqrs-es` knows it. This file forwards to `decide` and `evolve` and does nothing
//! else; no other file of the domain knows the framework.

use chasqui_deadlines::Calendar;
use cqrs_es::event_sink::EventSink;
use cqrs_es::persist::{EventUpcaster, SerializedEvent};
use cqrs_es::{Aggregate, DomainEvent};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::catalogue::TypeVersion;
use crate::command::Command;
use crate::decide::{Situation, decide};
use crate::event::Entry;
use crate::moment::Moment;
use crate::procedure::Procedure;
use crate::recorded::kind;
use crate::rejection::Rejection;
use crate::upcast::{TODAY, Upcasts};

/// A procedure with its whole history: a correction needs the entries that it corrects.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureAggregate {
    /// What the history adds up to.
    pub state: Procedure,
    /// The history, oldest first.
    pub history: Vec<Entry>,
}

/// What a decision is handed: see [`Situation`], here owned.
#[derive(Clone, Debug)]
pub struct Services {
    /// Now.
    pub now: Moment,
    /// The type's version.
    pub rules: TypeVersion,
    /// The calendars.
    pub calendar: Calendar,
}

impl Services {
    /// The same, borrowed, for a procedure without a history.
    #[must_use]
    pub fn situation(&self) -> Situation<'_> {
        Situation {
            now: self.now,
            rules: &self.rules,
            calendar: &self.calendar,
            history: &[],
        }
    }
}

impl Aggregate for ProcedureAggregate {
    const TYPE: &'static str = kind::PROCEDURE;
    type Command = Command;
    type Event = Entry;
    type Error = Rejection;
    type Services = Services;

    async fn handle(
        &mut self,
        command: Command,
        services: &Services,
        sink: &EventSink<Self>,
    ) -> Result<(), Rejection> {
        let situation = Situation {
            history: &self.history,
            ..services.situation()
        };
        for entry in decide(&self.state, &command, &situation)? {
            sink.write(entry, self).await;
        }
        Ok(())
    }

    fn apply(&mut self, entry: Entry) {
        let anew = Procedure::needs_history(&entry);
        if !anew {
            self.state.evolve(&entry);
        }
        self.history.push(entry);
        if anew {
            self.state = Procedure::of(&self.history);
        }
    }
}

impl DomainEvent for Entry {
    fn event_type(&self) -> String {
        self.event.name().to_owned()
    }

    fn event_version(&self) -> String {
        TODAY.version(self.event.name()).to_string()
    }
}

/// What a stock store needs to read old events: `PersistedEventStore::with_upcasters`.
#[must_use]
pub fn upcasters() -> Vec<Box<dyn EventUpcaster>> {
    vec![Box::new(TODAY)]
}

impl EventUpcaster for Upcasts<'static> {
    fn can_upcast(&self, event_type: &str, event_version: &str) -> bool {
        event_version != self.version(event_type).to_string()
    }

    /// The framework has no way to refuse an event here. What cannot be lifted is therefore replaced by
    /// the reason: no entry can be read from it, and the reason stands in the error.
    fn upcast(&self, event: SerializedEvent) -> SerializedEvent {
        let (name, version) = (&event.event_type, &event.event_version);
        match self.lift_value(name, version, event.payload) {
            Ok(payload) => SerializedEvent {
                event_version: self.version(name).to_string(),
                payload,
                ..event
            },
            Err(error) => SerializedEvent {
                payload: Value::String(error.to_string()),
                ..event
            },
        }
    }
}
