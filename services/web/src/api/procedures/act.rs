//! `POST /api/v1/procedures/{procedure}/{command}`: one command on one procedure.

use axum::body::Bytes;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use chasqui_commands::{CommandError, Done, Order};
use chasqui_procedures::TrackingCode;
use chasqui_procedures::ids::ProcedureId;

use super::done::answer;
use super::kinds::{self, Asked};
use crate::api::body;
use crate::api::order::Letter;
use crate::app::App;
use crate::problem::{ApiProblem, Problem};

/// Carries out a command, or says why not.
pub(crate) async fn act(
    State(app): State<App>,
    address: Result<Path<(String, String)>, PathRejection>,
    letter: Letter,
    headers: HeaderMap,
    arrived: Bytes,
) -> Result<Response, ApiProblem> {
    let Ok(Path((procedure, command))) = address else {
        return Err(Problem::NoSuchAddress.into());
    };
    let kind = kinds::of_name(&command).ok_or(Problem::NoSuchAddress)?;
    letter.may(kind.verb)?;
    let procedure = identity(&procedure)?;
    let body = body::text(&headers, arrived)?;
    let asked = (kind.read)(&body)?;
    let order = letter.order(&app, kind.verb, &body)?;
    let (done, code) = carry_out(&app, order, procedure, asked)
        .await
        .map_err(|error| Problem::of_act(error, kind.verb))?;
    Ok(answer(&app, StatusCode::OK, &done, code.as_ref()))
}

async fn carry_out(
    app: &App,
    order: Order,
    procedure: ProcedureId,
    asked: Asked,
) -> Result<(Done, Option<TrackingCode>), CommandError> {
    let commands = app.commands();
    Ok(match asked {
        Asked::Act(command) => (commands.execute(order, procedure, command).await?, None),
        Asked::ReissueCode => {
            let (code, done) = commands.reissue_code(order, procedure).await?;
            (done, Some(code))
        }
        Asked::RevokeCode => (commands.revoke_code(order, procedure).await?, None),
    })
}

/// A procedure's identity. What cannot be one is one that nobody has.
pub(crate) fn identity(text: &str) -> Result<ProcedureId, Problem> {
    text.parse().map_err(|_| Problem::UnknownProcedure)
}
