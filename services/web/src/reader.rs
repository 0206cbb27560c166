//! Who reads: the language of a page, chosen by its address (`/en/…`, `?lang=en`) or else liked best by
//! the browser. No cookie remembers it.
//!
//! The language is known to whoever writes words while the question is answered, as its address is. What
//! programs read is in Spanish unless `?lang=` says otherwise: a picture or a feed must not change with
//! the reader's browser.

use axum::extract::Request;
use axum::http::{HeaderValue, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use chasqui_deadlines::Language;

use crate::language::preferred;

/// The beginnings of addresses that are no pages.
const NO_PAGES: [&str; 8] = [
    "/api/", "/embed", "/oembed", "/widget/", "/log/", "/static/", "/healthz", "/readyz",
];

/// The reader of the answer that is being made.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reader {
    language: Language,
    /// The language that was wished for, where the page exists in Spanish only.
    wished: Option<Language>,
    /// Whether the address names the language: its links then keep it.
    chosen: bool,
    /// The address without its language: path and query.
    address: String,
}

tokio::task_local! {
    static READER: Reader;
}

/// The language that is read; Spanish where nobody is known to read.
pub(crate) fn language() -> Language {
    READER
        .try_with(|reader| reader.language)
        .unwrap_or_default()
}

/// The language that was wished for, where the page exists in Spanish only.
pub(crate) fn wished() -> Option<Language> {
    READER.try_with(|reader| reader.wished).ok().flatten()
}

/// Answers in Spanish, whatever is wished for: for pages that nobody has translated yet.
pub(crate) async fn in_spanish(request: Request, next: Next) -> Response {
    let mut reader = READER.try_with(Clone::clone).unwrap_or_default();
    if reader.language != Language::Es {
        reader.wished = Some(reader.language);
        reader.language = Language::Es;
    }
    READER.scope(reader, next.run(request)).await
}

/// What stands before the addresses of pages, so that links keep the language: `/en`, or nothing.
pub(crate) fn prefix() -> &'static str {
    let kept = READER.try_with(|reader| {
        let language = reader.wished.unwrap_or(reader.language);
        reader.chosen.then_some(language)
    });
    match kept.ok().flatten() {
        None => "",
        Some(Language::Es) => "/es",
        Some(Language::En) => "/en",
        Some(Language::Qu) => "/qu",
    }
}

/// The address that was asked for, without its language.
pub(crate) fn address() -> String {
    READER
        .try_with(|reader| reader.address.clone())
        .unwrap_or_default()
}

/// Finds out who reads, and takes the language out of the address before it is routed.
pub(crate) async fn meet(mut request: Request, next: Next) -> Response {
    let uri = request.uri();
    let (named, path) = split_prefix(uri.path());
    let is_page = is_page(path);
    let (asked, query) = split_query(uri.query().unwrap_or_default());
    let chosen = named.or(asked);
    let language = match chosen {
        Some(language) => language,
        None if is_page => preferred(request.headers()),
        None => Language::Es,
    };
    let address = join(path, &query);
    if is_page && chosen.is_some() {
        // An address that cannot be read back is left as it was, and answered as such.
        if let Ok(uri) = address.parse::<Uri>() {
            *request.uri_mut() = uri;
        }
    }
    let reader = Reader {
        language,
        wished: None,
        chosen: chosen.is_some(),
        address,
    };
    let mut response = READER.scope(reader, next.run(request)).await;
    if is_page && chosen.is_none() {
        let varies = HeaderValue::from_static("Accept-Language");
        response.headers_mut().append(header::VARY, varies);
    }
    response
}

fn is_page(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    !last.contains('.') && !NO_PAGES.iter().any(|beginning| path.starts_with(beginning))
}

/// `/en/tramites` is `/tramites` in English. Only pages have languages in their paths.
fn split_prefix(path: &str) -> (Option<Language>, &str) {
    let rest = path.strip_prefix('/').unwrap_or_default();
    let end = rest.find('/').unwrap_or(rest.len());
    let after = &rest[end..];
    match Language::of_code(&rest[..end]) {
        Some(language) if after.is_empty() => (Some(language), "/"),
        // Two slashes would be another server's address.
        Some(language) if is_page(after) && !after.starts_with("//") => (Some(language), after),
        _ => (None, path),
    }
}

/// Takes `lang` out of a query. A language that there is not is no choice.
fn split_query(query: &str) -> (Option<Language>, String) {
    let parts = query.split('&').filter(|part| !part.is_empty());
    let (ours, rest): (Vec<&str>, Vec<&str>) =
        parts.partition(|part| part.split('=').next() == Some("lang"));
    let code = ours.first().and_then(|part| part.strip_prefix("lang="));
    (code.and_then(Language::of_code), rest.join("&"))
}

fn join(path: &str, query: &str) -> String {
    match query {
        "" => path.to_owned(),
        query => format!("{path}?{query}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_in_the_path_is_taken_out_of_it() {
        use Language::{En, Es, Qu};
        for (path, language, rest) in [
            ("/", None, "/"),
            ("/en", Some(En), "/"),
            ("/en/", Some(En), "/"),
            ("/qu/t/404AM-T154V-M4JS4", Some(Qu), "/t/404AM-T154V-M4JS4"),
            ("/es/tramites", Some(Es), "/tramites"),
            ("/enero", None, "/enero"),
            ("/fr/tramites", None, "/fr/tramites"),
            ("/en//evil.example", None, "/en//evil.example"),
            ("/en/api/v1/events", None, "/en/api/v1/events"),
            ("/en/en/", Some(En), "/en/"),
        ] {
            assert_eq!(split_prefix(path), (language, rest), "{path}");
        }
    }

    #[test]
    fn a_language_in_the_query_is_taken_out_of_it() {
        let taken = |query| split_query(query);
        assert_eq!(taken("lang=en"), (Some(Language::En), String::new()));
        assert_eq!(
            taken("unit=a&lang=qu&to=b"),
            (Some(Language::Qu), "unit=a&to=b".to_owned())
        );
        assert_eq!(taken("lang=fr&a=1"), (None, "a=1".to_owned()));
        assert_eq!(taken("language=en"), (None, "language=en".to_owned()));
    }
}
