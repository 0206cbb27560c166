//! `GET /api/v1/procedures/{procedure}/readings`: who read what is known of the person, and what for.
//! Whoever has the code may ask: it is the person's own right (LOPDP 12 and 13).

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::IntoResponse;
use chasqui_commands::authorise::{Verb, authorise};
use chasqui_commands::vault::Reading;
use chasqui_procedures::TrackingCode;
use chasqui_procedures::ids::ProcedureId;
use chasqui_projections::register;
use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::actor::Caller;
use crate::app::App;
use crate::problem::{ApiProblem, Problem};

/// The times that a person was read.
#[derive(Serialize, ToSchema)]
pub(crate) struct Readings {
    /// Oldest first.
    readings: Vec<OneReading>,
}

/// One of them. Nothing personal is in it.
#[derive(Serialize, ToSchema)]
struct OneReading {
    at: Timestamp,
    /// Which system or operator, by a name that is no person's.
    by: String,
    purpose: String,
    /// What was read.
    fields: Vec<&'static str>,
}

/// Who read what is known of the person.
#[utoipa::path(
    get,
    path = "/api/v1/procedures/{procedure}/readings",
    operation_id = "readings",
    tag = "public",
    params(
        ("procedure" = String, Path, description = "Its tracking code; or its identity, for those who \
         may read its history."),
    ),
    responses((status = 200, description = "Each reading, oldest first.", body = Readings)),
)]
pub(crate) async fn show(
    State(app): State<App>,
    Path(named): Path<String>,
    Caller(actor): Caller,
) -> Result<impl IntoResponse, ApiProblem> {
    let procedure = match named.parse::<ProcedureId>() {
        Ok(procedure) => {
            let (row, _) = app.read(|connection| register::by_procedure(connection, procedure))?;
            let unit = row.as_ref().and_then(|row| row.state.unit.as_ref());
            authorise(&actor, Verb::ReadHistory, unit).map_err(Problem::from)?;
            row.map(|row| row.procedure)
                .ok_or(Problem::UnknownProcedure)?
        }
        Err(_) => of_code(&app, &named.parse().map_err(ApiProblem::from)?)?,
    };
    let readings = of_procedure(&app, procedure).await?;
    let told = readings.into_iter().map(|reading| OneReading {
        at: reading.at,
        by: reading.by,
        purpose: reading.purpose,
        fields: reading.fields.iter().map(|field| field.name()).collect(),
    });
    let told = Readings {
        readings: told.collect(),
    };
    Ok(([(header::CACHE_CONTROL, "private, no-store")], Json(told)))
}

/// The procedure of a code.
pub(crate) fn of_code(app: &App, code: &TrackingCode) -> Result<ProcedureId, Problem> {
    let lookup = app.commands().lookup(code);
    let (row, _) = app.read(|connection| register::by_code(connection, &lookup))?;
    row.map(|row| row.procedure).ok_or(Problem::UnknownCode)
}

/// Its readings, from the vault.
pub(crate) async fn of_procedure(
    app: &App,
    procedure: ProcedureId,
) -> Result<Vec<Reading>, Problem> {
    let readings = app.commands().readings(procedure).await;
    readings.map_err(|error| {
        let error = &error as &dyn std::error::Error;
        tracing::error!(error, "failed to read who read a person");
        Problem::Unavailable
    })
}
