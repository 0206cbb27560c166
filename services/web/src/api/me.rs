//! `GET /api/v1/me`: what the key that asks may do.

use axum::Json;
use axum::http::header;
use axum::response::IntoResponse;
use chasqui_commands::authorise::{Actor, Grant};
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::actor::Caller;
use crate::problem::{ApiProblem, Problem};

/// What a key may do.
#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    /// The name under which records know it.
    actor: String,
    key: Key,
    /// The one unit it acts for; null for the whole municipality.
    unit: Option<String>,
    scopes: Vec<&'static str>,
}

/// The key itself.
#[derive(Serialize, ToSchema)]
struct Key {
    id: String,
    label: String,
    environment: &'static str,
    created_at: Timestamp,
    expires_at: Timestamp,
}

/// Every key may ask what it may.
#[utoipa::path(
    get,
    path = "/api/v1/me",
    operation_id = "me",
    tag = "keys",
    responses((status = 200, description = "What the key that asks may do.", body = Me)),
)]
pub(crate) async fn show(Caller(actor): Caller) -> Result<impl IntoResponse, ApiProblem> {
    let name = actor.name();
    match actor {
        Actor::Key(grant) => Ok((
            [
                (header::CACHE_CONTROL, "no-store"),
                (header::VARY, "Authorization"),
            ],
            Json(me(name, &grant)),
        )),
        // Nobody comes over the network as the operator.
        Actor::Anonymous | Actor::Operator => Err(Problem::NeedsKey.into()),
    }
}

fn me(actor: String, grant: &Grant) -> Me {
    Me {
        actor,
        key: Key {
            id: grant.id.to_string(),
            label: grant.label.to_string(),
            environment: grant.environment.name(),
            created_at: grant.created_at,
            expires_at: grant.expires_at,
        },
        unit: grant.unit.unit().map(ToString::to_string),
        scopes: grant.verbs.iter().map(|verb| verb.name()).collect(),
    }
}
