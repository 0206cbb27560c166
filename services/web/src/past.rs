//! A procedure as it was known at a moment that has passed: `?as_known_at=`.

use axum::extract::Query;
use axum::extract::rejection::QueryRejection;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::problem::{FieldProblem, Problem};

/// What can be asked in the address of a procedure. An empty value is no value.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Past {
    /// As it was known then: an instant, or the end of a day, that has passed.
    #[param(required = false)]
    as_known_at: String,
}

/// What an address asks, or why it cannot be read.
pub(crate) type PastInAddress = Result<Query<Past>, QueryRejection>;

/// The moment that is asked for: an instant, or the end of a day in the municipality's zone; none for
/// now. Fails on what is neither, and on what is still to come.
pub(crate) fn moment(app: &App, asked: PastInAddress) -> Result<Option<Timestamp>, Problem> {
    let refused = |code, detail: &str| {
        Problem::BadQuestion(vec![FieldProblem {
            pointer: "as_known_at".to_owned(),
            code,
            detail: detail.to_owned(),
        }])
    };
    let Query(Past { as_known_at }) = asked.map_err(|_| {
        refused(
            "unknown_parameter",
            "solo se puede preguntar por as_known_at",
        )
    })?;
    if as_known_at.is_empty() {
        return Ok(None);
    }
    let clock = app.commands().clock();
    let end_of = |day: Date| {
        let next = day.tomorrow().ok()?;
        let end = next.to_zoned(clock.zone().clone()).ok()?.timestamp();
        Some(end.min(clock.now()))
    };
    let is_today = |day: &Date| *day <= clock.moment().on();
    let moment = match as_known_at.parse::<Timestamp>() {
        Ok(at) => Some(at),
        Err(_) => as_known_at
            .parse::<Date>()
            .ok()
            .filter(is_today)
            .and_then(end_of),
    };
    moment
        .filter(|at| *at <= clock.now())
        .map(Some)
        .ok_or_else(|| {
            refused(
                "not_a_past_moment",
                "se espera un día (2026-03-05) o un instante (2026-03-05T10:00:00-05:00) que ya pasó",
            )
        })
}
