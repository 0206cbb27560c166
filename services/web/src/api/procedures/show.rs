//! `GET /api/v1/procedures/{procedure}`: one procedure, for anybody who has its code; by its identity,
//! for the unit that has it.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use chasqui_procedures::TrackingCode;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::history::{private, summary};
use super::office::OfficeProcedure;
use crate::api::actor::Caller;
use crate::app::App;
use crate::past::{self, Past, PastInAddress};
use crate::problem::ApiProblem;
use crate::public::{PublicProcedure, look_up};

/// What is shown of it.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum Shown {
    /// What the public may know.
    Public(Box<PublicProcedure>),
    /// What the office knows.
    Office(Box<OfficeProcedure>),
}

/// The procedure of a code, or of an identity.
#[utoipa::path(
    get,
    path = "/api/v1/procedures/{procedure}",
    operation_id = "procedure",
    tag = "public",
    params(
        ("procedure" = String, Path, description = "Its tracking code; or its identity, for those who \
         may read its history."),
        Past,
    ),
    responses(
        (status = 200, description = "By its code: what the public may know. By its identity: what \
         the office knows.", body = Shown),
    ),
)]
pub(crate) async fn show(
    State(app): State<App>,
    Path(named): Path<String>,
    Caller(actor): Caller,
    past: PastInAddress,
) -> Result<Response, ApiProblem> {
    if Uuid::try_parse(&named).is_ok() {
        let procedure = summary(&app, &actor, &named, past).await?;
        let headers = private(procedure.version());
        return Ok((headers, Json(Shown::Office(Box::new(procedure)))).into_response());
    }
    let code: TrackingCode = named.parse().map_err(ApiProblem::from)?;
    let looked = look_up(&app, &code, past::moment(&app, past)?)?;
    let procedure = PublicProcedure::of(&app, &code, &looked);
    Ok(Json(Shown::Public(Box::new(procedure))).into_response())
}
