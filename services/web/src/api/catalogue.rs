//! `GET /api/v1/catalogue/types` and `/units`: what is offered, by whom, in which time.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use chasqui_procedures::catalogue::{TypeVersion, Unit};
use chasqui_projections::catalogue;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::problem::ApiProblem;

/// What changes a few times a year may be kept for a few minutes.
const KEPT: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "public, max-age=300")];

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

type Kept<T> = ([(HeaderName, &'static str); 1], Json<T>);

/// The procedure types.
#[utoipa::path(
    get,
    path = "/api/v1/catalogue/types",
    operation_id = "types",
    tag = "public",
    responses((status = 200, description = "The newest version of each.", body = Types)),
)]
pub(crate) async fn types(State(app): State<App>) -> Result<Kept<Types>, ApiProblem> {
    let (types, _) = app.read(catalogue::type_versions)?;
    Ok((KEPT, Json(Types { types })))
}

/// The units.
#[utoipa::path(
    get,
    path = "/api/v1/catalogue/units",
    operation_id = "units",
    tag = "public",
    responses((status = 200, description = "All of them.", body = Units)),
)]
pub(crate) async fn units(State(app): State<App>) -> Result<Kept<Units>, ApiProblem> {
    let (units, _) = app.read(catalogue::units)?;
    Ok((KEPT, Json(Units { units })))
}
