//! Reading a body of JSON: its size, its kind, its form, and then each value, so that whoever sent it
//! learns of everything that is wrong at once and where.

use std::fmt::{self, Display};
use std::marker::PhantomData;

use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::LengthLimitError;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};

use crate::problem::{ApiProblem, FieldProblem, Problem};

/// The most bytes of a command: a real one has some hundreds.
pub(crate) const MOST_BYTES: usize = 16 * 1024;

/// Reads a body to its end before anybody looks at the request, so that a refusal leaves the connection
/// in order; what is too long is refused at once.
pub(crate) async fn gather(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let problem = match to_bytes(body, MOST_BYTES).await {
        Ok(bytes) => return next.run(Request::from_parts(parts, bytes.into())).await,
        Err(error) => {
            let source = std::error::Error::source(&error);
            if source.is_some_and(|source| source.is::<LengthLimitError>()) {
                Problem::TooLarge { most: MOST_BYTES }
            } else {
                Problem::Unread
            }
        }
    };
    ApiProblem(problem).into_response()
}

/// The text of a body that says that it is JSON. Nothing at all is an empty object.
pub(crate) fn text(headers: &HeaderMap, body: Bytes) -> Result<String, Problem> {
    if body.is_empty() {
        return Ok("{}".to_owned());
    }
    if !is_json(headers) {
        return Err(Problem::NotJson);
    }
    let text = String::from_utf8(body.into());
    text.map_err(|error| Problem::Unparsable(error.utf8_error().to_string()))
}

/// The form of a body. What is no JSON is told apart from JSON of another form.
pub(crate) fn form<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    let reader = &mut serde_json::Deserializer::from_str(text);
    let read: Result<Object<T>, _> = serde_path_to_error::deserialize(&mut *reader);
    let Object(read) = read.map_err(|error| {
        let pointer = pointer(error.path());
        let error = error.into_inner();
        if error.is_data() {
            wrong(pointer, "bad_form", &error)
        } else {
            Problem::Unparsable(error.to_string())
        }
    })?;
    reader
        .end()
        .map_err(|error| Problem::Unparsable(error.to_string()))?;
    Ok(read)
}

fn wrong(pointer: String, code: &'static str, detail: &dyn Display) -> Problem {
    Problem::BadQuestion(vec![FieldProblem {
        pointer,
        code,
        detail: cut(&detail.to_string()),
    }])
}

/// An object of JSON and nothing else: by itself serde would also read a list of its values.
#[derive(Debug)]
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Fields<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
            type Value = T;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map))
            }
        }
        let fields = Fields(PhantomData);
        deserializer.deserialize_map(fields).map(Object)
    }
}

/// A place in a body as a JSON pointer (RFC 6901).
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        let name = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
            Segment::Enum { variant } => variant.clone(),
            Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&cut(&name));
    }
    pointer
}

/// What somebody sent, cut to a length that can be read.
fn cut(text: &str) -> String {
    text.chars().take(400).collect()
}

/// Collects what is wrong with the values of a body.
#[derive(Debug, Default)]
pub(crate) struct Values(Vec<FieldProblem>);

impl Values {
    /// The value, or none and a note of what is wrong.
    pub(crate) fn take<T, E: Display>(
        &mut self,
        pointer: impl Into<String>,
        code: &'static str,
        value: Result<T, E>,
    ) -> Option<T> {
        value
            .map_err(|error| {
                self.0.push(FieldProblem {
                    pointer: pointer.into(),
                    code,
                    detail: cut(&error.to_string()),
                });
            })
            .ok()
    }

    /// The value that may be missing.
    pub(crate) fn parse<T>(
        &mut self,
        pointer: &str,
        code: &'static str,
        text: Option<&str>,
    ) -> Option<T>
    where
        T: std::str::FromStr<Err: Display>,
    {
        text.and_then(|text| self.take(pointer, code, text.parse()))
    }

    /// One of a closed list by its name.
    pub(crate) fn one_of<T: Copy>(
        &mut self,
        pointer: &str,
        all: &[T],
        name: impl Fn(T) -> &'static str,
        wanted: &str,
    ) -> Option<T> {
        let found = all.iter().copied().find(|one| name(*one) == wanted);
        let names = || {
            let names: Vec<_> = all.iter().map(|one| name(*one)).collect();
            format!("se espera uno de: {}", names.join(", "))
        };
        self.take(pointer, "not_one_of", found.ok_or_else(names))
    }

    /// Everything that is wrong, if anything is.
    pub(crate) fn done(self) -> Result<(), Problem> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Problem::BadQuestion(self.0))
        }
    }

    /// The value that was taken last, once nothing is wrong.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, Problem> {
        self.done()?;
        value.ok_or(Problem::Internal)
    }
}

/// `application/json`, or something that is written in JSON.
pub(crate) fn is_json(headers: &HeaderMap) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Form {
        #[serde(default)]
        #[expect(dead_code, reason = "only its form is looked at")]
        items: Vec<Object<Item>>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Item {
        #[expect(dead_code, reason = "only its form is looked at")]
        days: u16,
    }

    fn refused(text: &str) -> FieldProblem {
        let Err(Problem::BadQuestion(mut fields)) = form::<Form>(text) else {
            panic!("{text} is accepted, or no JSON");
        };
        fields.remove(0)
    }

    #[test]
    fn what_has_another_form_is_told_with_its_place() {
        for (text, place) in [
            (r#"{"items":[{"days":1},{"days":-1}]}"#, "/items/1/days"),
            (r#"{"items":[{"days":"x"}]}"#, "/items/0/days"),
            (r#"{"moon":1}"#, "/moon"),
            (r#"{"items":[{"a/b":1}]}"#, "/items/0/a~1b"),
            ("[[]]", ""),
            (r#"{"items":[[1]]}"#, "/items/0"),
        ] {
            assert_eq!(refused(text).pointer, place, "{text}");
        }
    }

    #[test]
    fn what_is_no_json_is_told_apart_from_json_of_another_form() {
        let deep = format!("{{\"items\":[{{\"days\":{}", "[".repeat(200));
        for text in ["{", "", "{} {}", "{\"items\":[}"] {
            assert!(
                matches!(form::<Form>(text), Err(Problem::Unparsable(_))),
                "{text}"
            );
        }
        assert!(form::<Form>("{}").is_ok());
        assert!(form::<Form>(&deep).is_err());
    }

    #[test]
    fn a_body_is_json_by_its_content_type() {
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
        for kind in ["text/plain", "application/jsonx", ""] {
            assert!(!with(kind), "{kind}");
        }
        assert!(!is_json(&HeaderMap::new()));
    }
}
