//! From a source's trace to the claims it makes, by the mapping. Says what it cannot read.

use std::collections::{BTreeMap, BTreeSet};

use chasqui_commands::Secrets;
use chasqui_procedures::Moment;
use chasqui_procedures::event::Statement;
use chasqui_procedures::historical::{Claim, Claimed, ClaimedProcedure};
use chasqui_procedures::ids::{ApplicantKind, Channel, ProcedureId, UnitId};
use chasqui_procedures::text::Label;
use sha2::{Digest, Sha256};

use super::mapping::{FieldEvent, Mapping, SourceType};
use super::meaning::Meaning;
use super::report::{Refused, Report};
use super::trace::{Attributes, SourceEvent, Trace};
use super::when::Times;

/// A trace that can be imported.
pub(super) struct Planned<'a> {
    pub(super) source_id: String,
    pub(super) procedure: ProcedureId,
    pub(super) procedure_type: &'a SourceType,
    /// Units that the catalogue must know, with their names.
    pub(super) units: BTreeMap<UnitId, Label>,
    pub(super) claimed: ClaimedProcedure,
}

/// Reads traces by a mapping, and accounts for them in a report.
pub(super) struct Planner<'a> {
    mapping: &'a Mapping,
    secrets: &'a Secrets,
    times: Times,
    /// The ids of rows that are procedures: each is taken once.
    seen: BTreeSet<String>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(mapping: &'a Mapping, secrets: &'a Secrets) -> Self {
        Self {
            mapping,
            secrets,
            times: Times::of(&mapping.source),
            seen: BTreeSet::new(),
        }
    }

    /// What a trace claims; none if nothing of it can be placed.
    pub(super) fn plan(&mut self, trace: &Trace, report: &mut Report) -> Option<Planned<'a>> {
        report.procedures_read += 1;
        let mapping = self.mapping;
        let Some(id) = trace
            .attributes
            .get(&mapping.fields.procedure)
            .map(str::to_owned)
        else {
            let events = self.count(trace);
            report.events_read += events;
            report.refuse(Refused {
                procedure: None,
                line: trace.line,
                column: Some(mapping.fields.procedure.clone()),
                fault: "no_procedure",
                reason: "it names no procedure".to_owned(),
                events,
            });
            return None;
        };
        let mut reading = Reading {
            trace,
            id: &id,
            units: BTreeMap::new(),
            claims: Vec::new(),
        };
        if mapping.table.row_is_procedure {
            self.read_row(&mut reading, report)?;
        } else {
            for event in &trace.events {
                self.read_event(&mut reading, event, report);
            }
        }
        let Reading {
            mut units, claims, ..
        } = reading;
        if claims.is_empty() {
            return None;
        }
        let unit = self.unit_of(&trace.attributes, &mut units);
        let mut claimed = ClaimedProcedure {
            source: mapping.source.name.clone(),
            unit,
            channel: word(&trace.attributes, mapping.fields.channel.as_ref())
                .map(Channel::from_name),
            applicant_kind: word(&trace.attributes, mapping.fields.applicant_kind.as_ref())
                .map(ApplicantKind::from_name),
            filed: None,
            due_on: None,
            code: Some(
                self.secrets
                    .lookup(&self.secrets.imported_code(&mapping.source.name, &id)),
            ),
            claims,
        };
        self.read_statements(trace, &id, &mut claimed, report);
        let fits = |one: &&SourceType| fits(&trace.attributes, &one.when);
        Some(Planned {
            procedure: self.secrets.imported_procedure(&mapping.source.name, &id),
            procedure_type: mapping.types.iter().find(fits)?,
            source_id: id,
            units,
            claimed,
        })
    }

    fn count(&self, trace: &Trace) -> u64 {
        if !self.mapping.table.row_is_procedure {
            return trace.events.len() as u64;
        }
        let stated = |event: &&FieldEvent| trace.attributes.get(&event.field).is_some();
        self.mapping.events.iter().filter(stated).count() as u64
    }

    fn read_event(&self, reading: &mut Reading<'_>, event: &SourceEvent, report: &mut Report) {
        let fields = &self.mapping.fields;
        report.events_read += 1;
        let Some(activity) = event.attributes.get(&fields.activity) else {
            let fault = ("no_activity", "it has no activity");
            return report.refuse(reading.refusal(event.line, &fields.activity, fault, 1));
        };
        let stated = event.attributes.get(&fields.time);
        let Some(occurred) = stated.and_then(|text| self.when(text)) else {
            let reason = not_a_date(stated);
            let fault = ("no_date", reason.as_str());
            return report.refuse(reading.refusal(event.line, &fields.time, fault, 1));
        };
        let lifecycle = word(&event.attributes, fields.lifecycle.as_ref()).unwrap_or_default();
        let meaning = self.meaning(activity, &event.attributes, report);
        report.saw(occurred);
        let Some(what) = claimed(meaning, activity) else {
            report.ignored += 1;
            return;
        };
        let unit = word(&event.attributes, fields.unit.as_ref()).map(|name| reading.unit(name));
        let performer = word(&event.attributes, fields.resource.as_ref())
            .map(|name| self.secrets.performer(&self.mapping.source.name, name));
        let key = reading.key(&[activity, stated.unwrap_or_default(), lifecycle]);
        let stated_as = Statement::Event;
        reading.claims.push(Claim {
            occurred,
            what,
            unit,
            performer,
            key,
            stated_as,
        });
    }

    /// What an activity means. One that is not listed is counted and taken as `other`; one that is
    /// listed with conditions that do not fit is `other` too.
    fn meaning(&self, activity: &str, attributes: &Attributes, report: &mut Report) -> Meaning {
        let mut listed = self
            .mapping
            .activities
            .iter()
            .filter(|one| one.name == activity)
            .peekable();
        if listed.peek().is_none() {
            match report.unmapped.get_mut(activity) {
                Some(count) => *count += 1,
                None => drop(report.unmapped.insert(activity.to_owned(), 1)),
            }
        }
        let found = listed.find(|one| fits(attributes, &one.when));
        found.map_or(self.mapping.other, |one| one.means)
    }

    /// A row that is a procedure is taken whole or refused whole.
    fn read_row(&mut self, reading: &mut Reading<'_>, report: &mut Report) -> Option<()> {
        let row = &reading.trace.attributes;
        let events = self.count(reading.trace);
        report.events_read += events;
        let mut previous: Option<Moment> = None;
        for event in &self.mapping.events {
            let stated = row.get(&event.field);
            let Some(text) = stated else {
                if event.required {
                    let fault = ("no_date", "it is empty");
                    report.refuse(reading.refusal(reading.trace.line, &event.field, fault, events));
                    return None;
                }
                continue;
            };
            let Some(occurred) = self.when(text) else {
                let reason = not_a_date(stated);
                let fault = ("no_date", reason.as_str());
                report.refuse(reading.refusal(reading.trace.line, &event.field, fault, events));
                return None;
            };
            if self.mapping.plausible.refuse_backwards
                && let Some(earlier) = previous.filter(|previous| occurred.is_before(previous))
            {
                let reason = format!("{occurred} lies before {earlier}");
                let fault = ("backwards", reason.as_str());
                report.refuse(reading.refusal(reading.trace.line, &event.field, fault, events));
                return None;
            }
            previous = Some(occurred);
            let outcome = event
                .outcome_field
                .as_ref()
                .and_then(|field| row.get(field));
            let meaning = outcome
                .and_then(|value| event.outcomes.get(value))
                .unwrap_or(&event.means);
            let Some(what) = claimed(*meaning, &event.activity) else {
                report.ignored += 1;
                continue;
            };
            let key = reading.key(&[&event.activity, text, ""]);
            let stated_as = Statement::Event;
            reading.claims.push(Claim {
                occurred,
                what,
                unit: None,
                performer: None,
                key,
                stated_as,
            });
        }
        if !self.seen.insert(reading.id.to_owned()) {
            let column = &self.mapping.fields.procedure;
            let fault = ("came_before", "the id came before");
            report.refuse(reading.refusal(reading.trace.line, column, fault, events));
            return None;
        }
        reading
            .claims
            .iter()
            .for_each(|claim| report.saw(claim.occurred));
        Some(())
    }

    /// What the source states of the procedure as a whole: filing, due date, end.
    fn read_statements(
        &self,
        trace: &Trace,
        id: &str,
        claimed: &mut ClaimedProcedure,
        report: &mut Report,
    ) {
        let stated = &self.mapping.stated;
        let mut read = |field: &Option<String>| -> Option<Moment> {
            let field = field.as_ref()?;
            let text = trace.attributes.get(field)?;
            let moment = self.when(text);
            if moment.is_none() {
                report.refuse(Refused {
                    procedure: Some(id.to_owned()),
                    line: trace.line,
                    column: Some(field.clone()),
                    fault: "no_date",
                    reason: not_a_date(Some(text)),
                    events: 0,
                });
            }
            moment
        };
        claimed.filed = read(&stated.filed);
        claimed.due_on = read(&stated.due).map(|moment| moment.on());
        let Some(ended) = read(&stated.ended) else {
            return;
        };
        let Some(what) = stated
            .ended_means
            .and_then(|means| self::claimed(means, ""))
        else {
            return;
        };
        // It stands among the events where its date puts it.
        let place = claimed
            .claims
            .iter()
            .rposition(|claim| !ended.is_before(&claim.occurred));
        let claim = Claim {
            occurred: ended,
            what,
            unit: None,
            performer: None,
            key: digest(&["@ended", &ended.to_string()], 0),
            stated_as: Statement::Attribute,
        };
        claimed
            .claims
            .insert(place.map_or(0, |place| place + 1), claim);
    }

    fn unit_of(&self, attributes: &Attributes, units: &mut BTreeMap<UnitId, Label>) -> UnitId {
        let rule = &self.mapping.unit;
        let name = word(attributes, rule.field.as_ref()).and_then(|name| Label::parse(name).ok());
        let name = name.unwrap_or_else(|| rule.name.clone());
        let id = UnitId::from_name(name.as_str());
        units.insert(id.clone(), name);
        id
    }

    fn when(&self, text: &str) -> Option<Moment> {
        let plausible = &self.mapping.plausible;
        self.times.read(text).filter(|moment| {
            plausible.from.is_none_or(|from| moment.on() >= from)
                && plausible.until.is_none_or(|until| moment.on() <= until)
        })
    }
}

