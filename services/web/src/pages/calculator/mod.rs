//! The public calculator: a form whose answer is an address, so that a result can be shared, printed
//! and checked by anybody. It works without JavaScript, reads no procedure and keeps nothing.

mod field;
mod form;
mod groups;
mod link;
mod month;
mod outcome;
mod refused;
mod typed;

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use chasqui_deadlines::BatchCalculator;

use self::field::{Group, Kind};
use self::form::Form;
use self::outcome::Outcome;
use super::{Layout, page};
use crate::app::App;

pub(crate) use link::link_to;

#[derive(Template)]
#[template(path = "pages/calculator/calculator.html")]
struct Calculator {
    layout: Layout,
    groups: Vec<Group>,
    /// What is wrong, with the field it is wrong in.
    mistakes: Vec<(String, String)>,
    outcome: Option<Outcome>,
}

/// The form and, once it is filled in, the date and its account.
pub(crate) async fn show(
    State(app): State<App>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Response {
    let book = app.commands().calendars().book().clone();
    let today = app.commands().clock().moment().on();
    let mut form = Form::read(pairs, &book);
    let question = form.question(&book, today);
    let outcome = question.and_then(|question| {
        let explained =
            BatchCalculator::new(book.clone()).explain(&question, chasqui_deadlines::Language::Es);
        match explained {
            Ok(explained) => Some(Outcome::of(&explained)),
            Err(error) => {
                form.refused(&error);
                None
            }
        }
    });
    let status = match form.mistakes().is_empty() {
        true => StatusCode::OK,
        false => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let template = Calculator {
        layout: Layout::of(&app),
        groups: form.groups(&book),
        mistakes: form.mistakes().to_vec(),
        outcome,
    };
    page(status, &template)
}
