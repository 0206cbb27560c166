//! `GET /api/v1/procedures/{procedure}/events`: the whole history, for whoever may read it.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderName, header};
use axum::response::IntoResponse;
use chasqui_commands::Line;
use chasqui_commands::authorise::{Actor, Verb, authorise_anywhere};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::act::identity;
use super::done::tag;
use super::office::OfficeProcedure;
use crate::api::actor::Caller;
use crate::app::App;
use crate::past::{self, Past, PastInAddress};
use crate::problem::{ApiProblem, Problem};

/// A procedure's whole history.
#[derive(Serialize, ToSchema)]
pub(crate) struct History {
    /// The procedure.
    procedure: Uuid,
    /// Its version as of then.
    version: u64,
    /// Its lines, oldest first.
    #[schema(value_type = Vec<Object>)]
    events: Vec<Line>,
}

/// The headers of an answer that only its reader may keep.
pub(crate) fn private(version: u64) -> [(HeaderName, String); 3] {
    [
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::VARY, "Authorization".to_owned()),
        (header::ETAG, tag(version)),
    ]
}

/// Every line, also what the public does not see.
#[utoipa::path(
    get,
    path = "/api/v1/procedures/{procedure}/events",
    operation_id = "history",
    tag = "procedures",
    params(("procedure" = Uuid, Path, description = "Its identity."), Past),
    responses((status = 200, description = "Its whole history.", body = History)),
)]
pub(crate) async fn show(
    State(app): State<App>,
    Path(procedure): Path<String>,
    Caller(actor): Caller,
    past: PastInAddress,
) -> Result<impl IntoResponse, ApiProblem> {
    let whole = read(&app, &actor, &procedure, past).await?;
    let version = whole.state.version;
    let history = History {
        procedure: whole.procedure.0,
        version,
        events: whole.lines,
    };
    Ok((private(version), Json(history)))
}

/// What the history adds up to.
pub(crate) async fn summary(
    app: &App,
    actor: &Actor,
    procedure: &str,
    past: PastInAddress,
) -> Result<OfficeProcedure, ApiProblem> {
    let whole = read(app, actor, procedure, past).await?;
    let ((), as_of) = app.read(|_| Ok(()))?;
    let procedure = OfficeProcedure::of(app, &as_of, whole.procedure, &whole.state)?;
    Ok(procedure)
}

async fn read(
    app: &App,
    actor: &Actor,
    procedure: &str,
    past: PastInAddress,
) -> Result<chasqui_commands::Whole, ApiProblem> {
    authorise_anywhere(actor, Verb::ReadHistory).map_err(Problem::from)?;
    let procedure = identity(procedure)?;
    let moment = past::moment(app, past)?;
    Ok(app.commands().history(actor, procedure, moment).await?)
}
