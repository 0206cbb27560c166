//! The addresses of a witness: one to submit to, and some to look at. It knows no user and no secret.

use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State as Shared};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use chasqui_tlog::witness::MAX_SUBMISSION_BYTES;
use jiff::Timestamp;
use tokio::sync::Semaphore;

use crate::error::WitnessError;
use crate::witness::{State, Witness};

/// How many submissions are read at the same time; each can be as long as a note.
const MOST_AT_ONCE: usize = 16;

#[derive(Clone)]
struct Desk {
    witness: Arc<Witness>,
    places: Arc<Semaphore>,
}

/// The addresses of a witness.
pub fn router(witness: Arc<Witness>) -> Router {
    let desk = Desk {
        witness,
        places: Arc::new(Semaphore::new(MOST_AT_ONCE)),
    };
    Router::new()
        .route("/add-checkpoint", post(add_checkpoint))
        .route("/", get(show))
        .route("/healthz", get(health))
        .route("/vkey", get(vkey))
        .layer(DefaultBodyLimit::max(MAX_SUBMISSION_BYTES))
        .with_state(desk)
}

async fn add_checkpoint(Shared(desk): Shared<Desk>, body: Bytes) -> Response {
    let Ok(_place) = desk.places.try_acquire() else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    let time = u64::try_from(Timestamp::now().as_second()).unwrap_or(1);
    let witness = Arc::clone(&desk.witness);
    // It syncs files, which would hold up others.
    let answer = tokio::task::spawn_blocking(move || witness.add_checkpoint(&body, time)).await;
    let Ok(answer) = answer else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = (header::CONTENT_TYPE, answer.content_type);
    (status, [kind], answer.body).into_response()
}

/// What it has seen, as text that people and monitors can read.
async fn show(Shared(desk): Shared<Desk>) -> Response {
    match told(desk).await {
        Ok(state) => text(StatusCode::OK, state.to_string()),
        Err(error) => unwell(&error),
    }
}

/// Well if its memory can be read.
async fn health(Shared(desk): Shared<Desk>) -> Response {
    match told(desk).await {
        Ok(_) => text(StatusCode::OK, "ok\n".to_owned()),
        Err(error) => unwell(&error),
    }
}

async fn vkey(Shared(desk): Shared<Desk>) -> Response {
    text(StatusCode::OK, format!("{}\n", desk.witness.key()))
}

async fn told(desk: Desk) -> Result<State, WitnessError> {
    let told = tokio::task::spawn_blocking(move || desk.witness.state()).await;
    told.unwrap_or(Err(WitnessError::Busy))
}

fn unwell(error: &WitnessError) -> Response {
    let error = error as &dyn std::error::Error;
    tracing::error!(error, "the witness cannot read what it has seen");
    text(StatusCode::SERVICE_UNAVAILABLE, "unwell\n".to_owned())
}

fn text(status: StatusCode, body: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (status, headers, body).into_response()
}
