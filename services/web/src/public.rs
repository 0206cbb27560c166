//! One procedure as the public reads it: the same facts for the page, the API, the badge.

use std::time::Duration;

use chasqui_deadlines::{Calendar, CalendarId, Language, SilenceEffect};
use chasqui_procedures::TrackingCode;
use chasqui_procedures::contradiction::Contradiction;
use chasqui_procedures::event::{Due, DueBasis};
use chasqui_procedures::ids::UnitId;
use chasqui_procedures::moment::Precision;
use chasqui_procedures::outcome::Stage;
use chasqui_procedures::publication::{Details, PublicEntry};
use chasqui_procedures::standing::{Standing, standing};
use chasqui_projections::status::{self, StatusView};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::{App, AsOf};
use crate::problem::Problem;
use crate::{log, words};

/// How long the views are waited for.
const PATIENCE: Duration = Duration::from_secs(2);

/// The procedure of a code, and what today makes of it.
pub(crate) struct Looked {
    pub(crate) view: StatusView,
    pub(crate) standing: Standing,
    pub(crate) as_of: AsOf,
    /// The moment that has passed, if one was asked for.
    pub(crate) as_known_at: Option<Timestamp>,
}

/// Looks a code up. Unknown codes, and those that are no longer valid, get the same answer.
pub(crate) fn look_up(
    app: &App,
    code: &TrackingCode,
    as_known_at: Option<Timestamp>,
) -> Result<Looked, Problem> {
    let lookup = app.commands().lookup(code);
    let (view, mut as_of) = app.read(|connection| match as_known_at {
        None => status::by_code(connection, &lookup),
        Some(at) => status::by_code_as_known_at(connection, &lookup, at),
    })?;
    let view = view.ok_or(Problem::UnknownCode)?;
    if let Some(at) = as_known_at {
        // What was known is judged on the day on which it was known, with the calendars of then.
        let zone = app.commands().clock().zone().clone();
        (as_of.now, as_of.today) = (at, at.to_zoned(zone).date());
    }
    let calendars = &view
        .procedure
        .filing
        .as_ref()
        .ok_or(Problem::UnknownCode)?
        .calendars;
    let calendar = calendar_of(app, calendars, view.procedure.due.as_ref(), as_of.now)?;
    let standing = standing(
        &view.procedure,
        &view.procedure_type,
        &calendar,
        as_of.today,
    )?;
    Ok(Looked {
        view,
        standing,
        as_of,
        as_known_at,
    })
}

/// Looks a code up, and waits for the views where they are behind the log: a procedure that has just been
/// filed is never unknown. Nobody waits while the views are up to date, whoever asks for whatever.
pub(crate) async fn look_up_fresh(
    app: &App,
    code: &TrackingCode,
    as_known_at: Option<Timestamp>,
) -> Result<Looked, Problem> {
    let found = look_up(app, code, as_known_at);
    if !matches!(found, Err(Problem::UnknownCode)) {
        return found;
    }
    let Ok(head) = app.commands().head().await else {
        return found;
    };
    if app.views().progress()?.position >= head {
        return found;
    }
    // Views that do not catch up in time are asked all the same: they may have it by now.
    let _ = app.views().wait_for(head, PATIENCE).await;
    look_up(app, code, as_known_at)
}

/// The calendar that a due date was computed with: what was said is explained by what was known.
pub(crate) fn calendar_of(
    app: &App,
    ids: &[CalendarId],
    due: Option<&Due>,
    now: Timestamp,
) -> Result<Calendar, Problem> {
    let calendars = app.commands().calendars();
    if let Some(DueBasis::Computed(version)) = due.map(|due| &due.basis)
        && let Some((calendar, _)) = calendars.of_version(ids, version, now)?
    {
        return Ok(calendar);
    }
    Ok(calendars.resolve(ids, now)?)
}

/// The JSON of a procedure: the fields that a reader can count on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublicProcedure {
    code: String,
    r#type: Named,
    unit: Named,
    channel: Option<String>,
    stage: Labelled,
    standing: PublicStanding,
    outcome: Option<Labelled>,
    waiting_on: &'static str,
    filed_on: Option<Date>,
    due_on: Option<Date>,
    due_basis: Option<&'static str>,
    notified_on: Option<Date>,
    ended_on: Option<Date>,
    suspended: bool,
    silence: Option<PublicSilence>,
    deadline: Option<PublicDeadline>,
    timeline: Vec<PublicLine>,
    log: LogPlace,
    as_of: PublicAsOf,
    links: Links,
}

#[derive(Debug, Serialize, ToSchema)]
struct Named {
    id: String,
    name: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct Labelled {
    id: &'static str,
    label: &'static str,
}

#[derive(Debug, Serialize, ToSchema)]
struct PublicStanding {
    id: &'static str,
    label: &'static str,
    business_days_left: Option<u32>,
    business_days_overdue: Option<u32>,
}

#[derive(Debug, Serialize, ToSchema)]
struct PublicSilence {
    #[schema(value_type = String)]
    effect: SilenceEffect,
    label: &'static str,
    from: Date,
}

#[derive(Debug, Serialize, ToSchema)]
struct PublicDeadline {
    term: String,
    #[schema(value_type = Vec<String>)]
    calendars: Vec<CalendarId>,
    calendar_version: String,
    counted_days: Vec<Date>,
    explanation: Vec<String>,
}

#[derive(Debug, Serialize, ToSchema)]
struct PublicLine {
    label: String,
    occurred_on: Date,
    #[serde(skip_serializing_if = "Option::is_none")]
    occurred_at: Option<Timestamp>,
    #[schema(value_type = String)]
    precision: Precision,
    sequence: u64,
    r#type: &'static str,
    recorded_at: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    unit: Option<UnitId>,
    imported: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Object>)]
    contradicts: Vec<Contradiction>,
    #[serde(skip_serializing_if = "Details::is_empty")]
    #[schema(value_type = Object)]
    details: Details,
}

