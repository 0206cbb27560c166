//! `GET /api/v1/catalogue/types` and `/units`: what is offered, by whom, in which time.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, header};
use chasqui_procedures::catalogue::{TypeVersion, Unit};
use chasqui_projections::catalogue;
use serde::Serialize;

use crate::app::App;
use crate::problem::ApiProblem;

/// What changes a few times a year may be kept for a few minutes.
const KEPT: [(HeaderName, &str); 1] = [(header::CACHE_CONTROL, "public, max-age=300")];

/// The newest version of each procedure type, by id.
#[derive(Debug, Serialize)]
pub(crate) struct Types {
    types: Vec<TypeVersion>,
}

/// The units, by id.
#[derive(Debug, Serialize)]
pub(crate) struct Units {
    units: Vec<Unit>,
}

type Kept<T> = ([(HeaderName, &'static str); 1], Json<T>);

/// The procedure types.
pub(crate) async fn types(State(app): State<App>) -> Result<Kept<Types>, ApiProblem> {
    let (types, _) = app.read(catalogue::type_versions)?;
    Ok((KEPT, Json(Types { types })))
}

/// The units.
pub(crate) async fn units(State(app): State<App>) -> Result<Kept<Units>, ApiProblem> {
    let (units, _) = app.read(catalogue::units)?;
    Ok((KEPT, Json(Units { units })))
}
