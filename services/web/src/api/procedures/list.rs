//! `GET /api/v1/procedures`: the procedures of the units that a key covers, a page at a time.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use chasqui_commands::authorise::{Actor, Verb, authorise, authorise_anywhere};
use chasqui_procedures::TrackingCode;
use chasqui_procedures::ids::{ProcedureId, UnitId};
use chasqui_procedures::outcome::Stage;
use chasqui_procedures::standing::Kind;
use chasqui_projections::register::{self, Filter, Row};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::office::OfficeProcedure;
use crate::api::actor::Caller;
use crate::api::body::Values;
use crate::app::{App, AsOf};
use crate::problem::{ApiProblem, FieldProblem, Problem};

/// The most procedures on one page.
const MOST: usize = 200;
/// How many are looked at for one page, where today's standing is asked for: it is in no table.
const MOST_LOOKED_AT: usize = 2_000;

/// Which procedures. An empty value is no value.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Those with this unit; a key of one unit need not say it.
    #[param(required = false)]
    unit: String,
    /// Those of this type.
    #[param(required = false)]
    r#type: String,
    /// Those in this stage: `filed`, `in_review`, `awaiting_applicant`, `suspended`, `decided`, `ended`.
    #[param(required = false)]
    stage: String,
    /// Those that stand so today: `overdue`, `due_soon`, ...
    #[param(required = false)]
    standing: String,
    /// The one with this tracking code or identity.
    #[param(required = false)]
    q: String,
    /// How many at most: 1 to 200; 50 if it is not said.
    #[param(required = false, pattern = "^([1-9][0-9]?|1[0-9]{2}|200)?$")]
    limit: String,
    /// Where the page before ended: its `next`.
    #[param(required = false)]
    cursor: String,
}

/// A page of procedures, oldest filing first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Page {
    procedures: Vec<OfficeProcedure>,
    /// What `cursor` takes for the page after; null on the last one.
    next: Option<String>,
    /// How many events the views had taken in.
    position: u64,
}

struct Question {
    filter: Filter,
    standing: Option<Kind>,
    after: Option<(Date, ProcedureId)>,
    limit: usize,
}

