//! Whether the process lives, and whether it can answer.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use crate::app::App;
use crate::log::{self, LogState};

/// How far the views may be behind the log for the service to be ready, in events.
const MOST_BEHIND: u64 = 10_000;

/// `GET /healthz`: the process answers.
pub(crate) async fn alive() -> &'static str {
    "ok\n"
}

#[derive(Serialize)]
pub(crate) struct Readiness {
    ready: bool,
    database: bool,
    position: u64,
    behind: Option<u64>,
    halted: Option<String>,
    /// The verifiable log, if there is one here. It makes nobody less ready: pages do not wait for it.
    log: Option<LogState>,
}

/// `GET /readyz`: the event database answers, and the views keep up with it.
pub(crate) async fn ready(State(app): State<App>) -> (StatusCode, Json<Readiness>) {
    let head = app.commands().head().await.ok();
    let progress = app.views().progress().unwrap_or_default();
    let behind = head.map(|head| head.saturating_sub(progress.position));
    let readable = app.views().read(|_, _| Ok(())).is_ok();
    let keeps_up = behind.is_some_and(|behind| behind <= MOST_BEHIND);
    let ready = readable && keeps_up && progress.halted.is_none();
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    let (database, position) = (head.is_some(), progress.position);
    (
        status,
        Json(Readiness {
            ready,
            database,
            position,
            behind,
            halted: progress.halted,
            log: log::state(&app),
        }),
    )
}
