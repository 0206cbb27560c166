//! `?min_position=`: whoever has just written waits until the views have it, two seconds at most.
//!
//! It is taken out of the address before anybody else reads it, so that every address has it.

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::Uri;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::pages::error::PageProblem;
use crate::problem::{ApiProblem, FieldProblem, Problem};

/// How long somebody waits at most.
const PATIENCE: Duration = Duration::from_secs(2);

/// Waits, if the address asks for it.
pub(crate) async fn wait(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let Some((rest, wanted)) = request.uri().query().and_then(taken) else {
        return next.run(request).await;
    };
    let is_api = request.uri().path().starts_with("/api/");
    let waited = match wanted {
        // As many events there are once its own position is among them.
        Ok(position) => app
            .views()
            .wait_for(position.saturating_add(1), PATIENCE)
            .await
            .map_err(|_| Problem::ViewsBehind),
        Err(problem) => Err(problem),
    };
    if let Err(problem) = waited {
        return match is_api {
            true => ApiProblem(problem).into_response(),
            false => PageProblem::new(&app, problem).into_response(),
        };
    }
    let path = request.uri().path();
    let address = if rest.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{rest}")
    };
    if let Ok(uri) = address.parse::<Uri>() {
        *request.uri_mut() = uri;
    }
    next.run(request).await
}

/// The query without the parameter, and what it says; none if it is not there.
fn taken(query: &str) -> Option<(String, Result<u64, Problem>)> {
    let is_ours = |part: &&str| part.split('=').next() == Some("min_position");
    let ours = query.split('&').find(is_ours)?;
    let rest: Vec<&str> = query.split('&').filter(|part| !is_ours(part)).collect();
    let value = ours.split_once('=').map_or("", |(_, value)| value);
    let position = value.parse().map_err(|_| {
        Problem::BadQuestion(vec![FieldProblem {
            pointer: "min_position".to_owned(),
            code: "not_a_position",
            detail: "se espera la posición que dio una respuesta: 1234".to_owned(),
        }])
    });
    Some((rest.join("&"), position))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_position_is_taken_out_of_the_address() {
        let (rest, position) = taken("a=1&min_position=7&b=2").unwrap();
        assert_eq!((rest.as_str(), position.unwrap()), ("a=1&b=2", 7));
        assert!(taken("a=1&min_positions=7").is_none());
        for bad in [
            "min_position",
            "min_position=",
            "min_position=-1",
            "min_position=x",
        ] {
            assert!(taken(bad).unwrap().1.is_err(), "{bad}");
        }
    }
}