#[derive(Debug, Serialize, ToSchema)]
struct LogPlace {
    index: u64,
    sealed: bool,
}

#[derive(Debug, Serialize, ToSchema)]
struct PublicAsOf {
    position: u64,
    time: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    as_known_at: Option<Timestamp>,
}

#[derive(Debug, Serialize, ToSchema)]
struct Links {
    html: String,
    json: String,
    badge: String,
    /// The receipt to be printed.
    receipt: String,
    /// All sealed movements in one file, for a verifier.
    history: String,
}

fn links(app: &App, code: &str) -> Links {
    let site = app.public_url();
    Links {
        html: format!("{site}/t/{code}"),
        json: format!("{site}/api/v1/procedures/{code}"),
        badge: format!("{site}/t/{code}/badge.svg"),
        receipt: format!("{site}/t/{code}/comprobante"),
        history: format!("{site}/t/{code}/recibo/historial.json"),
    }
}

impl PublicProcedure {
    pub(crate) fn of(app: &App, code: &TrackingCode, looked: &Looked) -> Self {
        let Looked {
            view,
            standing,
            as_of,
            as_known_at: _,
        } = looked;
        let procedure = &view.procedure;
        let filing = procedure.filing.as_ref();
        let stage = procedure.stage();
        let code = code.reveal();
        let labelled = |outcome: chasqui_procedures::outcome::Outcome| Labelled {
            id: outcome.id(),
            label: words::outcome(outcome),
        };
        Self {
            r#type: Named {
                id: view.procedure_type.id.to_string(),
                name: view.procedure_type.name.to_string(),
            },
            unit: Named {
                id: view.unit.id.to_string(),
                name: view.unit.name.to_string(),
            },
            channel: filing
                .and_then(|one| one.channel.as_ref())
                .map(ToString::to_string),
            stage: Labelled {
                id: stage.id(),
                label: words::stage(stage),
            },
            standing: PublicStanding {
                id: standing.kind.id(),
                label: words::standing(standing.kind),
                business_days_left: standing.business_days_left,
                business_days_overdue: standing.business_days_overdue,
            },
            outcome: procedure.outcome().map(labelled),
            waiting_on: procedure.waiting_on().id(),
            filed_on: filing.map(|one| one.filed_on),
            due_on: procedure.due.as_ref().and_then(|due| due.on),
            due_basis: procedure.due.as_ref().map(|due| match due.basis {
                chasqui_procedures::event::DueBasis::Computed(_) => "computed",
                chasqui_procedures::event::DueBasis::Stated => "stated_by_source",
            }),
            notified_on: procedure.notified_on,
            ended_on: procedure.ended_on(),
            suspended: matches!(stage, Stage::AwaitingApplicant | Stage::Suspended),
            silence: procedure.silence.map(|silence| PublicSilence {
                effect: silence.effect,
                label: words::silence(silence.effect),
                from: silence.from,
            }),
            deadline: deadline(standing),
            timeline: view.history.iter().map(|entry| line(view, entry)).collect(),
            log: LogPlace {
                index: view.position,
                sealed: log::is_sealed(app, view.position),
            },
            as_of: PublicAsOf {
                as_known_at: looked.as_known_at,
                position: as_of.progress.position,
                time: as_of.now,
            },
            links: links(app, &code),
            code,
        }
    }
}

fn deadline(standing: &Standing) -> Option<PublicDeadline> {
    let deadline = standing.deadline.as_ref()?;
    Some(PublicDeadline {
        term: deadline.input().term.to_string(),
        calendars: deadline.calendar().ids().to_vec(),
        calendar_version: deadline.calendar_version().to_string(),
        counted_days: deadline.counted_days(),
        explanation: deadline.receipt().text(Language::Es),
    })
}

fn line(view: &StatusView, entry: &PublicEntry) -> PublicLine {
    PublicLine {
        sequence: entry.sequence,
        r#type: entry.event,
        label: words::entry(entry, name_of(view, entry)),
        occurred_on: entry.occurred.on(),
        occurred_at: entry.occurred.at(),
        precision: entry.occurred.precision(),
        recorded_at: entry.recorded_at,
        unit: entry.unit.clone(),
        imported: entry.imported,
        contradicts: entry.contradicts.clone(),
        details: entry.details.clone(),
    }
}

/// The name of the other unit that an entry speaks of.
pub(crate) fn name_of<'v>(view: &'v StatusView, entry: &PublicEntry) -> Option<&'v str> {
    let wanted = entry.details.to.as_ref().or(entry.unit.as_ref())?;
    let found = view.units.iter().find(|(id, _)| id == wanted);
    found.map(|(_, name)| name.as_str())
}
