//! HTTP and nothing else: requests become commands and queries, views become pages and JSON.
//!
//! Invariant: this crate never sees SQL or the event database. What is public was decided in
//! `chasqui_procedures::publication`; whether a procedure is late is computed here, for today, by the
//! domain's own function.

mod api;
mod app;
mod client;
mod dates;
mod embed;
mod health;
mod icalendar;
mod misses;
mod pages;
mod past;
mod position;
mod problem;
mod public;
mod refusal;
mod security;
mod telemetry;
mod words;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

pub use app::App;
pub use client::TrustedProxies;
pub use telemetry::{describe, observe};

/// Every address, and who answers it.
pub fn router(app: App) -> Router {
    let by_code = Router::new()
        .route("/t/{code}", get(pages::status::show))
        // QR codes are smaller in capitals.
        .route("/T/{code}", get(pages::status::show))
        .route("/t/{code}/silencio", get(pages::silence::show))
        .route("/t/{code}/badge.svg", get(embed::badge::show))
        .route(
            "/api/v1/procedures/{procedure}",
            get(api::procedures::show::show),
        )
        .layer(from_fn_with_state(app.clone(), misses::guard));
    let router = Router::new()
        .route("/", get(pages::home::show))
        .route("/t", get(pages::home::look_up))
        .route("/indicadores", get(pages::indicators::show))
        .route("/calculadora", get(pages::calculator::show))
        .merge(
            Router::new()
                .route(
                    "/api/v1/procedures",
                    get(api::procedures::list::list).post(api::procedures::file::file),
                )
                .route(
                    "/api/v1/procedures/{procedure}/events",
                    get(api::procedures::history::show),
                )
                .route(
                    "/api/v1/procedures/{procedure}/{command}",
                    post(api::procedures::act::act),
                )
                .route("/api/v1/deadlines", post(api::deadlines::compute))
                .layer(from_fn(api::body::gather)),
        )
        .route("/api/v1/catalogue/types", get(api::catalogue::types))
        .route("/api/v1/catalogue/units", get(api::catalogue::units))
        .route("/api/v1/catalogue/calendars", get(api::calendars::list))
        .route(
            "/api/v1/catalogue/calendars/{id}",
            get(api::calendars::show),
        )
        .route("/api/v1/indicators", get(api::indicators::list))
        .route("/api/v1/indicators/{id}", get(api::indicators::show))
        .route("/api/v1/me", get(api::me::show))
        .route("/openapi.json", get(api::document::show))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .merge(by_code)
        .fallback(pages::error::no_such_address)
        .method_not_allowed_fallback(pages::error::no_such_method)
        .layer(from_fn_with_state(app.clone(), position::wait))
        .with_state(app)
        .layer(from_fn(problem::remember_address));
    security::protect(router)
}
