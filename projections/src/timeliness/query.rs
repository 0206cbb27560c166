//! From cells to figures: exact counts, added up over whatever a question leaves open.

use std::collections::BTreeMap;

use chasqui_indicators::{Histogram, Quantile};
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Connection;
use serde::Serialize;

use super::view::Measure;
use crate::error::ViewError;
use crate::register::{self, Filter};

/// Which figures are meant. What is not said does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Question {
    /// The figure's id; none for all.
    #[serde(skip)]
    pub id: Option<String>,
    /// Procedures with this unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Procedures of this type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub procedure_type: Option<String>,
    /// Procedures that came in by this channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// From this month on: the month of the day counts, whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Up to this month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// The day on which open procedures are counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<Date>,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// The figure's id, by which its sheet is found.
    pub id: &'static str,
    /// What it counts.
    pub title: &'static str,
    /// Its unit of measure.
    pub unit: &'static str,
    /// The figure itself, as an exact decimal number; none if there is nothing to compute it from.
    pub value: Option<String>,
    /// What is counted of the denominator, for a share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub numerator: Option<u64>,
    /// What is counted against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub denominator: Option<u64>,
    /// How many procedures or events it was computed from.
    pub n: u64,
    /// The distribution of days behind it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distribution: Option<Distribution>,
    /// Counts that belong to it, by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub parts: BTreeMap<&'static str, u64>,
    /// The same by month.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub series: Vec<Point>,
}

/// One month of a series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// The month: `2011-10`.
    pub month: String,
    /// How many.
    pub n: u64,
}

/// A distribution of whole days. Quantiles are nearest rank: each is a number of days that was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Distribution {
    /// How many.
    pub n: u64,
    /// The fewest days.
    pub min: i32,
    /// Half took no longer.
    pub median: i32,
    /// The mean, with six digits.
    pub mean: String,
    /// 80 % took no longer.
    pub p80: i32,
    /// 90 % took no longer.
    pub p90: i32,
    /// 95 % took no longer.
    pub p95: i32,
    /// The most days.
    pub max: i32,
    /// The histogram itself: days and how many, so that anybody can compute what they like.
    pub histogram: Histogram,
}

/// Figures, the filters they were computed with, and the moment they speak of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// The figures.
    pub figures: Vec<Figure>,
    /// What they were filtered by.
    pub filters: Question,
    /// What they were computed from.
    pub as_of: AsOf,
}

/// See [`Answer::as_of`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AsOf {
    /// The number of events that the views had taken in.
    pub position: u64,
    /// When they were computed.
    pub computed_at: Timestamp,
}

/// The figures that a question asks for, of a moment whose civil date is `today`. An unknown id gives
/// none.
pub fn answer(
    connection: &Connection,
    question: &Question,
    today: Date,
    as_of: AsOf,
) -> Result<Answer, ViewError> {
    let figures = figures(connection, question, today)?;
    Ok(Answer {
        figures,
        filters: question.clone(),
        as_of,
    })
}

fn figures(
    connection: &Connection,
    question: &Question,
    today: Date,
) -> Result<Vec<Figure>, ViewError> {
    type Make = fn(&Connection, &Question, Date) -> Result<Figure, ViewError>;
    let all: [(&str, Make); 7] = [
        ("HI-01", procedures_by_month),
        ("HI-02", events_by_month),
        ("HI-03", first_to_last_event),
        ("TI-04", on_time_of_closed),
        ("TI-05", days_to_end),
        ("TI-07", open_stock),
        ("TI-08", received),
    ];
    let wanted = |id: &str| question.id.as_deref().is_none_or(|wanted| wanted == id);
    let chosen = all.into_iter().filter(|(id, _)| wanted(id));
    chosen
        .map(|(_, make)| make(connection, question, today))
        .collect()
}

fn procedures_by_month(c: &Connection, q: &Question, _: Date) -> Result<Figure, ViewError> {
    let cells = read(c, q, Measure::Span)?;
    let title = "Trámites por mes de su primer movimiento";
    Ok(counted("HI-01", title, "trámites", &cells))
}

fn events_by_month(c: &Connection, q: &Question, _: Date) -> Result<Figure, ViewError> {
    Ok(counted(
        "HI-02",
        "Movimientos por mes",
        "movimientos",
        &read(c, q, Measure::Events)?,
    ))
}

fn first_to_last_event(c: &Connection, q: &Question, _: Date) -> Result<Figure, ViewError> {
    let cells = read(c, q, Measure::Span)?;
    Ok(distributed(
        "HI-03",
        "Días del primer al último movimiento",
        &cells,
    ))
}

fn days_to_end(c: &Connection, q: &Question, _: Date) -> Result<Figure, ViewError> {
    let cells = read(c, q, Measure::Ended)?;
    let mut figure = distributed("TI-05", "Días calendario del ingreso al fin", &cells);
    figure.series = series(&cells);
    Ok(figure)
}

fn on_time_of_closed(c: &Connection, q: &Question, _: Date) -> Result<Figure, ViewError> {
    let cells = read(c, q, Measure::Late)?;
    let lateness = histogram(&cells);
    let (n, late) = (lateness.n(), lateness.count_above(0));
    let mut figure = Figure {
        numerator: Some(n - late),
        denominator: Some(n),
        value: (n > 0).then(|| decimal(100 * i128::from(n - late), i128::from(n))),
        ..empty("TI-04", "Terminados dentro del término", "%", n)
    };
    figure.parts = BTreeMap::from([("on_time", n - late), ("late", late)]);
    figure.series = series(&cells);
    Ok(figure)
}

