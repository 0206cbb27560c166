//! `POST /api/v1/deadlines`: the calculator, for programs. A question as the published vectors ask
//! it, an answer with its account. It reads no view and writes nothing.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use chasqui_deadlines::{BatchCalculator, BatchInput, Explained, Language};
use serde::Deserialize;
use serde::de::IgnoredAny;
use utoipa::IntoParams;

use super::body::is_json;
use crate::app::App;
use crate::problem::{ApiProblem, FieldProblem, Problem};

/// What can be asked in the address.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// The language of the account: `es`, `en` or `qu`.
    #[param(required = false)]
    lang: String,
}

/// The answer to one question.
#[utoipa::path(
    post,
    path = "/api/v1/deadlines",
    operation_id = "deadline",
    tag = "public",
    params(Asked),
    request_body(content = Object, description = "A question as the published vectors ask it: \
        `trigger_date` or `filed_at`, `term`, `calendars`, `suspensions`, `extensions`."),
    responses((status = 200, description = "The date, and how it was counted.", body = Object)),
)]
pub(crate) async fn compute(
    State(app): State<App>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Explained>, ApiProblem> {
    let Query(asked) = asked?;
    let language = language(&asked.lang)?;
    if !is_json(&headers) {
        return Err(Problem::NotJson.into());
    }
    let question = parse(&body)?;
    let mut calculator = BatchCalculator::new(app.commands().calendars().book().clone());
    let explained = calculator.explain(&question, language);
    Ok(Json(explained.map_err(Problem::Refused)?))
}

/// What is not even JSON is told apart from JSON that is no question.
fn parse(body: &[u8]) -> Result<BatchInput, Problem> {
    let text = str::from_utf8(body).map_err(|error| Problem::Unparsable(error.to_string()))?;
    serde_json::from_str::<IgnoredAny>(text)
        .map_err(|error| Problem::Unparsable(error.to_string()))?;
    BatchInput::parse(text).map_err(Problem::Refused)
}

fn language(code: &str) -> Result<Language, Problem> {
    if code.is_empty() {
        return Ok(Language::Es);
    }
    Language::of_code(code).ok_or_else(|| {
        Problem::BadQuestion(vec![FieldProblem {
            pointer: "lang".to_owned(),
            code: "unknown_language",
            detail: "los idiomas son es, en y qu".to_owned(),
        }])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_json_is_told_apart_from_json_that_is_no_question() {
        assert!(matches!(parse(b"{"), Err(Problem::Unparsable(_))));
        assert!(matches!(parse(b"\xff"), Err(Problem::Unparsable(_))));
        assert!(matches!(parse(b"[1]"), Err(Problem::Refused(_))));
        assert!(matches!(parse(b"{\"moon\":1}"), Err(Problem::Refused(_))));
        assert!(parse(b"{}").is_ok());
    }
}
