//! `GET /tramites`: what one can ask of the municipality, and by when it must answer.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chasqui_procedures::catalogue::TypeVersion;
use chasqui_projections::catalogue;

use super::term;
use crate::app::App;
use crate::pages::error::PageProblem;
use crate::pages::{Layout, page};
use crate::{plain, plain_with};

#[derive(Template)]
#[template(path = "pages/types/list.html")]
struct Types {
    layout: Layout,
    types: Vec<Line>,
}

struct Line {
    id: String,
    name: String,
    term: String,
}

/// The list, by name.
pub(crate) async fn list(State(app): State<App>) -> Response {
    let (mut types, _) = match app.read(catalogue::type_versions) {
        Ok(read) => read,
        Err(error) => return PageProblem::new(&app, error.into()).into_response(),
    };
    types.sort_by_key(|version| version.name.to_string().to_lowercase());
    let types = types.iter().map(line).collect();
    let layout = Layout::of(&app);
    page(StatusCode::OK, &Types { layout, types })
}

fn line(version: &TypeVersion) -> Line {
    Line {
        id: version.id.to_string(),
        name: version.name.to_string(),
        term: match version.term {
            Some(term) => {
                let term = term::in_words(term);
                plain_with("types-term", &[("term", (&term).into())])
            }
            None => plain("types-no-term").to_owned(),
        },
    }
}
