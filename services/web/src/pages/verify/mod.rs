//! `/verificar`: one page that checks a receipt in the reader's own browser. It is the same for every site
//! and every reader, loads nothing, sends nothing, and works as well when it was saved to a disk.

use std::sync::LazyLock;

use askama::Template;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

use super::STYLE;

/// The program of the page: the tests run it, too.
const SCRIPT: &str = include_str!("verify.js");

#[derive(Template)]
#[template(path = "pages/verify/verify.html")]
struct Page<'a> {
    policy: &'a str,
    style: &'static str,
    script: &'static str,
}

/// Only this program runs, and it reaches nobody. The page says so itself, so that a saved copy does.
static POLICY: LazyLock<String> = LazyLock::new(|| {
    let digest = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; form-action 'none'; \
         base-uri 'none'; require-trusted-types-for 'script'",
        digest(SCRIPT),
        digest(STYLE)
    )
});

static PAGE: LazyLock<String> = LazyLock::new(|| {
    let page = Page {
        policy: &POLICY,
        style: STYLE,
        script: SCRIPT,
    };
    page.render()
        .expect("invariant: a template without data is always rendered")
});

/// The page.
pub(crate) async fn show() -> Response {
    let policy = format!("{}; frame-ancestors 'none'", *POLICY);
    let policy = HeaderValue::from_str(&policy).expect("invariant: a digest is ASCII");
    let headers: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_SECURITY_POLICY, policy),
        (header::CONTENT_LANGUAGE, HeaderValue::from_static("es-EC")),
    ];
    (headers, Html(PAGE.as_str())).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_whole_in_itself_and_names_the_program_that_it_runs() {
        for outside in [
            "src=",
            "href=\"http",
            "@import",
            "fetch(",
            "XMLHttp",
            "innerHTML",
        ] {
            assert!(!PAGE.contains(outside), "{outside}");
        }
        // The browser hashes what stands between the tags.
        let script = PAGE.split("<script>").nth(1).unwrap();
        let script = script.split("</script>").next().unwrap();
        let digest = BASE64_STANDARD.encode(Sha256::digest(script));
        assert!(POLICY.contains(&format!("script-src 'sha256-{digest}'")));
        let shown = PAGE.split("content=\"").nth(1).unwrap();
        assert!(
            shown.starts_with("default-src &#39;none&#39;; script-src"),
            "{}",
            &shown[..60]
        );
    }
}
