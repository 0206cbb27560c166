//! From facts to sentences: what the page of one procedure says.

use chasqui_deadlines::CalendarBook;
use chasqui_procedures::TrackingCode;
use chasqui_procedures::event::DueBasis;
use chasqui_procedures::ids::UnitId;
use chasqui_procedures::outcome::{Outcome, Stage};
use chasqui_procedures::publication::PublicEntry;
use chasqui_procedures::standing::{Kind, Standing};
use chasqui_projections::status::StatusView;

use super::sentence;
use crate::app::App;
use crate::messages::Arg;
use crate::pages::calculator::link_to;
use crate::public::{Looked, name_of};
use crate::{dates, log, plain, plain_with, reader, words};

/// What the template shows, in words.
pub(super) struct StatusPage {
    pub(super) code: String,
    pub(super) title: String,
    pub(super) procedure_type: String,
    /// Where it is, in one sentence.
    pub(super) sentence: String,
    pub(super) standing: &'static str,
    pub(super) colour: &'static str,
    pub(super) filed_on: String,
    pub(super) due: Option<DueLine>,
    /// Whether the time rests, so that the due date is not the last word.
    pub(super) is_stopped: bool,
    pub(super) silence: Option<String>,
    pub(super) explanation: Vec<String>,
    /// Where the sum can be repeated.
    pub(super) calculator: Option<String>,
    pub(super) what_to_do: &'static str,
    /// What the law lets one do, where it went wrong.
    pub(super) help: Option<String>,
    /// Who has it, and since when.
    pub(super) who: String,
    pub(super) contact: Option<String>,
    pub(super) hours: Option<String>,
    /// How long procedures like this one take.
    pub(super) usual: Option<String>,
    pub(super) history: Vec<HistoryLine>,
    /// That nothing has happened since it was filed.
    pub(super) still: Option<String>,
    /// What other units are asked to do, and since when.
    pub(super) parts: Vec<PartLine>,
    pub(super) imported: bool,
    /// Whether the vault has, or had, the person who filed it.
    pub(super) has_person: bool,
    /// What is shared, for use in an address.
    pub(super) share: String,
    pub(super) sealed: String,
    pub(super) as_of: String,
    pub(super) updated: String,
    /// Whether it is shown as it was known on another day.
    pub(super) is_past: bool,
    pub(super) day: String,
}

/// The date that matters most.
pub(super) struct DueLine {
    pub(super) label: &'static str,
    pub(super) date: String,
    pub(super) iso: String,
    pub(super) remark: String,
    pub(super) stated_by_source: bool,
}

/// A part that another unit does.
pub(super) struct PartLine {
    pub(super) name: String,
    pub(super) who: String,
}

/// One line of the history.
pub(super) struct HistoryLine {
    pub(super) sequence: u64,
    pub(super) label: String,
    pub(super) when: String,
    pub(super) iso: String,
    pub(super) by: Option<String>,
    pub(super) contradictions: Vec<String>,
}

impl StatusPage {
    pub(super) fn of(app: &App, code: &TrackingCode, looked: &Looked, book: &CalendarBook) -> Self {
        let Looked {
            view,
            standing,
            as_of,
            as_known_at,
        } = looked;
        let procedure = &view.procedure;
        let filing = procedure.filing.as_ref();
        let (code, unit) = (code.reveal(), view.unit.name.to_string());
        let deadline = standing.deadline.as_ref();
        let zone = app.commands().clock().zone().clone();
        let is_still = view.history.len() == 1 && procedure.stage() != Stage::Ended;
        Self {
            title: plain_with("status-title", &[("code", (&code).into())]),
            procedure_type: view.procedure_type.name.to_string(),
            sentence: sentence::of(view),
            standing: words::standing(standing.kind),
            colour: colour(standing.kind),
            filed_on: filing.map_or_else(String::new, |one| dates::long(one.filed_on)),
            due: due(view, standing),
            is_stopped: standing.kind == Kind::Suspended,
            silence: procedure.silence.map(|silence| {
                let from = dates::long(silence.from);
                let effect = words::silence(silence.effect);
                let args = [("from", (&from).into()), ("effect", effect.into())];
                plain_with("status-silence", &args)
            }),
            explanation: deadline
                .map_or_else(Vec::new, |one| one.receipt().text(reader::language())),
            calculator: deadline.and_then(|deadline| link_to(deadline, book)),
            what_to_do: words::waiting_on(procedure.waiting_on()),
            help: help(view, standing.kind),
            who: match procedure.unit_since {
                Some(since) => since_when(&unit, &dates::medium(since)),
                None => unit,
            },
            contact: contact(view),
            hours: view.unit.hours.as_ref().map(ToString::to_string),
            usual: None,
            history: view
                .history
                .iter()
                .rev()
                .map(|entry| line(view, entry))
                .collect(),
            still: filing.filter(|_| is_still).map(|filing| {
                let day = dates::medium(filing.filed_on);
                plain_with("status-still", &[("day", (&day).into())])
            }),
            parts: parts(view),
            has_person: filing.is_some_and(|filing| filing.subject.is_some()),
            imported: filing.is_some_and(|filing| filing.imported),
            share: share(app, &code),
            sealed: sealed(app, view.position),
            as_of: {
                let when = dates::clock(&as_of.now.to_zoned(zone));
                let args = [
                    ("when", (&when).into()),
                    ("position", as_of.progress.position.into()),
                ];
                plain_with("status-updated", &args)
            },
            updated: dates::medium(as_of.today),
            is_past: as_known_at.is_some(),
            day: as_of.today.to_string(),
            code,
        }
    }
}

