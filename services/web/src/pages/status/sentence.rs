//! Where a procedure is, in one sentence.

use chasqui_procedures::outcome::Stage;
use chasqui_projections::status::StatusView;

use crate::{dates, plain, plain_with, words};

/// The sentence that stands on top of the page.
pub(super) fn of(view: &StatusView) -> String {
    let procedure = &view.procedure;
    let (unit, outcome) = (view.unit.name.to_string(), procedure.outcome());
    let unit = [("unit", (&unit).into())];
    let outcome = outcome.map(words::outcome);
    match (procedure.stage(), outcome) {
        (Stage::Filed, _) => plain_with("status-filed", &unit),
        (Stage::InReview, _) => plain_with("status-in_review", &unit),
        (Stage::AwaitingApplicant, _) => plain("status-awaiting_applicant").to_owned(),
        (Stage::Suspended, _) => plain_with("status-suspended", &unit),
        (Stage::Decided, None) => plain("status-decided-unknown").to_owned(),
        (Stage::Decided, Some(outcome)) => {
            plain_with("status-decided", &[("outcome", outcome.into())])
        }
        (Stage::Ended, None) => plain("status-ended").to_owned(),
        (Stage::Ended, Some(outcome)) => {
            let outcome = ("outcome", outcome.into());
            match procedure.ended_on().map(dates::medium) {
                Some(day) => plain_with("status-ended-on", &[("day", (&day).into()), outcome]),
                None => plain_with("status-ended-as", &[outcome]),
            }
        }
    }
}