/// The procedures that a filter leaves.
#[utoipa::path(
    get,
    path = "/api/v1/procedures",
    operation_id = "list",
    tag = "procedures",
    params(Asked),
    responses((status = 200, description = "A page of them.", body = Page)),
)]
pub(crate) async fn list(
    State(app): State<App>,
    Caller(actor): Caller,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, ApiProblem> {
    authorise_anywhere(&actor, Verb::ListProcedures).map_err(Problem::from)?;
    let Query(asked) = asked?;
    let question = question(&actor, &asked)?;
    let page = match asked.q.as_str() {
        "" => read(&app, &question)?,
        named => one(&app, named, &question)?,
    };
    let mut headers = HeaderMap::new();
    let kept = HeaderValue::from_static("private, no-store");
    headers.insert(header::CACHE_CONTROL, kept);
    headers.insert(header::VARY, HeaderValue::from_static("Authorization"));
    if let Some(next) = &page.next {
        let (name, link) = next_link(&app, &asked, next);
        headers.insert(name, link);
    }
    Ok((headers, Json(page)).into_response())
}

/// What is asked, within what the key covers.
fn question(actor: &Actor, asked: &Asked) -> Result<Question, Problem> {
    let some = |text: &'_ str| (!text.is_empty()).then(|| text.to_owned());
    let mut values = Values::default();
    let unit: Option<UnitId> = values.parse("unit", "not_an_id", some(&asked.unit).as_deref());
    let stage =
        some(&asked.stage).and_then(|stage| values.one_of("stage", &Stage::ALL, Stage::id, &stage));
    let standing = some(&asked.standing)
        .and_then(|kind| values.one_of("standing", &Kind::ALL, Kind::id, &kind));
    let limit = match asked.limit.as_str() {
        "" => Some(50),
        text => {
            let limit = text.parse().ok().filter(|limit| (1..=MOST).contains(limit));
            let limit = limit.ok_or(format!("se espera un número de 1 a {MOST}"));
            values.take("limit", "not_a_limit", limit)
        }
    };
    let after = some(&asked.cursor)
        .and_then(|cursor| values.take("cursor", "not_a_cursor", after(&cursor)));
    let limit = values.finish(limit)?;
    let unit = unit.or_else(|| match actor {
        Actor::Key(grant) => grant.unit.unit().cloned(),
        Actor::Anonymous | Actor::Operator => None,
    });
    authorise(actor, Verb::ListProcedures, unit.as_ref())?;
    Ok(Question {
        filter: Filter {
            unit: unit.map(|unit| unit.to_string()),
            procedure_type: some(&asked.r#type),
            stage: stage.map(|stage| stage.id().to_owned()),
            ..Filter::default()
        },
        standing,
        after,
        limit,
    })
}

fn read(app: &App, question: &Question) -> Result<Page, Problem> {
    let most = match question.standing {
        None => question.limit + 1,
        Some(_) => MOST_LOOKED_AT,
    };
    let (rows, as_of) =
        app.read(|connection| register::list(connection, &question.filter, question.after, most))?;
    let mut procedures = Vec::new();
    let mut last = None;
    let mut more = rows.len() == most;
    for row in &rows {
        if procedures.len() == question.limit {
            more = true;
            break;
        }
        last = place(row);
        procedures.extend(wanted(app, &as_of, row, question)?);
    }
    Ok(Page {
        procedures,
        next: last.filter(|_| more).map(cursor),
        position: as_of.progress.position,
    })
}

/// The procedure with a code or an identity, if the filter leaves it.
fn one(app: &App, named: &str, question: &Question) -> Result<Page, Problem> {
    let (row, as_of) = match (named.parse::<ProcedureId>(), named.parse::<TrackingCode>()) {
        (Ok(identity), _) => app.read(|connection| register::by_procedure(connection, identity))?,
        (_, Ok(code)) => {
            let lookup = app.commands().lookup(&code);
            app.read(|connection| register::by_code(connection, &lookup))?
        }
        _ => {
            return Err(Problem::BadQuestion(vec![FieldProblem {
                pointer: "q".to_owned(),
                code: "neither_code_nor_identity",
                detail: "se espera un código de trámite o un UUID".to_owned(),
            }]));
        }
    };
    let filter = &question.filter;
    let fits = |row: &Row| {
        let is = |wanted: &Option<String>, has: Option<String>| wanted.is_none() || *wanted == has;
        let kind = row.state.filing.as_ref();
        is(
            &filter.unit,
            row.state.unit.as_ref().map(ToString::to_string),
        ) && is(&filter.stage, Some(row.state.stage().id().to_owned()))
            && is(
                &filter.procedure_type,
                kind.map(|filing| filing.procedure_type.to_string()),
            )
    };
    let mut procedures = Vec::new();
    if let Some(row) = row.filter(fits) {
        procedures.extend(wanted(app, &as_of, &row, question)?);
    }
    Ok(Page {
        procedures,
        next: None,
        position: as_of.progress.position,
    })
}

/// The procedure of a row, if it stands as asked.
fn wanted(
    app: &App,
    as_of: &AsOf,
    row: &Row,
    question: &Question,
) -> Result<Option<OfficeProcedure>, Problem> {
    let procedure = OfficeProcedure::of(app, as_of, row.procedure, &row.state)?;
    let fits = question
        .standing
        .is_none_or(|kind| kind.id() == procedure.kind());
    Ok(fits.then_some(procedure))
}

fn place(row: &Row) -> Option<(Date, ProcedureId)> {
    let filed_on = row.state.filing.as_ref()?.filed_on;
    Some((filed_on, row.procedure))
}

fn cursor((filed_on, procedure): (Date, ProcedureId)) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("{filed_on} {procedure}"))
}

fn after(cursor: &str) -> Result<(Date, ProcedureId), &'static str> {
    const WRONG: &str = "se espera lo que la página anterior dio como next";
    let bytes = BASE64_URL_SAFE_NO_PAD.decode(cursor).map_err(|_| WRONG)?;
    let text = String::from_utf8(bytes).map_err(|_| WRONG)?;
    let (filed_on, procedure) = text.split_once(' ').ok_or(WRONG)?;
    let filed_on = filed_on.parse().map_err(|_| WRONG)?;
    Ok((filed_on, procedure.parse().map_err(|_| WRONG)?))
}

/// `Link: <...>; rel="next"` (RFC 8288). A look-up by code has no next page, so no code is in it.
fn next_link(app: &App, asked: &Asked, next: &str) -> (HeaderName, HeaderValue) {
    let mut address = format!("{}/api/v1/procedures?cursor={next}", app.public_url());
    for (name, value) in [
        ("unit", &asked.unit),
        ("type", &asked.r#type),
        ("stage", &asked.stage),
        ("standing", &asked.standing),
        ("limit", &asked.limit),
    ] {
        let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if !value.is_empty() && value.chars().all(is_word) {
            address.push_str(&format!("&{name}={value}"));
        }
    }
    let link = HeaderValue::from_str(&format!("<{address}>; rel=\"next\""));
    (header::LINK, link.unwrap_or(HeaderValue::from_static("")))
}
