//! What all pages share: whose site it is, in which language, whether its content is made up or late,
//! and how it looks.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use chasqui_deadlines::Language;

use crate::app::App;
use crate::problem::Problem;
use crate::{messages, reader, stale};

/// The style sheet. It stands in the page itself, so that the first answer is the whole page; the
/// content security policy names its digest.
pub(crate) const STYLE: &str = include_str!("style.css");

/// What stands above every page.
const MENU: [(&str, &str); 4] = [
    ("/", "nav-home"),
    ("/tramites", "nav-types"),
    ("/indicadores", "nav-figures"),
    ("/calculadora", "nav-calculator"),
];
/// What stands below every page.
const SMALL_MENU: [(&str, &str); 3] = [
    ("/verificar", "nav-verify"),
    ("/privacidad", "nav-privacy"),
    ("/accesibilidad", "nav-accessibility"),
];

/// What the frame of every page shows.
pub(crate) struct Layout {
    pub(crate) entity: String,
    pub(crate) synthetic: bool,
    /// What has to be said of late data, if it is late.
    pub(crate) stale: Option<String>,
    pub(crate) style: &'static str,
    /// The language of the page (BCP 47).
    pub(crate) tag: &'static str,
    /// What stands before the addresses of pages, so that links keep a chosen language.
    pub(crate) prefix: &'static str,
    pub(crate) alternates: Vec<Alternate>,
    /// What is said where the page does not exist in the language that was wished for, and its tag.
    pub(crate) not_translated: Option<(&'static str, &'static str)>,
    address: String,
}

/// The same page in a language.
pub(crate) struct Alternate {
    pub(crate) tag: &'static str,
    pub(crate) name: &'static str,
    /// With the site's own address, for those who come from elsewhere.
    pub(crate) address: String,
    pub(crate) path: String,
    pub(crate) is_shown: bool,
}

impl Layout {
    pub(crate) fn of(app: &App) -> Self {
        let site = app.site();
        let (language, address) = (reader::language(), reader::address());
        let alternate = |other: Language| {
            let path = format!("/{}{address}", other.code());
            Alternate {
                tag: tag(other),
                name: name(other),
                address: format!("{}{path}", app.public_url()),
                path,
                is_shown: other == language,
            }
        };
        Self {
            entity: site.entity,
            synthetic: site.synthetic,
            stale: stale::notice(app),
            style: STYLE,
            tag: tag(language),
            prefix: reader::prefix(),
            not_translated: reader::wished()
                .map(|wished| (tag(wished), messages::plain_in("not-translated", wished))),
            alternates: Language::ALL.map(alternate).into(),
            address,
        }
    }

    pub(crate) const fn menu(&self) -> &'static [(&'static str, &'static str)] {
        let Self { .. } = self;
        &MENU
    }

    pub(crate) const fn small_menu(&self) -> &'static [(&'static str, &'static str)] {
        let Self { .. } = self;
        &SMALL_MENU
    }

    /// Whether a page of the menu is the one that is shown.
    pub(crate) fn is_at(&self, address: &str) -> bool {
        self.address.split('?').next() == Some(address)
    }
}

/// The language tag of texts (BCP 47).
const fn tag(language: Language) -> &'static str {
    match language {
        Language::Es => "es-EC",
        Language::En => "en",
        Language::Qu => "qu-EC",
    }
}

/// What a language calls itself.
const fn name(language: Language) -> &'static str {
    match language {
        Language::Es => "Español",
        Language::En => "English",
        Language::Qu => "Kichwa",
    }
}

/// Renders a template as an answer, in the reader's language.
pub(crate) fn page<T: Template>(status: StatusCode, template: &T) -> Response {
    match template.render() {
        Ok(html) => {
            let mut response = (status, Html(html)).into_response();
            let language = HeaderValue::from_static(tag(reader::language()));
            response
                .headers_mut()
                .insert(header::CONTENT_LANGUAGE, language);
            response
        }
        Err(error) => {
            tracing::error!(error = %error, "failed to render a page");
            Problem::Internal.status().into_response()
        }
    }
}
