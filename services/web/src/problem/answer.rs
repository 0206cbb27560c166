//! A problem as the API tells it: the document, and the headers that belong to it.

use axum::Json;
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chasqui_commands::Change;
use chasqui_commands::authorise::Refusal;
use serde::Serialize;
use utoipa::ToSchema;

use super::{FieldProblem, Problem};
use crate::refusal;

/// A problem (RFC 9457).
#[derive(Serialize, ToSchema)]
pub(crate) struct ProblemDocument {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: String,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
    /// The article of law that forbids it, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'static str>,
    /// The version that the procedure has, if it is not the one that was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<u64>,
    /// What happened since that version, and who asked for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    changes: Vec<Change>,
}

tokio::task_local! {
    /// The address that is being answered: what a problem calls its instance.
    static ADDRESS: String;
}

/// Remembers the address while a request is answered. Its query is left out: it may say more than it
/// should.
pub(crate) async fn remember_address(request: Request, next: Next) -> Response {
    let path = request.uri().path().chars().take(200).collect();
    ADDRESS.scope(path, next.run(request)).await
}

/// A problem as the API tells it.
pub(crate) struct ApiProblem(pub(crate) Problem);

impl<P: Into<Problem>> From<P> for ApiProblem {
    fn from(problem: P) -> Self {
        Self(problem.into())
    }
}

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let Self(problem) = self;
        let status = problem.status();
        let done = if let Problem::NotDone(refused) = &problem {
            Some(&**refused)
        } else {
            None
        };
        let body = ProblemDocument {
            r#type: format!("/problemas/{}", problem.code()),
            title: problem.title(),
            status: status.as_u16(),
            detail: problem.detail(),
            code: problem.code(),
            instance: ADDRESS.try_with(Clone::clone).ok(),
            errors: errors(&problem),
            article: done.and_then(|refused| refused.article),
            version: done.and_then(|refused| refused.version),
            changes: done
                .map(|refused| refused.changes.clone())
                .unwrap_or_default(),
        };
        let challenge = challenge(&problem);
        let mut response = (status, Json(body)).into_response();
        let kind = header::HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response.headers_mut().insert(
            header::CACHE_CONTROL,
            header::HeaderValue::from_static("no-store"),
        );
        if let Some(challenge) = challenge {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Some(seconds) = problem.retry_after() {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// The parts of a question that are wrong, each with its place.
fn errors(problem: &Problem) -> Vec<FieldProblem> {
    if let Problem::BadQuestion(fields) = problem {
        return fields.clone();
    }
    if let Problem::NotDone(refused) = problem {
        return refused.errors.clone();
    }
    let Problem::Refused(error) = problem else {
        return Vec::new();
    };
    vec![FieldProblem {
        pointer: refusal::pointer(error).to_owned(),
        code: error.name(),
        detail: error.to_string().chars().take(400).collect(),
    }]
}

/// What a program is told of the key that it should present (RFC 6750, 3).
fn challenge(problem: &Problem) -> Option<header::HeaderValue> {
    const REALM: &str = "Bearer realm=\"chasqui\"";
    let text = if let Problem::NotAllowed(Refusal::OutOfScope { verb }) = problem {
        format!("{REALM}, error=\"insufficient_scope\", scope=\"{verb}\"")
    } else if matches!(problem, Problem::KeyOpensNothing) {
        format!("{REALM}, error=\"invalid_token\"")
    } else if matches!(problem, Problem::NeedsKey) {
        REALM.to_owned()
    } else {
        return None;
    };
    header::HeaderValue::from_str(&text).ok()
}
