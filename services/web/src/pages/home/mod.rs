//! The first page: one field for the code.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chasqui_procedures::TrackingCode;
use serde::Deserialize;

use super::{Layout, page};
use crate::app::App;
use crate::pages::error::PageProblem;
use crate::reader;

#[derive(Template)]
#[template(path = "pages/home/home.html")]
struct Home {
    layout: Layout,
}

/// The form.
pub(crate) async fn show(State(app): State<App>) -> Response {
    page(
        StatusCode::OK,
        &Home {
            layout: Layout::of(&app),
        },
    )
}

/// What the form sends.
#[derive(Deserialize)]
pub(crate) struct Typed {
    #[serde(default)]
    codigo: String,
}

/// The form's answer: the address of the procedure, which can be kept and shared.
pub(crate) async fn look_up(State(app): State<App>, Query(typed): Query<Typed>) -> Response {
    match typed.codigo.parse::<TrackingCode>() {
        Ok(code) => {
            Redirect::to(&format!("{}/t/{}", reader::prefix(), code.reveal())).into_response()
        }
        Err(mistyped) => PageProblem::new(&app, mistyped.into())
            .typed(&typed.codigo)
            .into_response(),
    }
}