/// A trace while it is read.
struct Reading<'t> {
    trace: &'t Trace,
    id: &'t str,
    units: BTreeMap<UnitId, Label>,
    claims: Vec<Claim>,
}

impl Reading<'_> {
    fn refusal(
        &self,
        line: u64,
        column: &str,
        (fault, reason): (&'static str, &str),
        events: u64,
    ) -> Refused {
        Refused {
            procedure: Some(self.id.to_owned()),
            line,
            column: Some(column.to_owned()),
            fault,
            reason: reason.to_owned(),
            events,
        }
    }

    fn unit(&mut self, name: &str) -> UnitId {
        let id = UnitId::from_name(name);
        if let Ok(name) = Label::parse(name) {
            self.units.entry(id.clone()).or_insert(name);
        }
        id
    }

    /// The record's identity within the procedure: what the source says of it, and which of several
    /// equal records it is.
    fn key(&self, parts: &[&str]) -> u64 {
        let mut nth = 0;
        loop {
            let key = digest(parts, nth);
            if self.claims.iter().all(|claim| claim.key != key) {
                return key;
            }
            nth += 1;
        }
    }
}

/// 53 bits, so that it survives every reader of JSON; never zero.
fn digest(parts: &[&str], nth: u64) -> u64 {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    digest.update(nth.to_be_bytes());
    let bytes = digest.finalize();
    let first = bytes
        .iter()
        .take(8)
        .fold(0, |number, byte| number << 8 | u64::from(*byte));
    (first >> 11).max(1)
}

