//! What a command is answered with: the same bytes however often it is sent.

use axum::Json;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chasqui_commands::Done;
use chasqui_procedures::TrackingCode;
use chasqui_procedures::event::DueBasis;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;

/// What a command did. It is durable.
#[derive(Serialize, ToSchema)]
pub(crate) struct Acknowledged {
    /// The procedure's identity: never shown to the public, and no key to anything.
    procedure: Uuid,
    /// The tracking code, where a new one was given. It is told here and nowhere else.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(examples("404AM-T154V-M4JS4"))]
    code: Option<String>,
    /// The procedure's version from now on: what `If-Match` takes.
    version: u64,
    /// The log's position of its last entry: what `?min_position` takes.
    position: u64,
    /// When it was recorded.
    recorded_at: Timestamp,
    /// The names of the entries that were added.
    events: Vec<String>,
    /// When an answer is due from now on, if the command moved it.
    due: Option<DueDate>,
}

/// When an answer is due.
#[derive(Serialize, ToSchema)]
pub(crate) struct DueDate {
    /// The last day to notify; null while the term rests.
    on: Option<Date>,
    /// The same without extensions.
    base_on: Option<Date>,
    /// Who says so: `computed`, or `stated_by_source`.
    basis: &'static str,
}

impl Acknowledged {
    pub(crate) fn of(done: &Done, code: Option<&TrackingCode>) -> Self {
        Self {
            procedure: done.procedure.0,
            code: code.map(TrackingCode::reveal),
            version: done.version,
            position: done.position,
            recorded_at: done.recorded_at,
            events: done.events.clone(),
            due: done.due.as_ref().map(|due| DueDate {
                on: due.on,
                base_on: due.base_on,
                basis: match due.basis {
                    DueBasis::Computed(_) => "computed",
                    DueBasis::Stated => "stated_by_source",
                },
            }),
        }
    }
}

/// The answer to a command.
pub(crate) fn answer(
    app: &App,
    status: StatusCode,
    done: &Done,
    code: Option<&TrackingCode>,
) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let mut put = |name: HeaderName, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    };
    put(header::ETAG, tag(done.version));
    if status == StatusCode::CREATED {
        let site = app.public_url();
        let location = format!("{site}/api/v1/procedures/{}", done.procedure);
        put(header::LOCATION, location);
    }
    if done.again {
        put(
            HeaderName::from_static("idempotency-replayed"),
            "true".to_owned(),
        );
    }
    (status, headers, Json(Acknowledged::of(done, code))).into_response()
}

/// A procedure's version as a strong tag.
pub(crate) fn tag(version: u64) -> String {
    format!("\"{version}\"")
}
