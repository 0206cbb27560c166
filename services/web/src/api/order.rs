//! The letter of introduction of a command: who sends it, under which key, having seen what.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use chasqui_commands::Order;
use chasqui_commands::authorise::{Actor, Verb, authorise_anywhere};
use utoipa::IntoParams;

use super::actor::Caller;
use crate::app::App;
use crate::problem::{ApiProblem, Problem};

/// What every command brings along.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
#[expect(
    dead_code,
    reason = "it only says in the document of the API what is read"
)]
pub(crate) struct Key {
    /// A text of the caller's, new for each command and the same when it is sent again.
    #[param(
        rename = "Idempotency-Key",
        min_length = 1,
        max_length = 255,
        pattern = "^[!-~]+$"
    )]
    idempotency_key: String,
}

/// What the headers of a command say, before its body is read.
pub(crate) struct Letter {
    actor: Actor,
    key: String,
    seen: Option<u64>,
    method: String,
    address: String,
}

impl FromRequestParts<App> for Letter {
    type Rejection = ApiProblem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiProblem> {
        let Caller(actor) = Caller::from_request_parts(parts, app).await?;
        if actor == Actor::Anonymous {
            return Err(Problem::NeedsKey.into());
        }
        Ok(Self {
            actor,
            key: key(&parts.headers)?,
            seen: seen(&parts.headers)?,
            method: parts.method.to_string(),
            address: parts.uri.path().to_owned(),
        })
    }
}

impl Letter {
    /// The order that it gives with a body. Fails if its key may do such a thing nowhere, so that
    /// nobody learns from a body's refusal what they may not do.
    pub(crate) fn order(self, app: &App, verb: Verb, body: &str) -> Result<Order, Problem> {
        authorise_anywhere(&self.actor, verb)?;
        let request = [self.method.as_str(), self.address.as_str(), body];
        let once = app.commands().once(&self.actor, &self.key, &request);
        let once = once.map_err(|error| Problem::BadKey(error.to_string()))?;
        Ok(Order::by(self.actor).seeing(self.seen).once(Some(once)))
    }

    /// Whether its key may do such a thing anywhere at all.
    pub(crate) fn may(&self, verb: Verb) -> Result<(), Problem> {
        Ok(authorise_anywhere(&self.actor, verb)?)
    }
}

/// `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): every command has one, so that it can
/// be sent again when the answer got lost.
fn key(headers: &HeaderMap) -> Result<String, Problem> {
    let mut keys = headers.get_all("idempotency-key").iter();
    let key = keys.next().ok_or(Problem::NeedsIdempotencyKey)?;
    if keys.next().is_some() {
        return Err(Problem::BadKey("there is more than one".to_owned()));
    }
    let key = key
        .to_str()
        .map_err(|_| Problem::BadKey("it has only visible ASCII characters".to_owned()))?;
    // The draft writes it as a string in quotes; most write it without.
    let bare = key.strip_prefix('"').and_then(|key| key.strip_suffix('"'));
    Ok(bare.unwrap_or(key).to_owned())
}

/// `If-Match` with the version that was seen: `"7"`. `*` asks only that there is one.
fn seen(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let mut tags = headers.get_all(header::IF_MATCH).iter();
    let Some(tag) = tags.next() else {
        return Ok(None);
    };
    let tag = tag.to_str().ok().filter(|_| tags.next().is_none());
    match tag.map(str::trim) {
        Some("*") => Ok(None),
        Some(tag) => {
            let version = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
            let version = version.and_then(|version| version.parse().ok());
            version.map(Some).ok_or(Problem::BadIfMatch)
        }
        None => Err(Problem::BadIfMatch),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &'static str, value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().unwrap());
        headers
    }

    #[test]
    fn a_version_is_one_number_in_quotes() {
        assert_eq!(seen(&with("if-match", "\"7\"")).unwrap(), Some(7));
        assert_eq!(seen(&with("if-match", "*")).unwrap(), None);
        assert_eq!(seen(&HeaderMap::new()).unwrap(), None);
        for bad in ["7", "W/\"7\"", "\"7\", \"8\"", "\"x\"", "\"-1\"", ""] {
            assert!(
                matches!(seen(&with("if-match", bad)), Err(Problem::BadIfMatch)),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_key_is_the_same_with_and_without_quotes() {
        for written in ["a-1", "\"a-1\""] {
            assert_eq!(key(&with("idempotency-key", written)).unwrap(), "a-1");
        }
        assert!(matches!(
            key(&HeaderMap::new()),
            Err(Problem::NeedsIdempotencyKey)
        ));
    }
}