fn received(c: &Connection, q: &Question, _: Date) -> Result<Figure, ViewError> {
    let (filed, ended) = (read(c, q, Measure::Filed)?, read(c, q, Measure::Ended)?);
    let mut figure = counted("TI-08", "Trámites ingresados", "trámites", &filed);
    let total = |cells: &[Row]| cells.iter().map(|row| row.count).sum();
    figure.parts = BTreeMap::from([("received", total(&filed)), ("closed", total(&ended))]);
    Ok(figure)
}

/// Open procedures are counted on a day from the register: standing changes at midnight, without an
/// event, and is therefore in no cell.
fn open_stock(c: &Connection, q: &Question, today: Date) -> Result<Figure, ViewError> {
    let as_of = q.as_of.unwrap_or(today);
    let open = Filter {
        unit: q.unit.clone(),
        procedure_type: q.procedure_type.clone(),
        channel: q.channel.clone(),
        filed_from: q.from,
        filed_until: q.to,
        open_on: Some(as_of),
        ..Filter::default()
    };
    let overdue = Filter {
        due_before: Some(as_of),
        ..open.clone()
    };
    let (n, overdue) = (register::count(c, &open)?, register::count(c, &overdue)?);
    let mut figure = empty("TI-07", "Trámites en curso", "trámites", n);
    figure.value = Some(n.to_string());
    figure.parts = BTreeMap::from([
        ("open", n),
        ("overdue", overdue),
        ("not_overdue", n - overdue),
    ]);
    Ok(figure)
}

struct Row {
    month: String,
    days: i32,
    count: u64,
}

fn read(c: &Connection, q: &Question, measure: Measure) -> Result<Vec<Row>, ViewError> {
    let mut sql = "select month, days, sum(count) from timeliness where measure = ?".to_owned();
    let mut values = vec![measure.id().to_owned()];
    let month = |date: Option<Date>| date.map(|d| format!("{:04}-{:02}", d.year(), d.month()));
    for (condition, value) in [
        (" and unit = ?", q.unit.clone()),
        (" and procedure_type = ?", q.procedure_type.clone()),
        (" and channel = ?", q.channel.clone()),
        (" and month >= ?", month(q.from)),
        (" and month <= ?", month(q.to)),
    ] {
        if let Some(value) = value {
            sql.push_str(condition);
            values.push(value);
        }
    }
    sql.push_str(" group by month, days order by month, days");
    let mut statement = c.prepare_cached(&sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(values), |row| {
        Ok(Row {
            month: row.get(0)?,
            days: row.get(1)?,
            count: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn empty(id: &'static str, title: &'static str, unit: &'static str, n: u64) -> Figure {
    Figure {
        id,
        title,
        unit,
        value: None,
        numerator: None,
        denominator: None,
        n,
        distribution: None,
        parts: BTreeMap::new(),
        series: Vec::new(),
    }
}

fn counted(id: &'static str, title: &'static str, unit: &'static str, cells: &[Row]) -> Figure {
    let n = cells.iter().map(|row| row.count).sum::<u64>();
    Figure {
        value: Some(n.to_string()),
        series: series(cells),
        ..empty(id, title, unit, n)
    }
}

fn distributed(id: &'static str, title: &'static str, cells: &[Row]) -> Figure {
    let distribution = distribution(histogram(cells));
    Figure {
        value: distribution.as_ref().map(|one| one.median.to_string()),
        n: distribution.as_ref().map_or(0, |one| one.n),
        distribution,
        ..empty(id, title, "días", 0)
    }
}

fn series(cells: &[Row]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for row in cells {
        match points.last_mut().filter(|point| point.month == row.month) {
            Some(point) => point.n += row.count,
            None => points.push(Point {
                month: row.month.clone(),
                n: row.count,
            }),
        }
    }
    points
}

fn histogram(cells: &[Row]) -> Histogram {
    let mut histogram = Histogram::new();
    for row in cells {
        let added = histogram.add_many(row.days, row.count);
        added.expect("invariant: a city has fewer procedures than a histogram can count");
    }
    histogram
}

fn distribution(histogram: Histogram) -> Option<Distribution> {
    let quantile = |quantile| histogram.quantile(quantile);
    let mean = histogram.mean()?;
    Some(Distribution {
        n: histogram.n(),
        min: histogram.min()?,
        median: quantile(Quantile::P50)?,
        mean: decimal(mean.numerator(), mean.denominator()),
        p80: quantile(Quantile::P80)?,
        p90: quantile(Quantile::P90)?,
        p95: quantile(Quantile::P95)?,
        max: histogram.max()?,
        histogram,
    })
}

/// A fraction with six digits after the point, rounded half away from zero: no float is involved, so
/// every machine prints the same.
fn decimal(numerator: i128, denominator: i128) -> String {
    let scaled = numerator.abs() * 2_000_000 / denominator;
    let rounded = (scaled + 1) / 2;
    let sign = if numerator < 0 && rounded > 0 {
        "-"
    } else {
        ""
    };
    format!("{sign}{}.{:06}", rounded / 1_000_000, rounded % 1_000_000)
}
