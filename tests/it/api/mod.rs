//! The API that systems write through, by real HTTP.

mod commands;
mod crowd;
mod feed;
mod languages;
mod matrix;
mod persons;
mod reads;
mod subprocedures;

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

use crate::support::server::Answer;
use crate::support::{Database, Server, chasqui};
use crate::views::fill;

/// A served log with the units `obras`, `catastro` and `ambiente`, and a key for everything.
pub(crate) struct Office {
    pub(crate) server: Server,
    pub(crate) key: String,
}

static TURN: AtomicU64 = AtomicU64::new(0);

/// A text that was never used.
pub(crate) fn fresh() -> String {
    format!("k-{}", TURN.fetch_add(1, Ordering::Relaxed))
}

/// A key with scopes for a unit; `*` for all.
pub(crate) fn key(database: &Database, unit: &str, scopes: &str) -> String {
    let whom = match unit {
        "*" => vec!["--whole-municipality"],
        unit => vec!["--unit", unit],
    };
    let label = fresh();
    let what = [
        "key", "create", "--json", "--scopes", scopes, "--label", &label,
    ];
    let arguments = [&what[..], &whom[..]].concat();
    let made = chasqui(database, &arguments).exits(0).json();
    made["key"].as_str().unwrap().to_owned()
}

impl Office {
    pub(crate) fn open(database: &Database) -> Self {
        fill(database, 3);
        Self::of(database)
    }

    /// The same with a verifiable log, sealed up to here.
    pub(crate) fn with_log(database: &Database) -> Self {
        fill(database, 3);
        let init = ["log", "init", "--origin", "test.example/log1"];
        chasqui(database, &init).exits(0);
        chasqui(database, &["log", "seal"]).exits(0);
        Self::of(database)
    }

    fn of(database: &Database) -> Self {
        let key = key(database, "*", "all");
        let server = Server::start(database);
        Self { server, key }
    }

    /// Files a procedure of fifteen business days on a Monday.
    pub(crate) fn file(&self) -> Value {
        self.file_with(Value::Null)
    }

    /// The same, by a person.
    pub(crate) fn file_with(&self, person: Value) -> Value {
        let body = json!({
            "type": "PERMIT", "unit": "obras", "channel": "web", "person": person,
            "occurred": "2026-03-02T10:00:00-05:00",
        });
        let answer = self.post("/api/v1/procedures", &body);
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer.json()
    }

    /// Sends a command under a fresh idempotency key.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_once(path, &fresh(), body)
    }

    /// Sends a command under an idempotency key.
    pub(crate) fn post_once(&self, path: &str, once: &str, body: &Value) -> Answer {
        let more = [("idempotency-key", once)];
        self.server.command(path, &self.key, &more, body)
    }

    /// Acts on a procedure.
    pub(crate) fn act(&self, procedure: &Value, command: &str, body: &Value) -> Answer {
        self.post(&address(procedure, command), body)
    }

    /// Gets with the key.
    pub(crate) fn get(&self, path: &str) -> Answer {
        let bearer = format!("Bearer {}", self.key);
        self.server.get_with(path, &[("authorization", &bearer)])
    }
}

/// Where a command on a procedure is sent; `procedure` is the answer to its filing.
pub(crate) fn address(procedure: &Value, command: &str) -> String {
    let id = procedure["procedure"].as_str().unwrap();
    format!("/api/v1/procedures/{id}/{command}")
}
