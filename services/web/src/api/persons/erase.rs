//! Erase who filed (LOPDP 15). Two keys of different holders: one asks, the other confirms.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use chasqui_commands::authorise::Verb;
use chasqui_procedures::erasure::ErasureBasis;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::actor::Caller;
use crate::api::body::Values;
use crate::api::persons::asked::asked;
use crate::api::procedures::wishes::Nothing;
use crate::app::App;
use crate::problem::ApiProblem;

/// Why a person is to be erased.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestErasure {
    /// The ground: the law's list is closed.
    #[schema(max_length = 40, examples("consent_withdrawn"))]
    basis: String,
    /// Also while the procedure runs, which needs its person (LOPDP 18).
    #[serde(default)]
    while_open: bool,
}

/// An erasure that waits for a second person.
#[derive(Serialize, ToSchema)]
pub(crate) struct RequestedErasure {
    procedure: Uuid,
    requested_by: String,
    requested_at: Timestamp,
}

/// An erasure that was carried out.
#[derive(Serialize, ToSchema)]
pub(crate) struct ErasedPerson {
    procedure: Uuid,
    requested_by: String,
    confirmed_by: String,
    erased_at: Timestamp,
}

/// Asks for an erasure; nothing is erased yet.
#[utoipa::path(
    post,
    path = "/api/v1/procedures/{procedure}/person/erasure",
    operation_id = "request-erasure",
    tag = "procedures",
    request_body = RequestErasure,
    params(("procedure" = Uuid, Path, description = "The procedure's identity.")),
    responses((status = 202, description = "It waits for a second person.", body = RequestedErasure)),
)]
pub(crate) async fn request(
    State(app): State<App>,
    Path(procedure): Path<String>,
    Caller(actor): Caller,
    headers: HeaderMap,
    arrived: Bytes,
) -> Result<(StatusCode, Json<RequestedErasure>), ApiProblem> {
    let asked = asked::<RequestErasure>(actor, Verb::ErasePerson, &procedure, &headers, arrived)?;
    let mut values = Values::default();
    let basis = values.one_of(
        "/basis",
        &ErasureBasis::ALL,
        ErasureBasis::name,
        &asked.form.basis,
    );
    let basis = values.finish(basis)?;
    let commands = app.commands();
    let while_open = asked.form.while_open;
    let requested = commands.request_erasure(&asked.by, asked.procedure, basis, while_open);
    let requested = requested.await?;
    let told = RequestedErasure {
        procedure: requested.procedure.0,
        requested_by: requested.by,
        requested_at: requested.at,
    };
    Ok((StatusCode::ACCEPTED, Json(told)))
}

/// Confirms an erasure that somebody else asked for, and carries it out.
#[utoipa::path(
    post,
    path = "/api/v1/procedures/{procedure}/person/erasure/confirm",
    operation_id = "confirm-erasure",
    tag = "procedures",
    request_body = Nothing,
    params(("procedure" = Uuid, Path, description = "The procedure's identity.")),
    responses((status = 200, description = "The person is erased; the history stays.", body = ErasedPerson)),
)]
pub(crate) async fn confirm(
    State(app): State<App>,
    Path(procedure): Path<String>,
    Caller(actor): Caller,
    headers: HeaderMap,
    arrived: Bytes,
) -> Result<Json<ErasedPerson>, ApiProblem> {
    let asked = asked::<Nothing>(actor, Verb::ErasePerson, &procedure, &headers, arrived)?;
    let commands = app.commands();
    let erased = commands.confirm_erasure(&asked.by, asked.procedure).await?;
    Ok(Json(ErasedPerson {
        procedure: erased.procedure.0,
        requested_by: erased.requested_by,
        confirmed_by: erased.confirmed_by,
        erased_at: erased.at,
    }))
}
