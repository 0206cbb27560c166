//! From facts to sentences: what the page of one procedure says.

use chasqui_deadlines::{CalendarBook, Language};
use chasqui_procedures::TrackingCode;
use chasqui_procedures::event::DueBasis;
use chasqui_procedures::ids::UnitId;
use chasqui_procedures::publication::PublicEntry;
use chasqui_procedures::standing::{Kind, Standing};
use chasqui_projections::status::StatusView;

use crate::pages::calculator::link_to;
use crate::public::{Looked, name_of};
use crate::{dates, words};

/// What the template shows, in words.
pub(super) struct StatusPage {
    pub(super) code: String,
    pub(super) procedure_type: String,
    pub(super) unit: String,
    pub(super) unit_since: Option<String>,
    pub(super) stage: &'static str,
    pub(super) outcome: Option<&'static str>,
    pub(super) standing: &'static str,
    pub(super) colour: &'static str,
    pub(super) filed_on: String,
    pub(super) due: Option<DueLine>,
    pub(super) silence: Option<String>,
    pub(super) explanation: Vec<String>,
    /// Where the sum can be repeated.
    pub(super) calculator: Option<String>,
    pub(super) what_to_do: &'static str,
    pub(super) history: Vec<HistoryLine>,
    /// What other units are asked to do, and since when.
    pub(super) parts: Vec<PartLine>,
    pub(super) imported: bool,
    /// Whether the vault has, or had, the person who filed it.
    pub(super) has_person: bool,
    pub(super) updated: String,
    /// Whether it is shown as it was known on another day.
    pub(super) is_past: bool,
    pub(super) day: String,
}

/// The date that matters most.
pub(super) struct DueLine {
    pub(super) date: String,
    pub(super) iso: String,
    pub(super) remark: String,
    pub(super) stated_by_source: bool,
}

/// A part that another unit does.
pub(super) struct PartLine {
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) since: String,
}

/// One line of the history.
pub(super) struct HistoryLine {
    pub(super) sequence: u64,
    pub(super) label: String,
    pub(super) when: String,
    pub(super) iso: String,
    pub(super) unit: Option<String>,
    pub(super) contradictions: Vec<&'static str>,
}

impl StatusPage {
    pub(super) fn of(code: &TrackingCode, looked: &Looked, book: &CalendarBook) -> Self {
        let Looked {
            view,
            standing,
            as_of,
            as_known_at,
        } = looked;
        let procedure = &view.procedure;
        let filed_on = procedure
            .filing
            .as_ref()
            .map(|filing| dates::long(filing.filed_on));
        let receipt = standing
            .deadline
            .as_ref()
            .map(|deadline| deadline.receipt());
        Self {
            code: code.reveal(),
            procedure_type: view.procedure_type.name.to_string(),
            unit: view.unit.name.to_string(),
            unit_since: procedure.unit_since.map(dates::medium),
            stage: words::stage(procedure.stage()),
            outcome: procedure.outcome().map(words::outcome),
            standing: words::standing(standing.kind),
            colour: colour(standing.kind),
            filed_on: filed_on.unwrap_or_default(),
            due: due(view, standing),
            silence: procedure.silence.map(|silence| {
                let (from, effect) = (dates::long(silence.from), words::silence(silence.effect));
                format!("Nadie le notificó una respuesta a tiempo. Desde el {from}: {effect}.")
            }),
            explanation: receipt
                .map(|one| one.text(Language::Es))
                .unwrap_or_default(),
            calculator: standing
                .deadline
                .as_ref()
                .and_then(|deadline| link_to(deadline, book)),
            what_to_do: words::waiting_on(procedure.waiting_on()),
            history: view
                .history
                .iter()
                .rev()
                .map(|entry| line(view, entry))
                .collect(),
            parts: procedure
                .subprocedures
                .open()
                .map(|part| PartLine {
                    name: part.name.to_string(),
                    unit: named(view, &part.unit),
                    since: dates::medium(part.opened_on),
                })
                .collect(),
            has_person: procedure
                .filing
                .as_ref()
                .is_some_and(|filing| filing.subject.is_some()),
            imported: procedure
                .filing
                .as_ref()
                .is_some_and(|filing| filing.imported),
            updated: dates::medium(as_of.today),
            is_past: as_known_at.is_some(),
            day: as_of.today.to_string(),
        }
    }
}

fn due(view: &StatusView, standing: &Standing) -> Option<DueLine> {
    let due = view.procedure.due.as_ref()?;
    let on = due.on?;
    let remark = match (
        standing.kind,
        standing.business_days_left,
        standing.business_days_overdue,
    ) {
        (Kind::Running | Kind::DueSoon, Some(left), _) => {
            format!("quedan {}", words::business_days(left))
        }
        (Kind::DueToday, ..) => "es hoy".to_owned(),
        (Kind::Overdue | Kind::SilenceAccrued, _, Some(late)) => {
            format!("venció hace {}", words::business_days(late))
        }
        _ => String::new(),
    };
    Some(DueLine {
        date: dates::long(on),
        iso: on.to_string(),
        remark,
        stated_by_source: due.basis == DueBasis::Stated,
    })
}

fn line(view: &StatusView, entry: &PublicEntry) -> HistoryLine {
    let unit = entry.unit.as_ref().and_then(|_| name_of(view, entry));
    HistoryLine {
        sequence: entry.sequence,
        label: words::entry(entry, name_of(view, entry)),
        when: dates::moment(entry.occurred),
        iso: entry.occurred.to_string(),
        unit: unit.map(str::to_owned),
        contradictions: entry
            .contradicts
            .iter()
            .map(|one| words::contradiction(*one))
            .collect(),
    }
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
