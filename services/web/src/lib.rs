//! HTTP and nothing else: requests become commands and queries, views become pages and JSON.
//!
//! Invariant: this crate never sees SQL or the event database. What is public was decided in
//! `chasqui_procedures::publication`; whether a procedure is late is computed here, for today, by the
//! domain's own function.

mod api;
mod app;
mod dates;
mod embed;
mod health;
mod pages;
mod problem;
mod public;
mod security;
mod words;

use axum::Router;
use axum::routing::get;

pub use app::App;

/// Every address, and who answers it.
pub fn router(app: App) -> Router {
    let router = Router::new()
        .route("/", get(pages::home::show))
        .route("/t", get(pages::home::look_up))
        .route("/t/{code}", get(pages::status::show))
        // QR codes are smaller in capitals.
        .route("/T/{code}", get(pages::status::show))
        .route("/t/{code}/badge.svg", get(embed::badge::show))
        .route("/indicadores", get(pages::indicators::show))
        .route("/api/v1/procedures/{code}", get(api::procedures::show))
        .route("/api/v1/indicators", get(api::indicators::list))
        .route("/api/v1/indicators/{id}", get(api::indicators::show))
        .route("/api/v1/me", get(api::me::show))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .fallback(pages::error::no_such_address)
        .method_not_allowed_fallback(pages::error::no_such_method)
        .with_state(app);
    security::protect(router)
}
