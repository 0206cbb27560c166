//! The receipt of a procedure: to be printed, with what pins the municipality to it; and the files by
//! which it can be verified. They disclose no personal data, and are for whoever has the code.

mod code_picture;
mod state;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use chasqui_procedures::TrackingCode;
use chasqui_procedures::ids::ProcedureId;

use super::{Layout, page};
use crate::api::persons::readings::of_code;
use crate::app::App;
use crate::pages::error::PageProblem;
use crate::problem::Problem;
use crate::prover::{Answer, SealedLine};
use crate::public::{Looked, look_up, name_of};
use crate::{dates, words};
use code_picture::picture;
use state::{Assurance, Published};

#[derive(Template)]
#[template(path = "pages/receipt/receipt.html")]
struct Receipt {
    layout: Layout,
    code: String,
    procedure_type: String,
    unit: String,
    filed_on: String,
    printed_on: String,
    address: String,
    picture: String,
    state: Assurance,
    tree: Option<Tree>,
    lines: Vec<Line>,
}

/// The signed tree that the receipt stands on.
struct Tree {
    log: String,
    size: u64,
    root: String,
    witnesses: usize,
}

struct Line {
    sequence: u64,
    when: String,
    label: String,
    state: Assurance,
    index: u64,
    leaf: Option<String>,
}

/// Nobody keeps these on the way, nobody lists them, and no other site learns the address.
const PRIVATE: [(header::HeaderName, &str); 3] = [
    (header::CACHE_CONTROL, "private, no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        header::HeaderName::from_static("x-robots-tag"),
        "noindex, nofollow",
    ),
];

/// The receipt as a page.
pub(crate) async fn show(State(app): State<App>, Path(typed): Path<String>) -> Response {
    match receipt(&app, &typed).await {
        Ok(receipt) => (PRIVATE, page(StatusCode::OK, &receipt)).into_response(),
        Err(problem) => PageProblem::new(&app, problem)
            .typed(&typed)
            .into_response(),
    }
}

/// `{sequence}.tlog-proof`, or `historial.json`.
pub(crate) async fn file(
    State(app): State<App>,
    Path((typed, name)): Path<(String, String)>,
) -> Response {
    match made(&app, &typed, &name).await {
        Ok((kind, name, body)) => {
            let shown = format!("attachment; filename=\"{name}\"");
            let headers = [
                (header::CONTENT_TYPE, kind.to_owned()),
                (header::CONTENT_DISPOSITION, shown),
            ];
            (PRIVATE, headers, body).into_response()
        }
        Err(problem) => PageProblem::new(&app, problem)
            .typed(&typed)
            .into_response(),
    }
}

async fn made(
    app: &App,
    typed: &str,
    name: &str,
) -> Result<(&'static str, String, String), Problem> {
    let code: TrackingCode = typed.parse()?;
    let procedure = of_code(app, &code)?;
    let prover = app.prover().ok_or(Problem::NotSealed)?;
    if name == "historial.json" {
        let made = answered(prover.history(procedure)).await?;
        let file = "historial.json".to_owned();
        return Ok(("application/json", file, made.ok_or(Problem::NotSealed)?));
    }
    let sequence = name
        .strip_suffix(".tlog-proof")
        // One spelling: the one that is printed.
        .and_then(|text| text.parse::<u64>().ok().filter(|n| n.to_string() == text))
        .ok_or(Problem::NoSuchAddress)?;
    let lines = answered(prover.lines(procedure)).await?;
    let is_there = lines.iter().any(|line| line.sequence == sequence);
    if !is_there {
        return Err(Problem::NoSuchAddress);
    }
    let made = answered(prover.receipt(procedure, sequence)).await?;
    let file = format!("recibo-{sequence}.tlog-proof");
    Ok((
        "text/plain; charset=utf-8",
        file,
        made.ok_or(Problem::NotSealed)?,
    ))
}

async fn receipt(app: &App, typed: &str) -> Result<Receipt, Problem> {
    let code: TrackingCode = typed.parse()?;
    let looked = look_up(app, &code, None)?;
    let procedure = of_code(app, &code)?;
    let sealed = sealed(app, procedure).await?;
    let published = Published::read(app).await;
    let code = code.reveal();
    let address = format!("{}/t/{code}", app.public_url());
    let filing = looked.view.procedure.filing.as_ref();
    let lines = lines(&looked, &sealed, published.as_ref());
    let first = lines.first().map(|line| line.state);
    Ok(Receipt {
        layout: Layout::of(app),
        procedure_type: looked.view.procedure_type.name.to_string(),
        unit: looked.view.unit.name.to_string(),
        filed_on: filing.map_or_else(String::new, |one| dates::long(one.filed_on)),
        printed_on: dates::long(looked.as_of.today),
        picture: picture(&scanned(app.public_url(), &code)).ok_or(Problem::Internal)?,
        state: first.unwrap_or(Assurance::Received),
        tree: published.map(|one| Tree {
            log: one.log,
            size: one.size,
            root: one.root.symbols(),
            witnesses: one.witnesses,
        }),
        lines,
        address,
        code,
    })
}

fn lines(looked: &Looked, sealed: &[SealedLine], published: Option<&Published>) -> Vec<Line> {
    let of_entry = |sequence| sealed.iter().find(|line| line.sequence == sequence);
    let history = looked.view.history.iter().filter_map(|entry| {
        let line = of_entry(entry.sequence)?;
        Some(Line {
            sequence: entry.sequence,
            when: dates::moment(entry.occurred),
            label: words::entry(entry, name_of(&looked.view, entry)),
            state: Assurance::of(line.leaf.is_some(), published),
            index: line.position,
            leaf: line.leaf.map(|leaf| leaf.symbols()),
        })
    });
    history.collect()
}

/// Its movements in the log. Where there is no log, all of them are received and no more.
async fn sealed(app: &App, procedure: ProcedureId) -> Result<Vec<SealedLine>, Problem> {
    match app.prover() {
        Some(prover) => answered(prover.lines(procedure)).await,
        None => Ok(Vec::new()),
    }
}

async fn answered<T>(answer: Answer<'_, T>) -> Result<T, Problem> {
    answer.await.map_err(|error| {
        let error = &*error as &dyn std::error::Error;
        tracing::error!(error, "failed to make a receipt");
        Problem::Unavailable
    })
}

/// The address in capitals where they mean the same: the picture of it is smaller then.
fn scanned(site: &str, code: &str) -> String {
    let is_host_alone = site.split_once("://").is_some_and(|(_, host)| {
        !host.contains('/') && site.bytes().all(|byte| byte.is_ascii_graphic())
    });
    let site = if is_host_alone {
        site.to_ascii_uppercase()
    } else {
        site.to_owned()
    };
    format!("{site}/T/{code}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_in_capitals_only_where_they_mean_the_same() {
        let code = "404AM-T154V-M4JS4";
        let of = |site| scanned(site, code);
        assert_eq!(
            of("https://tramites.quito.gob.ec"),
            "HTTPS://TRAMITES.QUITO.GOB.EC/T/404AM-T154V-M4JS4"
        );
        assert_eq!(
            of("https://quito.gob.ec/tramites"),
            "https://quito.gob.ec/tramites/T/404AM-T154V-M4JS4"
        );
    }
}
