//! `GET /tramites/{type}`: one procedure type. What is not known is not made up.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chasqui_deadlines::SilenceRule;
use chasqui_procedures::catalogue::{Requirement, TypeVersion, Unit};
use chasqui_procedures::ids::Channel;
use chasqui_projections::catalogue;

use super::term;
use crate::app::App;
use crate::pages::error::PageProblem;
use crate::pages::{Layout, page};
use crate::problem::Problem;
use crate::{plain, plain_with, words};

#[derive(Template)]
#[template(path = "pages/types/show.html")]
struct Type {
    layout: Layout,
    version: TypeVersion,
    term: Option<String>,
    silence: String,
    channels: Vec<String>,
    units: Vec<Unit>,
    version_text: String,
}

/// The page of a type.
pub(crate) async fn show(State(app): State<App>, Path(id): Path<String>) -> Response {
    match find(&app, &id) {
        Ok(found) => page(StatusCode::OK, &found),
        Err(problem) => PageProblem::new(&app, problem).into_response(),
    }
}

fn find(app: &App, id: &str) -> Result<Type, Problem> {
    let ((types, units), _) = app.read(|connection| {
        Ok((
            catalogue::type_versions(connection)?,
            catalogue::units(connection)?,
        ))
    })?;
    let version = types
        .into_iter()
        .find(|version| version.id.to_string() == id)
        .ok_or(Problem::UnknownType)?;
    let silence = match version.silence {
        SilenceRule::None => plain("type-silence-none").to_owned(),
        SilenceRule::After { term, effect } => {
            let term = term::in_words(term);
            let args = [
                ("term", (&term).into()),
                ("effect", words::silence(effect).into()),
            ];
            plain_with("type-silence", &args)
        }
    };
    let number = u64::from(version.version);
    Ok(Type {
        layout: Layout::of(app),
        term: version.term.map(term::in_words),
        silence,
        channels: version.sheet.channels.iter().map(channel).collect(),
        units: units
            .into_iter()
            .filter(|unit| version.units.contains(&unit.id))
            .collect(),
        version_text: plain_with("type-version", &[("version", number.into())]),
        version,
    })
}

/// A channel in words; as it is where it has none.
fn channel(channel: &Channel) -> String {
    let id = channel.to_string();
    match id.as_str() {
        "internet" | "desk" | "post" | "phone" => words::of("type-channel", &id).to_owned(),
        _ => id,
    }
}

/// What stands behind a requirement.
fn norm(requirement: &Requirement) -> String {
    let norm = requirement.legal_basis.as_ref();
    norm.map(|norm| format!(" ({norm})")).unwrap_or_default()
}
