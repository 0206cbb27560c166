//! Who asks: `Authorization: Bearer chq_...` becomes an actor, and refusals become 401 and 403.
//!
//! Whether the actor may is not decided here: a handler asks `authorise` for the verb and the unit.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use chasqui_commands::authorise::{Actor, AuthenticationError, Refusal};

use crate::app::App;
use crate::problem::{ApiProblem, Problem};

/// Whoever sent the request. Without the header it is anybody; with one that does not open, nothing is
/// answered but 401, also where anybody may ask: a key that has stopped working should be noticed.
pub(crate) struct Caller(pub(crate) Actor);

impl FromRequestParts<App> for Caller {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        let mut presented = parts.headers.get_all(header::AUTHORIZATION).iter();
        let Some(first) = presented.next() else {
            return Ok(Self(Actor::Anonymous));
        };
        // What is no bearer's key goes the same way as one that is none of ours.
        let alone = presented.next().is_none();
        let key = first.to_str().ok().filter(|_| alone).and_then(bearer);
        let actor = app.commands().authenticate(key.unwrap_or_default()).await?;
        Ok(Self(actor))
    }
}

/// The token of `Bearer <token>` (RFC 6750, 2.1); the scheme's case does not matter (RFC 9110, 11.1).
fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("Bearer")
        .then(|| token.trim_matches(' '))
}

impl From<AuthenticationError> for Problem {
    fn from(error: AuthenticationError) -> Self {
        match error {
            AuthenticationError::OpensNothing => Self::KeyOpensNothing,
            AuthenticationError::Read(error) => {
                let error = &error as &dyn std::error::Error;
                tracing::error!(error, "failed to read the API keys");
                Self::Unavailable
            }
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NeedsKey { .. } => Self::NeedsKey,
            Refusal::OutOfScope { .. } | Refusal::OtherUnit { .. } => Self::NotAllowed(refusal),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, StatusCode};
    use axum::response::IntoResponse;
    use chasqui_commands::authorise::Verb;

    use super::*;

    #[test]
    fn only_a_bearers_key_is_taken() {
        for header in ["Bearer k", "bearer k", "BEARER  k "] {
            assert_eq!(bearer(header), Some("k"), "{header:?}");
        }
        for header in ["", "k", "Bearer", "Basic k", "Bearer\tk", "Bearerk"] {
            assert_eq!(bearer(header), None, "{header:?}");
        }
    }

    fn told(refusal: Refusal) -> (StatusCode, HeaderMap) {
        let response = ApiProblem::from(refusal).into_response();
        (response.status(), response.headers().clone())
    }

    #[test]
    fn a_refusal_is_401_without_a_key_and_403_with_one() {
        let verb = Verb::Decide;
        let (status, headers) = told(Refusal::NeedsKey { verb });
        assert_eq!(status, StatusCode::UNAUTHORIZED);
        assert_eq!(
            headers[header::WWW_AUTHENTICATE],
            "Bearer realm=\"chasqui\""
        );
        let (status, headers) = told(Refusal::OutOfScope { verb });
        assert_eq!(status, StatusCode::FORBIDDEN);
        let challenge = "Bearer realm=\"chasqui\", error=\"insufficient_scope\", scope=\"decide\"";
        assert_eq!(headers[header::WWW_AUTHENTICATE], challenge);
        let (status, headers) = told(Refusal::OtherUnit { verb });
        assert_eq!(status, StatusCode::FORBIDDEN);
        assert!(headers.get(header::WWW_AUTHENTICATE).is_none());
        assert_eq!(headers[header::CONTENT_TYPE], "application/problem+json");
    }
}
