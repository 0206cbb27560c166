//! `POST /api/v1/procedures`: file a procedure. The answer is the only place where its code is told.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use chasqui_commands::FileRequest;
use chasqui_commands::authorise::Verb;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::done::{Acknowledged, answer};
use crate::api::body::{self, Values};
use crate::api::order::{Key, Letter};
use crate::api::persons::given::{self, GivenPerson};
use crate::app::App;
use crate::problem::{ApiProblem, Problem};

/// What is filed, with whom and, for the vault alone, by whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// The procedure type's id in the catalogue; its newest version governs.
    #[schema(pattern = "^[A-Za-z0-9._-]{1,64}$")]
    r#type: String,
    /// The unit it is filed with.
    #[schema(pattern = "^[A-Za-z0-9._-]{1,64}$")]
    unit: String,
    /// How it came in.
    #[schema(pattern = "^[A-Za-z0-9._-]{1,64}$", examples("web", "desk"))]
    channel: Option<String>,
    /// What kind of applicant files it.
    #[schema(pattern = "^[A-Za-z0-9._-]{1,64}$")]
    applicant_kind: Option<String>,
    /// The applicant's calendars, beside those of the type and the unit.
    #[serde(default)]
    #[schema(max_items = 8)]
    calendars: Vec<String>,
    /// When it was handed in, if that is not now: a date, or an instant with its offset.
    #[schema(examples("2026-03-02", "2026-03-02T10:00:00-05:00"), max_length = 40)]
    occurred: Option<String>,
    /// Who files it.
    #[schema(value_type = Option<GivenPerson>)]
    person: Option<Value>,
}

/// The most calendars that an applicant brings along.
const MOST_CALENDARS: usize = 8;

impl TryFrom<File> for FileRequest {
    type Error = Problem;

    fn try_from(file: File) -> Result<Self, Problem> {
        let mut values = Values::default();
        let procedure_type = values.parse("/type", "not_an_id", Some(&file.r#type));
        let unit = values.parse("/unit", "not_an_id", Some(&file.unit));
        let channel = values.parse("/channel", "not_an_id", file.channel.as_deref());
        let kind = file.applicant_kind.as_deref();
        let applicant_kind = values.parse("/applicant_kind", "not_an_id", kind);
        let occurred = values.parse("/occurred", "not_a_moment", file.occurred.as_deref());
        if file.calendars.len() > MOST_CALENDARS {
            let most = format!("como máximo {MOST_CALENDARS}");
            values.take::<(), _>("/calendars", "too_many", Err(most));
        }
        let mut calendars = Vec::new();
        for (place, id) in file.calendars.iter().enumerate() {
            calendars.extend(values.parse(&format!("/calendars/{place}"), "not_an_id", Some(id)));
        }
        let person = given::person(&mut values, file.person.as_ref());
        let (procedure_type, unit) = values.finish(procedure_type.zip(unit))?;
        Ok(Self {
            procedure_type,
            unit,
            channel,
            applicant_kind,
            calendars,
            occurred,
            person,
        })
    }
}

/// Files a procedure, or says why not.
#[utoipa::path(
    post,
    path = "/api/v1/procedures",
    operation_id = "file",
    tag = "procedures",
    request_body = File,
    params(Key),
    responses((status = 201, description = "It is filed, and durable.", body = Acknowledged)),
)]
pub(crate) async fn file(
    State(app): State<App>,
    letter: Letter,
    headers: HeaderMap,
    arrived: Bytes,
) -> Result<Response, ApiProblem> {
    letter.may(Verb::File)?;
    let body = body::text(&headers, arrived)?;
    let file: File = body::form(&body)?;
    let request = FileRequest::try_from(file)?;
    let order = letter.order(&app, Verb::File, &body)?;
    let filed = app.commands().file(order, request).await?;
    let (code, done) = (Some(&filed.code), &filed.done);
    Ok(answer(&app, StatusCode::CREATED, done, code))
}
