//! `POST /api/v1/deadlines`: the calculator, for programs. A question as the published vectors ask
//! it, an answer with its account. It reads no view and writes nothing.

use axum::Json;
use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, QueryRejection};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use chasqui_deadlines::{BatchCalculator, BatchInput, Explained, Language};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::app::App;
use crate::problem::{ApiProblem, FieldProblem, Problem};

/// The most bytes of a question: a real one has some hundreds.
pub(crate) const MOST_BYTES: usize = 16 * 1024;

/// What can be asked in the address.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Asked {
    lang: String,
}

/// The answer to one question.
pub(crate) async fn compute(
    State(app): State<App>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Explained>, ApiProblem> {
    let Query(asked) = asked?;
    let language = language(&asked.lang)?;
    if !is_json(&headers) {
        return Err(Problem::NotJson.into());
    }
    let body = body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::TooLarge { most: MOST_BYTES },
        _ => Problem::Unread,
    })?;
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

/// `application/json`, or something that is written in JSON.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(header::CONTENT_TYPE) else {
        return false;
    };
    let kind = kind.to_str().unwrap_or_default();
    let essence = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
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
    fn a_question_is_json_by_its_content_type() {
        let with = |kind: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::CONTENT_TYPE, kind.parse().unwrap());
            is_json(&headers)
        };
        for kind in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/x+json",
        ] {
            assert!(with(kind), "{kind}");
        }
        for kind in [
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/jsonx",
            "",
        ] {
            assert!(!with(kind), "{kind}");
        }
        assert!(!is_json(&HeaderMap::new()));
    }

    #[test]
    fn what_is_no_json_is_told_apart_from_json_that_is_no_question() {
        assert!(matches!(parse(b"{"), Err(Problem::Unparsable(_))));
        assert!(matches!(parse(b"\xff"), Err(Problem::Unparsable(_))));
        assert!(matches!(parse(b"[1]"), Err(Problem::Refused(_))));
        assert!(matches!(parse(b"{\"moon\":1}"), Err(Problem::Refused(_))));
        assert!(parse(b"{}").is_ok());
    }
}
