//! `GET /api/v1/catalogue/types` and `/units`: what is offered, by whom, in which time.

use axum::Json;
use axum::extract::State;
use chasqui_procedures::catalogue::{TypeVersion, Unit};
use chasqui_projections::catalogue;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::problem::ApiProblem;

/// The newest version of each procedure type, by id.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Types {
    #[schema(value_type = Vec<Object>)]
    types: Vec<TypeVersion>,
}

/// The units, by id.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Units {
    #[schema(value_type = Vec<Object>)]
    units: Vec<Unit>,
}

/// The procedure types.
#[utoipa::path(
    get,
    path = "/api/v1/catalogue/types",
    operation_id = "types",
    tag = "public",
    responses((status = 200, description = "The newest version of each.", body = Types)),
)]
pub(crate) async fn types(State(app): State<App>) -> Result<Json<Types>, ApiProblem> {
    let (types, _) = app.read(catalogue::type_versions)?;
    Ok(Json(Types { types }))
}

/// The units.
#[utoipa::path(
    get,
    path = "/api/v1/catalogue/units",
    operation_id = "units",
    tag = "public",
    responses((status = 200, description = "All of them.", body = Units)),
)]
pub(crate) async fn units(State(app): State<App>) -> Result<Json<Units>, ApiProblem> {
    let (units, _) = app.read(catalogue::units)?;
    Ok(Json(Units { units }))
}
