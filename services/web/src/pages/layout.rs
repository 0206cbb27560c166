//! What all pages share: whose site it is, whether its content is made up, and how it looks.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

use crate::app::App;
use crate::problem::Problem;

/// The style sheet. It stands in the page itself, so that the first answer is the whole page; the
/// content security policy names its digest.
pub(crate) const STYLE: &str = include_str!("style.css");

/// What the frame of every page shows.
pub(crate) struct Layout {
    pub(crate) entity: String,
    pub(crate) synthetic: bool,
    pub(crate) style: &'static str,
}

impl Layout {
    pub(crate) fn of(app: &App) -> Self {
        let site = app.site();
        Self {
            entity: site.entity,
            synthetic: site.synthetic,
            style: STYLE,
        }
    }
}

/// Renders a template as an answer.
pub(crate) fn page<T: Template>(status: StatusCode, template: &T) -> Response {
    match template.render() {
        Ok(html) => {
            let mut response = (status, Html(html)).into_response();
            let language = HeaderValue::from_static("es-EC");
            response
                .headers_mut()
                .insert(header::CONTENT_LANGUAGE, language);
            response
        }
        Err(error) => {
            tracing::error!(error = %error, "failed to render a page");
            Problem::Internal.status().into_response()
        }
    }
}
