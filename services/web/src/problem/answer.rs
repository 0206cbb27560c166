//! A problem as the API tells it: the document, and the headers that belong to it.

use axum::Json;
use axum::extract::Request;
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chasqui_commands::Change;
use chasqui_commands::authorise::Refusal;
use chasqui_deadlines::Language;
use serde::Serialize;
use utoipa::ToSchema;

use super::{FieldProblem, Problem};
use crate::language::{self, noted};
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

/// What is known of the question that is being answered.
struct Asked {
    /// The address: what a problem calls its instance.
    address: String,
    /// The language that is liked best.
    language: Language,
}

tokio::task_local! {
    static ASKED: Asked;
}

/// Remembers the question while it is answered. The query is left out: it may say more than it should.
pub(crate) async fn remember_question(request: Request, next: Next) -> Response {
    let asked = Asked {
        address: request.uri().path().chars().take(200).collect(),
        language: language::preferred(request.headers()),
    };
    ASKED.scope(asked, next.run(request)).await
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
        let Self(mut problem) = self;
        let language = ASKED.try_with(|asked| asked.language).unwrap_or_default();
        let (detail, language) = worded(&mut problem, language);
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
            detail,
            code: problem.code(),
            instance: ASKED.try_with(|asked| asked.address.clone()).ok(),
            errors: errors(&problem, language),
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
        let headers = response.headers_mut();
        let code = header::HeaderValue::from_static(language.code());
        headers.insert(header::CONTENT_LANGUAGE, code);
        let varies = header::HeaderValue::from_static("Accept-Language");
        headers.append(header::VARY, varies);
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

/// The words of a problem in the language that is liked, if it has them; else in Spanish.
fn worded(problem: &mut Problem, language: Language) -> (String, Language) {
    if let Problem::NotDone(refused) = problem {
        let language = refused.worded(language);
        return (refused.detail.clone(), language);
    }
    if let Problem::Refused(error) = problem {
        let detail = noted(refusal::explain(error, language), language);
        return (detail, language);
    }
    (problem.detail(), Language::Es)
}

/// The parts of a question that are wrong, each with its place.
fn errors(problem: &Problem, language: Language) -> Vec<FieldProblem> {
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
        detail: noted(error.sentence(language), language),
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
