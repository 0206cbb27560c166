//! `GET /api/v1/procedures/{code}`: one procedure, for anybody who has its code.

use axum::Json;
use axum::extract::{Path, State};
use chasqui_procedures::TrackingCode;

use crate::app::App;
use crate::past::{self, PastInAddress};
use crate::problem::ApiProblem;
use crate::public::{PublicProcedure, look_up};

/// The procedure of a code.
pub(crate) async fn show(
    State(app): State<App>,
    Path(code): Path<String>,
    past: PastInAddress,
) -> Result<Json<PublicProcedure>, ApiProblem> {
    let code: TrackingCode = code.parse().map_err(ApiProblem::from)?;
    let looked = look_up(&app, &code, past::moment(&app, past)?)?;
    Ok(Json(PublicProcedure::of(&app, &code, &looked)))
}
