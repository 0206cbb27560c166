//! The language in which a program is answered: the one that it likes best of those that there are
//! (`Accept-Language`, RFC 9110, 12.5.4). Pages are in Spanish.

use accept_language::parse_with_quality;
use axum::http::{HeaderMap, header};
use chasqui_deadlines::Language;

/// The language that is liked best; Spanish if none of ours is liked, or nothing is said.
pub(crate) fn preferred(headers: &HeaderMap) -> Language {
    let named = headers.get(header::ACCEPT_LANGUAGE);
    let named = named.and_then(|value| value.to_str().ok());
    let liked = parse_with_quality(named.unwrap_or_default());
    let mut ours = liked.iter().filter_map(|(tag, quality)| {
        // A tag may name a country, and a quality of nothing says: not this one.
        let language = tag
            .split('-')
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        Language::of_code(&language).filter(|_| *quality > 0.0)
    });
    ours.next().unwrap_or_default()
}

/// A text in a language, with what has to be said with it.
pub(crate) fn noted(text: String, language: Language) -> String {
    match language.note() {
        None => text,
        Some(note) => format!("{text} ({note})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(accepted: &str) -> Language {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, accepted.parse().unwrap());
        preferred(&headers)
    }

    #[test]
    fn the_language_that_is_liked_best_of_ours_is_spoken() {
        use Language::{En, Es, Qu};
        for (accepted, language) in [
            ("", Es),
            ("fr", Es),
            ("en", En),
            ("EN-us", En),
            ("qu-EC, es;q=0.8", Qu),
            ("fr, en;q=0.4, es;q=0.9", Es),
            ("en;q=0, qu;q=0.1", Qu),
            ("en;q=0", Es),
            ("*", Es),
            (";;,=,q", Es),
        ] {
            assert_eq!(of(accepted), language, "{accepted:?}");
        }
        assert_eq!(preferred(&HeaderMap::new()), Es);
    }
}
