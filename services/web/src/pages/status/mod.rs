//! One procedure by its code: the answer first.

mod sentence;
mod view;

use askama::Template;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chasqui_procedures::TrackingCode;

use super::{Layout, page};
use crate::app::App;
use crate::pages::error::PageProblem;
use crate::past::{self, PastInAddress};
use crate::problem::ApiProblem;
use crate::public::{PublicProcedure, look_up_fresh};
use crate::reader;
use view::StatusPage;

#[derive(Template)]
#[template(path = "pages/status/status.html")]
struct Status {
    layout: Layout,
    page: StatusPage,
}

/// The page, or with `.json` at the end of the address the same as data.
pub(crate) async fn show(
    State(app): State<App>,
    Path(typed): Path<String>,
    past: PastInAddress,
    headers: HeaderMap,
) -> Response {
    if let Some(code) = typed.strip_suffix(".json") {
        return json(&app, code, past).await.into_response();
    }
    let as_known_at = match past::moment(&app, past) {
        Ok(moment) => moment,
        Err(problem) => return PageProblem::new(&app, problem).into_response(),
    };
    let looked = match typed.parse::<TrackingCode>() {
        Ok(code) => look_up_fresh(&app, &code, as_known_at)
            .await
            .map(|looked| (code, looked)),
        Err(mistyped) => Err(mistyped.into()),
    };
    let (code, looked) = match looked {
        Ok(found) => found,
        Err(problem) => {
            return PageProblem::new(&app, problem)
                .typed(&typed)
                .into_response();
        }
    };
    // The page depends on what the views know, on the day, and on the program that makes it.
    let (position, today) = (looked.as_of.progress.position, looked.as_of.today);
    let past = as_known_at.map_or(String::new(), |at| format!("-{at}"));
    let (language, chosen) = (reader::language().code(), reader::prefix());
    let sealed = crate::log::is_sealed(&app, looked.view.position);
    let tag = format!(
        "\"{position}-{today}{past}-{language}{}-{}-{}\"",
        chosen.len(),
        u8::from(sealed),
        env!("CARGO_PKG_VERSION")
    );
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes())
    {
        return (StatusCode::NOT_MODIFIED, capability(tag)).into_response();
    }
    let template = Status {
        layout: Layout::of(&app),
        page: StatusPage::of(&app, &code, &looked, &app.commands().calendars().book()),
    };
    (capability(tag), page(StatusCode::OK, &template)).into_response()
}

async fn json(app: &App, code: &str, past: PastInAddress) -> Result<Response, ApiProblem> {
    let code: TrackingCode = code.parse().map_err(ApiProblem::from)?;
    let looked = look_up_fresh(app, &code, past::moment(app, past)?).await?;
    let body = Json(PublicProcedure::of(app, &code, &looked));
    Ok(([(header::CACHE_CONTROL, "private, no-cache")], body).into_response())
}

/// The address is the key to the page: nobody stores it on the way, and no other site learns it.
fn capability(tag: String) -> [(header::HeaderName, String); 4] {
    [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        (header::REFERRER_POLICY, "no-referrer".to_owned()),
        (
            header::HeaderName::from_static("x-robots-tag"),
            "noindex".to_owned(),
        ),
    ]
}
