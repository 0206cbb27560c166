//! `GET /api/v1/indicators`: the figures, and what they were computed from.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use chasqui_projections::timeliness::{self, Answer, AsOf, Question};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::problem::{ApiProblem, FieldProblem, Problem};

/// What can be asked in the address. An empty value is no value.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Of this unit.
    #[param(required = false)]
    unit: String,
    /// Of this procedure type.
    #[param(required = false)]
    r#type: String,
    /// Of what came in by this channel.
    #[param(required = false)]
    channel: String,
    /// From this day or month on.
    #[param(required = false, pattern = "^([0-9]{4}-[0-9]{2}(-[0-9]{2})?)?$")]
    from: String,
    /// Until this day or month.
    #[param(required = false, pattern = "^([0-9]{4}-[0-9]{2}(-[0-9]{2})?)?$")]
    to: String,
    /// As the days stood then.
    #[param(required = false, pattern = "^([0-9]{4}-[0-9]{2}(-[0-9]{2})?)?$")]
    as_of: String,
}

impl Asked {
    /// The question, or every part of it that cannot be understood.
    pub(crate) fn question(&self) -> Result<Question, Problem> {
        let mut problems = Vec::new();
        let mut date = |name: &str, text: &str| -> Option<Date> {
            if text.is_empty() {
                return None;
            }
            let read = text.parse().or_else(|_| format!("{text}-01").parse());
            if read.is_err() {
                problems.push(FieldProblem {
                    pointer: name.to_owned(),
                    code: "not_a_date",
                    detail: "se espera una fecha: 2026-11-23".to_owned(),
                });
            }
            read.ok()
        };
        let (from, to) = (date("from", &self.from), date("to", &self.to));
        let as_of = date("as_of", &self.as_of);
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            problems.push(FieldProblem {
                pointer: "from".to_owned(),
                code: "from_after_to",
                detail: format!("{from} está después de {to}"),
            });
        }
        if !problems.is_empty() {
            return Err(Problem::BadQuestion(problems));
        }
        let word = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Ok(Question {
            id: None,
            unit: word(&self.unit),
            procedure_type: word(&self.r#type),
            channel: word(&self.channel),
            from,
            to,
            as_of,
        })
    }
}

/// What an address asks, or why it cannot be read.
pub(crate) type AskedInAddress = Result<Query<Asked>, QueryRejection>;

/// The question of an address, or every part of it that cannot be understood.
pub(crate) fn read(asked: AskedInAddress) -> Result<Question, Problem> {
    match asked {
        Ok(Query(asked)) => asked.question(),
        Err(_) => Err(Problem::BadQuestion(vec![FieldProblem {
            pointer: String::new(),
            code: "unknown_parameter",
            detail: "se puede preguntar por unit, type, channel, from, to y as_of".to_owned(),
        }])),
    }
}

/// All figures.
#[utoipa::path(
    get,
    path = "/api/v1/indicators",
    operation_id = "indicators",
    tag = "public",
    params(Asked),
    responses((status = 200, description = "All figures.", body = Object)),
)]
pub(crate) async fn list(
    State(app): State<App>,
    asked: AskedInAddress,
) -> Result<Json<Answer>, ApiProblem> {
    Ok(Json(answer(&app, &read(asked)?)?))
}

/// One figure.
#[utoipa::path(
    get,
    path = "/api/v1/indicators/{id}",
    operation_id = "indicator",
    tag = "public",
    params(("id" = String, Path, description = "Its id: `TI-01`."), Asked),
    responses((status = 200, description = "One figure.", body = Object)),
)]
pub(crate) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    asked: AskedInAddress,
) -> Result<Json<Answer>, ApiProblem> {
    let question = Question {
        id: Some(id.clone()),
        ..read(asked)?
    };
    let answer = answer(&app, &question)?;
    if answer.figures.is_empty() {
        let id = id.chars().take(40).collect();
        return Err(Problem::UnknownFigure(id).into());
    }
    Ok(Json(answer))
}

/// The figures that a question asks for, as of now.
pub(crate) fn answer(app: &App, question: &Question) -> Result<Answer, Problem> {
    let clock = app.commands().clock();
    let (computed_at, today) = (clock.now(), clock.moment().on());
    let answer = app.views().read(|connection, progress| {
        let as_of = AsOf {
            position: progress.position,
            computed_at,
        };
        timeliness::answer(connection, question, today, as_of)
    })?;
    Ok(answer)
}
