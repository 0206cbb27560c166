//! `GET /api/v1/events?from={position}&limit=`: the feed, a page at a time. A full page never changes.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use chasqui_projections::stream;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::line::PublicEvent;
use crate::app::App;
use crate::problem::{ApiProblem, FieldProblem, Problem};

/// The most events on a page.
const MOST: usize = 1_000;

/// Where the page begins.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// The first position; 0 if it is not said.
    #[param(required = false, pattern = "^[0-9]{0,18}$")]
    from: String,
    /// How many at most: 1 to 1000; 100 if it is not said.
    #[param(required = false, pattern = "^([1-9][0-9]{0,2}|1000)?$")]
    limit: String,
}

/// A page of the feed.
#[derive(Serialize, ToSchema)]
pub(crate) struct EventPage {
    events: Vec<PublicEvent>,
    /// The position after the last of them: what `from` takes next.
    next: u64,
    /// How many events there are.
    head: u64,
}

impl Asked {
    fn page(&self) -> Result<(u64, usize), Problem> {
        let mut problems = Vec::new();
        let mut number = |name: &str, text: &str, default: u64, fits: fn(u64) -> bool| {
            let number = match text {
                "" => Some(default),
                text => text.parse().ok().filter(|number| fits(*number)),
            };
            number.unwrap_or_else(|| {
                problems.push(FieldProblem {
                    pointer: name.to_owned(),
                    code: "not_a_number",
                    detail: format!("from es una posición, limit va de 1 a {MOST}"),
                });
                0
            })
        };
        let from = number("from", &self.from, 0, |from| from < 1 << 60);
        let limit = number("limit", &self.limit, 100, |limit| {
            (1..=MOST as u64).contains(&limit)
        });
        if problems.is_empty() {
            Ok((from, usize::try_from(limit).unwrap_or(MOST)))
        } else {
            Err(Problem::BadQuestion(problems))
        }
    }
}

/// A page of the feed.
#[utoipa::path(
    get,
    path = "/api/v1/events",
    operation_id = "events",
    tag = "public",
    params(Asked),
    responses((status = 200, description = "The public part of each event.", body = EventPage)),
)]
pub(crate) async fn list(
    State(app): State<App>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiProblem> {
    let Query(asked) = asked?;
    let (from, limit) = asked.page()?;
    let (lines, as_of) = app.read(|connection| stream::read(connection, from, limit))?;
    let is_full = lines.len() == limit;
    let page = EventPage {
        next: from + lines.len() as u64,
        head: as_of.progress.position,
        events: lines
            .into_iter()
            .map(|line| PublicEvent::of(&app, line))
            .collect(),
    };
    let mut headers = HeaderMap::new();
    let kept = match is_full {
        true => "public, max-age=3600",
        false => "public, max-age=1",
    };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    if is_full {
        let site = app.public_url();
        let next = format!(
            "<{site}/api/v1/events?from={}&limit={limit}>; rel=\"next\"",
            page.next
        );
        if let Ok(link) = HeaderValue::from_str(&next) {
            headers.insert(header::LINK, link);
        }
    }
    Ok((headers, Json(page)).into_response())
}
