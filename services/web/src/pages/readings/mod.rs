//! Who read what is known of the person who filed, for that person.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chasqui_commands::vault::{Field, Reading};
use chasqui_procedures::TrackingCode;

use super::{Layout, page};
use crate::api::persons::readings;
use crate::app::App;
use crate::dates;
use crate::pages::error::PageProblem;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "pages/readings/readings.html")]
struct Readings {
    layout: Layout,
    code: String,
    readings: Vec<Line>,
}

struct Line {
    iso: String,
    when: String,
    by: String,
    purpose: String,
    fields: String,
}

/// The page of a code's readings.
pub(crate) async fn show(State(app): State<App>, Path(typed): Path<String>) -> Response {
    match readings(&app, &typed).await {
        Ok(found) => {
            let private = [(header::CACHE_CONTROL, "private, no-store")];
            (private, page(StatusCode::OK, &found)).into_response()
        }
        Err(problem) => PageProblem::new(&app, problem)
            .typed(&typed)
            .into_response(),
    }
}

async fn readings(app: &App, typed: &str) -> Result<Readings, Problem> {
    let code: TrackingCode = typed.parse()?;
    let procedure = readings::of_code(app, &code)?;
    let found = readings::of_procedure(app, procedure).await?;
    Ok(Readings {
        layout: Layout::of(app),
        code: code.reveal(),
        readings: found.into_iter().map(|one| line(app, one)).collect(),
    })
}

fn line(app: &App, reading: Reading) -> Line {
    let local = reading.at.to_zoned(app.commands().clock().zone().clone());
    let fields: Vec<&str> = reading.fields.iter().map(|field| word(*field)).collect();
    Line {
        iso: reading.at.to_string(),
        when: format!("{}, {}", dates::long(local.date()), local.strftime("%H:%M")),
        by: match reading.by.split_once(':') {
            Some(("key", handle)) => format!("un sistema de la municipalidad (clave {handle})"),
            Some(("operator", name)) => format!("una persona que opera el servicio ({name})"),
            _ => "una persona que opera el servicio".to_owned(),
        },
        purpose: reading.purpose,
        fields: fields.join(", "),
    }
}

const fn word(field: Field) -> &'static str {
    match field {
        Field::Name => "nombre",
        Field::Identification => "identificación",
        Field::Email => "correo electrónico",
        Field::Phone => "teléfono",
        Field::Address => "dirección",
        Field::Note => "nota",
    }
}
