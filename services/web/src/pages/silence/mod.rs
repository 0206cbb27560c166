//! The certificate of silence: what the record says about an answer that never came, to be printed.
//!
//! It is made from the record when it is asked for, and says as of which moment. It gives no legal
//! advice, and is no act of the municipality: it shows what is recorded, with the day-by-day account.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chasqui_deadlines::Language;
use chasqui_procedures::TrackingCode;

use super::{Layout, page};
use crate::app::App;
use crate::pages::error::PageProblem;
use crate::problem::Problem;
use crate::public::{Looked, look_up};
use crate::{dates, words};

#[derive(Template)]
#[template(path = "pages/silence/silence.html")]
struct Certificate {
    layout: Layout,
    code: String,
    procedure_type: String,
    unit: String,
    filed_on: String,
    expired_on: String,
    from: String,
    effect: &'static str,
    /// What came after silence had accrued, if anything did.
    notified_late_on: Option<String>,
    explanation: Vec<String>,
    position: u64,
    today: String,
    address: String,
}

/// The certificate, if silence has accrued; if it has not, a page that says so.
pub(crate) async fn show(State(app): State<App>, Path(typed): Path<String>) -> Response {
    let code = typed.parse::<TrackingCode>().map_err(Problem::from);
    let looked = code.and_then(|code| look_up(&app, &code, None).map(|looked| (code, looked)));
    let certificate = looked
        .and_then(|(code, looked)| certificate(&app, &code, &looked).ok_or(Problem::NoSilence));
    match certificate {
        Ok(certificate) => {
            let private = [(header::CACHE_CONTROL, "private, no-cache")];
            (private, page(StatusCode::OK, &certificate)).into_response()
        }
        Err(problem) => PageProblem::new(&app, problem)
            .typed(&typed)
            .into_response(),
    }
}

fn certificate(app: &App, code: &TrackingCode, looked: &Looked) -> Option<Certificate> {
    let procedure = &looked.view.procedure;
    let (silence, filing) = (procedure.silence?, procedure.filing.as_ref()?);
    let receipt = looked.standing.deadline.as_ref().map(|one| one.receipt());
    Some(Certificate {
        layout: Layout::of(app),
        code: code.reveal(),
        procedure_type: looked.view.procedure_type.name.to_string(),
        unit: looked.view.unit.name.to_string(),
        filed_on: dates::long(filing.filed_on),
        expired_on: silence.from.yesterday().map(dates::long).ok()?,
        from: dates::long(silence.from),
        effect: words::silence(silence.effect),
        notified_late_on: procedure.notified_on.map(dates::long),
        explanation: receipt
            .map(|one| one.text(Language::Es))
            .unwrap_or_default(),
        position: looked.view.position,
        today: dates::long(looked.as_of.today),
        address: format!("{}/t/{}", app.public_url(), code.reveal()),
    })
}
