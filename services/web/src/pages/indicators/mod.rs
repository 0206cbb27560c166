//! The figures, for people who would rather look than read.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use chasqui_projections::catalogue;
use chasqui_projections::timeliness::Figure;

use super::{Layout, page};
use crate::api::indicators::{AskedInAddress, answer, read};
use crate::app::App;
use crate::dates;
use crate::pages::error::PageProblem;
use crate::problem::Problem;

#[derive(Template)]
#[template(path = "pages/indicators/indicators.html")]
struct Indicators {
    layout: Layout,
    figures: Vec<Shown>,
    units: Vec<(String, String, bool)>,
    types: Vec<(String, String, bool)>,
    position: u64,
    today: String,
}

struct Shown {
    figure: Figure,
    bars: Vec<Bar>,
    width: usize,
}

/// One month's bar, in the chart's own units.
struct Bar {
    x: usize,
    y: u64,
    height: u64,
    month: String,
    n: u64,
}

const HEIGHT: u64 = 100;
const STEP: usize = 10;

/// All figures, filtered by the address.
pub(crate) async fn show(State(app): State<App>, asked: AskedInAddress) -> Response {
    match indicators(&app, asked) {
        Ok(template) => page(StatusCode::OK, &template),
        Err(problem) => PageProblem::new(&app, problem).into_response(),
    }
}

fn indicators(app: &App, asked: AskedInAddress) -> Result<Indicators, Problem> {
    let question = read(asked)?;
    let answer = answer(app, &question)?;
    let ((units, types), as_of) = app.read(|connection| {
        Ok((
            catalogue::units(connection)?,
            catalogue::type_versions(connection)?,
        ))
    })?;
    let chosen = |wanted: &Option<String>, id: &str| wanted.as_deref() == Some(id);
    Ok(Indicators {
        layout: Layout::of(app),
        figures: answer.figures.into_iter().map(Shown::of).collect(),
        units: units
            .into_iter()
            .map(|unit| {
                let id = unit.id.to_string();
                let selected = chosen(&question.unit, &id);
                (id, unit.name.to_string(), selected)
            })
            .collect(),
        types: types
            .into_iter()
            .map(|version| {
                let id = version.id.to_string();
                let selected = chosen(&question.procedure_type, &id);
                (id, version.name.to_string(), selected)
            })
            .collect(),
        position: answer.as_of.position,
        today: dates::medium(as_of.today),
    })
}

impl Shown {
    fn of(figure: Figure) -> Self {
        let most = figure
            .series
            .iter()
            .map(|point| point.n)
            .max()
            .unwrap_or(1)
            .max(1);
        let bars = figure.series.iter().enumerate().map(|(index, point)| {
            let height = (point.n * HEIGHT).div_ceil(most);
            let (month, n) = (point.month.clone(), point.n);
            Bar {
                x: index * STEP,
                y: HEIGHT - height,
                height,
                month,
                n,
            }
        });
        Self {
            bars: bars.collect(),
            width: figure.series.len() * STEP,
            figure,
        }
    }
}