fn claimed(meaning: Meaning, activity: &str) -> Option<Claimed> {
    let step = || {
        let short: String = activity.chars().take(Label::MAX_CHARS).collect();
        Label::parse(&short).ok()
    };
    Some(match meaning {
        Meaning::Ignored => return None,
        Meaning::Filed => Claimed::Filed,
        Meaning::Admitted => Claimed::Admitted,
        Meaning::StepStarted => Claimed::StepStarted(step()?),
        Meaning::StepCompleted => Claimed::StepCompleted(step()?),
        Meaning::RectificationRequested => Claimed::RectificationRequested,
        Meaning::RectificationAnswered => Claimed::RectificationAnswered,
        Meaning::Suspended(cause) => Claimed::Suspended(cause),
        Meaning::Resumed(cause) => Claimed::Resumed(cause),
        Meaning::Extended => Claimed::Extended,
        Meaning::Decided(outcome) => Claimed::Decided(outcome),
        Meaning::Notified => Claimed::Notified,
        Meaning::Withdrawn => Claimed::Withdrawn,
        Meaning::Archived => Claimed::Archived,
    })
}

fn word<'t>(attributes: &'t Attributes, field: Option<&String>) -> Option<&'t str> {
    field.and_then(|field| attributes.get(field))
}

fn fits(attributes: &Attributes, when: &BTreeMap<String, String>) -> bool {
    when.iter()
        .all(|(field, value)| attributes.get(field).unwrap_or_default() == value)
}

fn not_a_date(stated: Option<&str>) -> String {
    match stated {
        None => "it has no date".to_owned(),
        Some(text) => {
            let short: String = text.chars().take(40).collect();
            format!("{short:?} is no date that can be true")
        }
    }
}