fn due(view: &StatusView, standing: &Standing) -> Option<DueLine> {
    let due = view.procedure.due.as_ref()?;
    let on = due.on?;
    let count = |key, days: u32| plain_with(key, &[("count", u64::from(days).into())]);
    let remark = match (
        standing.kind,
        standing.business_days_left,
        standing.business_days_overdue,
    ) {
        (Kind::Running | Kind::DueSoon, Some(left), _) => count("status-left", left),
        (Kind::DueToday, ..) => plain("status-due-today").to_owned(),
        (Kind::Overdue | Kind::SilenceAccrued, _, Some(late)) => count("status-late", late),
        _ => String::new(),
    };
    let is_over = view.procedure.stage() == Stage::Ended;
    Some(DueLine {
        label: plain(if is_over {
            "status-due-was"
        } else {
            "status-due"
        }),
        date: dates::long(on),
        iso: on.to_string(),
        remark,
        stated_by_source: due.basis == DueBasis::Stated,
    })
}

fn line(view: &StatusView, entry: &PublicEntry) -> HistoryLine {
    let unit = entry.unit.as_ref().and_then(|_| name_of(view, entry));
    let said = |what| plain_with("status-contradicts", &[("what", Arg::Text(what))]);
    HistoryLine {
        sequence: entry.sequence,
        label: words::entry(entry, name_of(view, entry)),
        when: dates::moment(entry.occurred),
        iso: entry.occurred.to_string(),
        by: unit.map(|unit| plain_with("status-by", &[("unit", unit.into())])),
        contradictions: entry
            .contradicts
            .iter()
            .map(|one| said(words::contradiction(*one)))
            .collect(),
    }
}

fn parts(view: &StatusView) -> Vec<PartLine> {
    let open = view.procedure.subprocedures.open();
    open.map(|part| PartLine {
        name: part.name.to_string(),
        who: since_when(&named(view, &part.unit), &dates::medium(part.opened_on)),
    })
    .collect()
}

fn since_when(unit: &str, day: &str) -> String {
    plain_with(
        "status-since",
        &[("unit", unit.into()), ("day", day.into())],
    )
}

/// What one can do where it went wrong.
fn help(view: &StatusView, kind: Kind) -> Option<String> {
    let refused = [
        Outcome::Denied,
        Outcome::PartlyGranted,
        Outcome::Inadmissible,
    ];
    let outcome = view.procedure.outcome();
    if outcome.is_some_and(|outcome| refused.contains(&outcome)) {
        return Some(plain("status-appeal-help").to_owned());
    }
    matches!(kind, Kind::Overdue | Kind::SilenceAccrued).then(|| {
        let unit = view.unit.name.to_string();
        plain_with("status-overdue-help", &[("unit", (&unit).into())])
    })
}

/// Where the unit is reached.
fn contact(view: &StatusView) -> Option<String> {
    let known = [&view.unit.phone, &view.unit.address];
    let known: Vec<String> = known
        .into_iter()
        .flatten()
        .map(ToString::to_string)
        .collect();
    (!known.is_empty()).then(|| known.join(" · "))
}

/// The text that is shared, as it stands in the query of an address.
fn share(app: &App, code: &str) -> String {
    let address = format!("{}{}/t/{code}", app.public_url(), reader::prefix());
    let text = plain_with("status-share-text", &[("address", (&address).into())]);
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                encoded.push(char::from(byte));
            }
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

/// How far what is shown is sealed. Nothing is promised where there is no log.
fn sealed(app: &App, index: u64) -> String {
    let key = match (app.log(), log::is_sealed(app, index)) {
        (None, _) => return plain("status-no-log").to_owned(),
        (Some(_), true) => "status-sealed",
        (Some(_), false) => "status-unsealed",
    };
    plain_with(key, &[("index", index.into())])
}

/// The name of a unit in a history; its id if the catalogue has lost it.
fn named(view: &StatusView, id: &UnitId) -> String {
    let known = view.units.iter().find(|(unit, _)| unit == id);
    known.map_or_else(|| id.to_string(), |(_, name)| name.clone())
}

fn colour(kind: Kind) -> &'static str {
    match kind {
        Kind::Running | Kind::EndedOnTime => "good",
        Kind::DueSoon | Kind::DueToday => "warn",
        Kind::Overdue | Kind::SilenceAccrued | Kind::EndedLate => "bad",
        Kind::Suspended | Kind::NoTerm | Kind::Ended => "rest",
    }
}
