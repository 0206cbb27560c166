//! The badge of a procedure: one small picture that says how it stands.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chasqui_procedures::TrackingCode;
use chasqui_procedures::standing::Kind;

use crate::app::App;
use crate::problem::Problem;
use crate::public::look_up;
use crate::words;

#[derive(Template)]
#[template(path = "embed/badge.svg", escape = "xml")]
struct Badge {
    label: &'static str,
    message: &'static str,
    fill: &'static str,
    label_width: usize,
    width: usize,
    label_middle: usize,
    message_middle: usize,
}

impl Badge {
    /// Seven pixels a character hold every word of the glossary in any common sans-serif at 11 px.
    fn of(message: &'static str, fill: &'static str) -> Self {
        let label = "trámite";
        let width = |text: &str| text.chars().count() * 7 + 12;
        let (label_width, message_width) = (width(label), width(message));
        Self {
            label,
            message,
            fill,
            label_width,
            width: label_width + message_width,
            label_middle: label_width / 2,
            message_middle: label_width + message_width / 2,
        }
    }
}

/// The badge. A code that shows nothing gives a badge that says so, because a broken picture says
/// nothing; the status tells programs.
pub(crate) async fn show(State(app): State<App>, Path(code): Path<String>) -> Response {
    let looked = code
        .parse::<TrackingCode>()
        .map_err(Problem::from)
        .and_then(|code| look_up(&app, &code, None));
    let (status, badge) = match looked {
        Ok(looked) => {
            let kind = looked.standing.kind;
            (StatusCode::OK, Badge::of(words::standing(kind), fill(kind)))
        }
        Err(problem) => (problem.status(), Badge::of("código no válido", "#4b4b57")),
    };
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml; charset=utf-8"),
        (
            header::CACHE_CONTROL,
            if status.is_success() {
                "private, max-age=60"
            } else {
                "no-store"
            },
        ),
    ];
    match badge.render() {
        Ok(svg) => (status, headers, svg).into_response(),
        Err(error) => {
            tracing::error!(error = %error, "failed to draw a badge");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// White on each of these has a contrast of at least 4.5 to 1.
fn fill(kind: Kind) -> &'static str {
    match kind {
        Kind::Running | Kind::EndedOnTime => "#0b6b3a",
        Kind::DueSoon | Kind::DueToday => "#8a5300",
        Kind::Overdue | Kind::SilenceAccrued | Kind::EndedLate => "#a3161b",
        Kind::Suspended | Kind::NoTerm | Kind::Ended => "#4b4b57",
    }
}
