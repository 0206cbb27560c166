//! `GET /api/v1/catalogue/calendars`: the calendars by which terms are counted, as JSON and as
//! iCalendar. A calendar is given with those of the larger places it belongs to: that is the union by
//! which a unit there counts.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chasqui_deadlines::{
    Calendar, CalendarBook, CalendarId, CalendarInfo, CalendarKind, CalendarVersion, LocalName,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use super::rest_days::{self, RestDay, Years};
use crate::app::App;
use crate::icalendar;
use crate::problem::{ApiProblem, FieldProblem, Problem};

/// What can be asked in the address.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// The year, or some years in a row: `2026`, `2025-2027`.
    #[param(required = false, pattern = "^([0-9]{4}(-[0-9]{4})?)?$")]
    year: String,
}

/// All calendars of the profile.
#[derive(Debug, Serialize)]
pub(crate) struct Catalogue {
    profile: String,
    edition: String,
    time_zone: String,
    default_calendars: Vec<CalendarId>,
    calendars: Vec<Published>,
}

/// One calendar with its rest days.
#[derive(Debug, Serialize)]
pub(crate) struct Published {
    id: CalendarId,
    name: LocalName,
    parent: Option<CalendarId>,
    kind: CalendarKind,
    /// The union that is listed: the calendar and those of the larger places it belongs to.
    calendars: Vec<CalendarId>,
    calendar_version: CalendarVersion,
    /// The years in which the days were compared with a published list.
    checked_years: Option<(i16, i16)>,
    first_year: i16,
    last_year: i16,
    weekly_rest: Vec<String>,
    rest_days: Vec<RestDay>,
    links: Links,
}

#[derive(Debug, Serialize)]
struct Links {
    json: String,
    icalendar: String,
}

/// Every calendar.
#[utoipa::path(
    get,
    path = "/api/v1/catalogue/calendars",
    operation_id = "calendars",
    tag = "public",
    params(Asked),
    responses((status = 200, description = "All of them.", body = Object)),
)]
pub(crate) async fn list(
    State(app): State<App>,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<Catalogue>, ApiProblem> {
    let Query(asked) = asked?;
    let years = years(&app, &asked, 0, 1)?;
    let book = app.commands().calendars().book();
    let calendars = book.calendars();
    Ok(Json(Catalogue {
        profile: book.profile().to_owned(),
        edition: book.edition().to_owned(),
        time_zone: book.zone().name().to_owned(),
        default_calendars: book.default_calendars().to_vec(),
        calendars: calendars
            .into_iter()
            .map(|info| published(&app, info, years))
            .collect::<Result<_, _>>()?,
    }))
}

/// One calendar; with `.ics` at the end of the address as iCalendar.
#[utoipa::path(
    get,
    path = "/api/v1/catalogue/calendars/{id}",
    operation_id = "calendar",
    tag = "public",
    params(
        ("id" = String, Path, description = "Its id; with `.ics` at the end as iCalendar."),
        Asked,
    ),
    responses((
        status = 200,
        description = "It, with those of the larger places that it belongs to.",
        content((Object = "application/json"), (String = "text/calendar")),
    )),
)]
pub(crate) async fn show(
    State(app): State<App>,
    Path(id): Path<String>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    let Query(asked) = asked?;
    let (id, is_feed) = match id.strip_suffix(".ics") {
        Some(id) => (id, true),
        None => (&*id, false),
    };
    let book = app.commands().calendars().book();
    let mut calendars = book.calendars().into_iter();
    let info = calendars
        .find(|info| info.id.as_str() == id)
        .ok_or(Problem::UnknownCalendar)?;
    if !is_feed {
        let years = years(&app, &asked, 0, 1)?;
        return Ok(Json(published(&app, info, years)?).into_response());
    }
    // Whoever subscribes wants the days that are to come, and to look back a little.
    let years = years(&app, &asked, 1, 2)?;
    let calendar = union_of(&app, &info)?;
    let tag = format!("\"{}-{}-{}\"", calendar.version(), years.first, years.last);
    if headers
        .get(header::IF_NONE_MATCH)
        .is_some_and(|known| known.as_bytes() == tag.as_bytes())
    {
        return Ok((StatusCode::NOT_MODIFIED, feed_headers(&info, tag)).into_response());
    }
    let feed = feed(&app, &book, &info, &calendar, years)?;
    Ok((feed_headers(&info, tag), feed).into_response())
}

fn feed(
    app: &App,
    book: &CalendarBook,
    info: &CalendarInfo,
    calendar: &Calendar,
    years: Years,
) -> Result<String, Problem> {
    let name = info.name.in_language(chasqui_deadlines::Language::Es);
    let source = links(app, &info.id).icalendar;
    Ok(rest_days::feed(book, calendar, years, name, &source)?)
}

fn feed_headers(info: &CalendarInfo, tag: String) -> [(header::HeaderName, String); 4] {
    let name = format!("inline; filename=\"{}.ics\"", info.id);
    [
        (header::CONTENT_TYPE, icalendar::CONTENT_TYPE.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "public, max-age=3600".to_owned()),
        (header::ETAG, tag),
    ]
}

fn published(app: &App, info: CalendarInfo, years: Years) -> Result<Published, Problem> {
    let calendar = union_of(app, &info)?;
    Ok(Published {
        calendars: calendar.ids().to_vec(),
        calendar_version: calendar.version().clone(),
        checked_years: info.checked_years,
        first_year: years.first,
        last_year: years.last,
        weekly_rest: rest_days::weekly_rest(&calendar),
        rest_days: rest_days::list(&calendar, years)?,
        links: links(app, &info.id),
        id: info.id,
        name: info.name,
        parent: info.parent,
        kind: info.kind,
    })
}

/// A calendar and those of the larger places it belongs to, with all that is known.
fn union_of(app: &App, info: &CalendarInfo) -> Result<Calendar, Problem> {
    let calendars = app.commands().calendars();
    let ids = calendars.book().jurisdictions(&info.id, None)?;
    Ok(calendars.resolve(&ids, Timestamp::MAX)?)
}

fn links(app: &App, id: &CalendarId) -> Links {
    let json = format!("{}/api/v1/catalogue/calendars/{id}", app.public_url());
    Links {
        icalendar: format!("{json}.ics"),
        json,
    }
}

/// The years asked for, or this one with some before and after it.
fn years(app: &App, asked: &Asked, before: i16, after: i16) -> Result<Years, Problem> {
    let this = app.commands().clock().moment().on().year();
    if asked.year.is_empty() {
        return Ok(Years {
            first: (this - before).max(1900),
            last: (this + after).min(2200),
        });
    }
    Years::parse(&asked.year).ok_or_else(|| {
        Problem::BadQuestion(vec![FieldProblem {
            pointer: "year".to_owned(),
            code: "not_years",
            detail: format!(
                "se espera un año de 1900 a 2200, o hasta {} seguidos: 2026, 2025-2027",
                Years::MOST
            ),
        }])
    })
}
