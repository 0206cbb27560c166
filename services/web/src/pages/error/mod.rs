//! Errors as pages: in the reader's language, with the next step.

use askama::Template;
use axum::extract::State;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};

use chasqui_procedures::tracking_code::Mistyped;

use super::{Layout, page};
use crate::app::App;
use crate::problem::{ApiProblem, Problem};

#[derive(Template)]
#[template(path = "pages/error/error.html")]
struct ErrorPage<'a> {
    layout: Layout,
    title: &'static str,
    detail: String,
    /// What was typed, kept so that it can be mended. Askama escapes it.
    typed: &'a str,
    about_a_code: bool,
    unknown: bool,
    marked: Option<Marked>,
}

/// What was typed, with the place that is wrong.
struct Marked {
    before: String,
    wrong: String,
    after: String,
}

/// A problem, told to a person.
pub(crate) struct PageProblem {
    layout: Layout,
    problem: Problem,
    typed: String,
}

impl PageProblem {
    pub(crate) fn new(app: &App, problem: Problem) -> Self {
        Self {
            layout: Layout::of(app),
            problem,
            typed: String::new(),
        }
    }

    /// What the person typed, as far as it can be a code.
    pub(crate) fn typed(mut self, typed: &str) -> Self {
        self.typed = typed.chars().take(60).collect();
        self
    }

    fn marked(&self) -> Option<Marked> {
        let Problem::Mistyped(mistyped) = self.problem else {
            return None;
        };
        marked(&self.typed, mistyped)
    }
}

impl IntoResponse for PageProblem {
    fn into_response(self) -> Response {
        let marked = self.marked();
        let template = ErrorPage {
            layout: self.layout,
            title: self.problem.title(),
            detail: self.problem.detail(),
            typed: &self.typed,
            about_a_code: matches!(self.problem, Problem::Mistyped(_) | Problem::UnknownCode),
            marked,
            unknown: matches!(self.problem, Problem::UnknownCode),
        };
        let mut response = page(self.problem.status(), &template);
        let never = header::HeaderValue::from_static("no-store");
        response.headers_mut().insert(header::CACHE_CONTROL, never);
        if let Some(seconds) = self.problem.retry_after() {
            let headers = response.headers_mut();
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// Nothing is at this address.
pub(crate) async fn no_such_address(State(app): State<App>, uri: Uri) -> Response {
    problem_at(&app, &uri, Problem::NoSuchAddress)
}

/// Something is at this address, but not for this method.
pub(crate) async fn no_such_method(State(app): State<App>, uri: Uri) -> Response {
    problem_at(&app, &uri, Problem::NoSuchMethod)
}

/// Programs get problem+json, people a page.
fn problem_at(app: &App, uri: &Uri, problem: Problem) -> Response {
    if uri.path().starts_with("/api/") {
        ApiProblem(problem).into_response()
    } else {
        PageProblem::new(app, problem).into_response()
    }
}

/// Shows where a code is wrong: the place counts letters and digits, not what stands between them.
fn marked(typed: &str, mistyped: Mistyped) -> Option<Marked> {
    let place = match mistyped {
        Mistyped::Symbol { place } | Mistyped::Check { place: Some(place) } => place,
        Mistyped::Length { .. } | Mistyped::Check { place: None } => return None,
    };
    let mut symbols = typed
        .char_indices()
        .filter(|(_, symbol)| !symbol.is_whitespace() && *symbol != '-');
    let (at, wrong) = symbols.nth(place.checked_sub(1)?)?;
    Some(Marked {
        before: typed[..at].to_owned(),
        wrong: wrong.to_string(),
        after: typed[at + wrong.len_utf8()..].to_owned(),
    })
}
