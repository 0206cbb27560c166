//! `GET /api/v1/indicators`: the figures, and what they were computed from.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use chasqui_projections::timeliness::{self, Answer, AsOf, Question};
use jiff::civil::Date;
use serde::Deserialize;

use crate::app::App;
use crate::problem::{ApiProblem, FieldProblem, Problem};

/// What can be asked in the address. An empty value is no value.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Asked {
    unit: String,
    r#type: String,
    channel: String,
    from: String,
    to: String,
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
pub(crate) async fn list(
    State(app): State<App>,
    asked: AskedInAddress,
) -> Result<Json<Answer>, ApiProblem> {
    Ok(Json(answer(&app, &read(asked)?)?))
}

/// One figure.
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
