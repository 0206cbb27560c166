//! Every address: who answers it, and for how long the answer may be kept.
//!
//! `tests/it/routes.rs` holds this file against a table: each address with who may ask, a question that
//! it refuses, and its cache header.

use axum::Router;
use axum::http::{HeaderValue, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodRouter, get, post};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::app::App;
use crate::{api, embed, health, log, misses, pages, position, problem, reader, security, stale};

/// What belongs to whoever knows a code: kept by their browser, and asked for again each time.
const OF_A_CODE: &str = "private, no-cache";
/// What changes with every event and is the same for everybody: proxies take the load of a minute.
const OF_A_MINUTE: &str = "public, max-age=60";
/// What changes a few times a year.
const OF_SOME_MINUTES: &str = "public, max-age=300";
/// What is true only now, or private.
const NEVER: &str = "no-store";

/// Every address, and who answers it.
pub fn router(app: App) -> Router {
    let router = public()
        .merge(of_codes().layer(from_fn_with_state(app.clone(), misses::guard)))
        .merge(of_offices().layer(from_fn(api::body::gather)))
        .fallback(pages::error::no_such_address)
        .method_not_allowed_fallback(pages::error::no_such_method)
        .layer(from_fn_with_state(app.clone(), position::wait))
        .layer(from_fn_with_state(app.clone(), stale::look))
        .with_state(app)
        .layer(from_fn(problem::remember_question));
    // The language stands in the address, and is taken out before anybody is asked for.
    let router = Router::new().fallback_service(router);
    security::protect(router.layer(from_fn(reader::meet)))
}

/// What anybody may ask.
fn public() -> Router<App> {
    use api::{calendars, catalogue, document, events, indicators};
    Router::new()
        .route("/", kept(get(pages::home::show), OF_A_MINUTE))
        .route("/t", kept(get(pages::home::look_up), NEVER))
        .route("/tramites", kept(get(pages::types::list), OF_A_MINUTE))
        .route(
            "/tramites/{type}",
            kept(get(pages::types::show), OF_A_MINUTE),
        )
        .route(
            "/privacidad",
            kept(get(pages::about::privacy), OF_SOME_MINUTES),
        )
        .route(
            "/accesibilidad",
            kept(get(pages::about::accessibility), OF_SOME_MINUTES),
        )
        .route(
            "/indicadores",
            kept(spanish(get(pages::indicators::show)), OF_A_MINUTE),
        )
        .route(
            "/calculadora",
            kept(spanish(get(pages::calculator::show)), OF_A_MINUTE),
        )
        .route(
            "/verificar",
            kept(spanish(get(pages::verify::show)), OF_SOME_MINUTES),
        )
        .route(
            "/api/v1/catalogue/types",
            kept(get(catalogue::types), OF_SOME_MINUTES),
        )
        .route(
            "/api/v1/catalogue/units",
            kept(get(catalogue::units), OF_SOME_MINUTES),
        )
        .route(
            "/api/v1/catalogue/calendars",
            kept(get(calendars::list), OF_SOME_MINUTES),
        )
        .route(
            "/api/v1/catalogue/calendars/{id}",
            kept(get(calendars::show), OF_SOME_MINUTES),
        )
        .route(
            "/api/v1/indicators",
            kept(get(indicators::list), OF_A_MINUTE),
        )
        .route(
            "/api/v1/indicators/{id}",
            kept(get(indicators::show), OF_A_MINUTE),
        )
        .route("/api/v1/events", kept(get(events::list::list), OF_A_MINUTE))
        .route(
            "/api/v1/events/stream",
            kept(get(events::stream::follow), NEVER),
        )
        .route("/log/checkpoint", get(log::checkpoint))
        .route("/log/policy", get(log::policy))
        .route("/log/vkey", get(log::vkey))
        .route("/log/tile/{*path}", get(log::tile))
        .route("/openapi.json", kept(get(document::show), OF_SOME_MINUTES))
        .route("/healthz", kept(get(health::alive), NEVER))
        .route("/readyz", kept(get(health::ready), NEVER))
}

/// What opens with a code: misses are counted.
fn of_codes() -> Router<App> {
    let show = pages::status::show;
    Router::new()
        .route("/t/{code}", kept(get(show), OF_A_CODE))
        // QR codes are smaller in capitals.
        .route("/T/{code}", kept(get(show), OF_A_CODE))
        .route(
            "/t/{code}/silencio",
            kept(spanish(get(pages::silence::show)), OF_A_CODE),
        )
        .route(
            "/t/{code}/comprobante",
            kept(spanish(get(pages::receipt::show)), NEVER),
        )
        .route(
            "/t/{code}/recibo/{file}",
            kept(get(pages::receipt::file), NEVER),
        )
        .route(
            "/t/{code}/badge.svg",
            kept(get(embed::badge::show), OF_A_CODE),
        )
        .route(
            "/t/{code}/lecturas",
            kept(spanish(get(pages::readings::show)), OF_A_CODE),
        )
        .route(
            "/api/v1/procedures/{procedure}/readings",
            kept(get(api::persons::readings::show), OF_A_CODE),
        )
        .route(
            "/api/v1/procedures/{procedure}",
            kept(get(api::procedures::show::show), OF_A_CODE),
        )
}

/// What systems with a key ask, and the calculator, which reads a body as they do.
fn of_offices() -> Router<App> {
    use api::persons::{erase, read};
    use api::procedures::{act, file, history, list};
    Router::new()
        .route(
            "/api/v1/procedures",
            kept(get(list::list).post(file::file), NEVER),
        )
        .route(
            "/api/v1/procedures/{procedure}/events",
            kept(get(history::show), NEVER),
        )
        .route(
            "/api/v1/procedures/{procedure}/person",
            kept(post(read::read), NEVER),
        )
        .route(
            "/api/v1/procedures/{procedure}/person/erasure",
            kept(post(erase::request), NEVER),
        )
        .route(
            "/api/v1/procedures/{procedure}/person/erasure/confirm",
            kept(post(erase::confirm), NEVER),
        )
        .route(
            "/api/v1/procedures/{procedure}/{command}",
            kept(post(act::act), NEVER),
        )
        .route(
            "/api/v1/deadlines",
            kept(post(api::deadlines::compute), NEVER),
        )
        .route("/api/v1/me", kept(get(api::me::show), NEVER))
}

/// A page that exists in Spanish only, and says so to whoever wishes for another language.
fn spanish(route: MethodRouter<App>) -> MethodRouter<App> {
    route.layer(from_fn(reader::in_spanish))
}

/// Says how long an answer may be kept, where it does not say so itself.
fn kept(route: MethodRouter<App>, how: &'static str) -> MethodRouter<App> {
    let value = HeaderValue::from_static(how);
    route.layer(SetResponseHeaderLayer::if_not_present(
        header::CACHE_CONTROL,
        value,
    ))
}
