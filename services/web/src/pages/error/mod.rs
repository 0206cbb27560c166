//! Errors as pages: in the reader's language, with the next step.

use askama::Template;
use axum::extract::State;
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Response};

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
}

impl IntoResponse for PageProblem {
    fn into_response(self) -> Response {
        let template = ErrorPage {
            layout: self.layout,
            title: self.problem.title(),
            detail: self.problem.detail(),
            typed: &self.typed,
            about_a_code: matches!(self.problem, Problem::Mistyped(_) | Problem::UnknownCode),
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
