//! What the site says of itself: privacy, and accessibility.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use super::{Layout, page};
use crate::app::App;

#[derive(Template)]
#[template(path = "pages/about/privacy.html")]
struct Privacy {
    layout: Layout,
}

#[derive(Template)]
#[template(path = "pages/about/accessibility.html")]
struct Accessibility {
    layout: Layout,
}

/// `GET /privacidad`.
pub(crate) async fn privacy(State(app): State<App>) -> Response {
    let layout = Layout::of(&app);
    page(StatusCode::OK, &Privacy { layout })
}

/// `GET /accesibilidad`.
pub(crate) async fn accessibility(State(app): State<App>) -> Response {
    let layout = Layout::of(&app);
    page(StatusCode::OK, &Accessibility { layout })
}
