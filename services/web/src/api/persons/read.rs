//! `POST /api/v1/procedures/{procedure}/person`: read who filed, for a purpose. A command and no GET:
//! that it was read is recorded before anything is shown, and the person can see it.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use chasqui_commands::authorise::Verb;
use chasqui_commands::vault::{Field, Person, Purpose};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::actor::Caller;
use crate::api::body::Values;
use crate::api::persons::asked::asked;
use crate::app::App;
use crate::problem::{ApiProblem, Problem};

/// What is to be read, and what for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadPerson {
    /// What for. It names nobody: the person sees it, and it is kept for good.
    #[schema(min_length = 3, max_length = 200, examples("Notificar la resolución"))]
    purpose: String,
    /// Only these; all if it is not said.
    #[serde(default)]
    #[schema(max_items = 6, value_type = Vec<FieldName>)]
    fields: Vec<String>,
}

/// One thing that is known of a person.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "it only describes; `Field` reads it")]
pub(crate) enum FieldName {
    Name,
    Identification,
    Email,
    Phone,
    Address,
    Note,
}

/// What is known of a person, of what was asked.
#[derive(Serialize, ToSchema)]
pub(crate) struct KnownPerson {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identification: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl KnownPerson {
    /// The one place where a person is written out: to whoever may read them, and said what for.
    fn shown_to_its_reader(person: &Person) -> Self {
        let shown = |field| person.get(field).map(|text| text.reveal().clone());
        Self {
            name: shown(Field::Name),
            identification: shown(Field::Identification),
            email: shown(Field::Email),
            phone: shown(Field::Phone),
            address: shown(Field::Address),
            note: shown(Field::Note),
        }
    }
}

impl ReadPerson {
    fn asked(&self) -> Result<(Purpose, Vec<Field>), Problem> {
        let mut values = Values::default();
        let purpose: Option<Purpose> =
            values.parse("/purpose", "not_a_purpose", Some(&self.purpose));
        let mut fields = Vec::new();
        for (place, name) in self.fields.iter().enumerate() {
            let pointer = format!("/fields/{place}");
            fields.extend(values.one_of(&pointer, &Field::ALL, Field::name, name));
        }
        if fields.is_empty() {
            fields = Field::ALL.to_vec();
        }
        Ok((values.finish(purpose)?, fields))
    }
}

/// Shows the person, once it is recorded that they are read.
#[utoipa::path(
    post,
    path = "/api/v1/procedures/{procedure}/person",
    operation_id = "read-person",
    tag = "procedures",
    request_body = ReadPerson,
    params(("procedure" = Uuid, Path, description = "The procedure's identity.")),
    responses((status = 200, description = "What is known, of what was asked.", body = KnownPerson)),
)]
pub(crate) async fn read(
    State(app): State<App>,
    Path(procedure): Path<String>,
    Caller(actor): Caller,
    headers: HeaderMap,
    arrived: Bytes,
) -> Result<impl IntoResponse, ApiProblem> {
    let asked = asked::<ReadPerson>(actor, Verb::ReadPerson, &procedure, &headers, arrived)?;
    let (purpose, fields) = asked.form.asked()?;
    let commands = app.commands();
    let read = commands.read_person(&asked.by, asked.procedure, &purpose, &fields);
    let person = KnownPerson::shown_to_its_reader(&read.await?);
    Ok(([(header::CACHE_CONTROL, "private, no-store")], Json(person)))
}
