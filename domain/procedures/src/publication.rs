//! What of an event the public may see: decided here, field by field, and nowhere else.
//!
//! Every event is taken apart by the names of its fields. A new field therefore does not compile until
//! somebody has decided who may see it; what is bound to `_` with the word private stays inside.

use chasqui_deadlines::{SilenceEffect, SuspensionCause};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::contradiction::Contradiction;
use crate::event::{
    Admitted, Appealed, Archived, Assigned, CodeReplaced, Corrected, Correction, CorrectionReason,
    DeadlineRecomputed, Decided, Due, Entry, Event, Filed, Imported, Notified, PersonErased,
    RecomputeReason, RectificationAnswered, RectificationItem, RectificationRequested, ReopenCause,
    Reopened, SilenceAccrued, StepCompleted, StepStarted, TermExtended, TermResumed, TermSuspended,
    Transferred, Withdrawn,
};
use crate::ids::{Channel, UnitId};
use crate::moment::Moment;
use crate::outcome::Outcome;
use crate::subprocedure::{
    SubprocedureAnswered, SubprocedureCancelled, SubprocedureOpened, SubprocedureResult,
};
use crate::text::Label;

/// A line of a procedure's history as anybody may read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublicEntry {
    /// Its number in the history, from 1.
    pub sequence: u64,
    /// The event's name.
    #[serde(rename = "type")]
    pub event: &'static str,
    /// When it happened.
    pub occurred: Moment,
    /// When it was recorded here.
    pub recorded_at: Timestamp,
    /// The unit that did it, if not the one that has the procedure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Whether it was imported: then the moment is the source's claim.
    pub imported: bool,
    /// How it contradicts the history before it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contradicts: Vec<Contradiction>,
    /// What it says beyond its name.
    #[serde(skip_serializing_if = "Details::is_empty")]
    pub details: Details,
}

/// The public content of an event. Which of them an event has follows from its name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Details {
    /// The step that began or was completed, or the part that a unit is to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<Label>,
    /// The unit that now has it or works on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<UnitId>,
    /// The number of the part that another unit does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subprocedure: Option<u16>,
    /// What came of that part.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<SubprocedureResult>,
    /// The channel of the filing or the notification.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The legal date of filing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filed_on: Option<Date>,
    /// What the applicant is asked to complete.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<RectificationItem>,
    /// The business days granted for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub granted_business_days: Option<u16>,
    /// Why the term rests or goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<SuspensionCause>,
    /// By how many days the term was extended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
    /// What was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The due date that it leaves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
    /// The due date until then, where the calendar moved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Why it moved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<RecomputeReason>,
    /// What silence means from then on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effect: Option<SilenceEffect>,
    /// The last day on which a notification would have prevented it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expired_on: Option<Date>,
    /// The number of the entry that it corrects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrects: Option<u32>,
    /// What is right instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead: Option<Correction>,
    /// Why the entry was wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction_reason: Option<CorrectionReason>,
    /// Why it goes on although it had ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reopen_cause: Option<ReopenCause>,
}

impl Details {
    /// Whether the event says nothing beyond its name.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The public part of an entry.
///
/// ```
/// use chasqui_procedures::event::Entry;
/// use chasqui_procedures::publication::publish;
///
/// let entry: Entry = serde_json::from_str(
///     r#"{"occurred":"2025-09-10","event":{"Decided":{"outcome":"granted"}},"performer":"p-7"}"#,
/// )?;
/// let public = serde_json::to_value(publish(4, "2025-09-10T15:00:00Z".parse()?, &entry))?;
/// assert_eq!(public["details"]["outcome"], "granted");
/// assert!(public.get("performer").is_none());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn publish(sequence: u64, recorded_at: Timestamp, entry: &Entry) -> PublicEntry {
    let Entry {
        occurred,
        event,
        unit,
        performer: _private,
        imported,
        contradicts,
    } = entry;
    let imported = imported.as_ref().map(
        |Imported {
             source: _private,
             key: _,
             stated_as: _,
         }| (),
    );
    PublicEntry {
        sequence,
        event: event.name(),
        occurred: *occurred,
        recorded_at,
        unit: unit.clone(),
        imported: imported.is_some(),
        contradicts: contradicts.clone(),
        details: details(event),
    }
}

fn details(event: &Event) -> Details {
    let nothing = Details::default();
    match event {
        Event::Filed(filed) => details_of_filing(filed),
        Event::Admitted(Admitted {}) => nothing,
        Event::Assigned(Assigned { to }) => Details {
            to: Some(to.clone()),
            ..nothing
        },
        Event::StepStarted(StepStarted { step }) | Event::StepCompleted(StepCompleted { step }) => {
            Details {
                step: Some(step.clone()),
                ..nothing
            }
        }
        Event::RectificationRequested(asked) => details_of_request(asked),
        Event::RectificationAnswered(RectificationAnswered { due }) => Details {
            due: due.clone(),
            ..nothing
        },
        Event::TermSuspended(TermSuspended { cause, due })
        | Event::TermResumed(TermResumed { cause, due }) => Details {
            cause: Some(*cause),
            due: due.clone(),
            ..nothing
        },
        Event::TermExtended(TermExtended { days, due }) => Details {
            days: *days,
            due: due.clone(),
            ..nothing
        },
        Event::Transferred(Transferred { to }) => Details {
            to: Some(to.clone()),
            ..nothing
        },
        Event::SubprocedureOpened(_)
        | Event::SubprocedureAnswered(_)
        | Event::SubprocedureCancelled(_) => details_of_part(event),
        Event::Decided(Decided { outcome }) => Details {
            outcome: Some(*outcome),
            ..nothing
        },
        Event::Notified(Notified { channel }) => Details {
            channel: channel.clone(),
            ..nothing
        },
        Event::Withdrawn(Withdrawn {}) | Event::Archived(Archived {}) => nothing,
        Event::Corrected(corrected) => details_of_correction(corrected),
        Event::Appealed(Appealed {}) => nothing,
        Event::CodeReplaced(CodeReplaced { code: _private }) => nothing,
        Event::PersonErased(PersonErased {
            party: _private,
            basis: _private_too,
        }) => nothing,
        Event::Reopened(Reopened { cause, due }) => Details {
            reopen_cause: Some(*cause),
            due: due.clone(),
            ..nothing
        },
        Event::DeadlineRecomputed(recomputed) => details_of_recomputation(recomputed, event.due()),
        Event::SilenceAccrued(SilenceAccrued {
            effect,
            expired_on,
            calendar_version: _,
        }) => Details {
            effect: Some(*effect),
            expired_on: Some(*expired_on),
            ..nothing
        },
    }
}

/// Which part, of which unit, and what came of it; nothing of an event about something else.
fn details_of_part(event: &Event) -> Details {
    let nothing = Details::default();
    if let Event::SubprocedureOpened(SubprocedureOpened { number, unit, name }) = event {
        Details {
            subprocedure: Some(*number),
            to: Some(unit.clone()),
            step: Some(name.clone()),
            ..nothing
        }
    } else if let Event::SubprocedureAnswered(SubprocedureAnswered { number, result }) = event {
        Details {
            subprocedure: Some(*number),
            result: Some(*result),
            ..nothing
        }
    } else if let Event::SubprocedureCancelled(SubprocedureCancelled { number }) = event {
        Details {
            subprocedure: Some(*number),
            ..nothing
        }
    } else {
        nothing
    }
}

fn details_of_request(asked: &RectificationRequested) -> Details {
    let RectificationRequested {
        items,
        granted_business_days,
        due,
    } = asked;
    Details {
        items: items.clone(),
        granted_business_days: *granted_business_days,
        due: due.clone(),
        ..Details::default()
    }
}

fn details_of_correction(corrected: &Corrected) -> Details {
    let Corrected {
        sequence,
        instead,
        reason,
        due,
    } = corrected;
    Details {
        corrects: Some(*sequence),
        instead: Some(instead.clone()),
        correction_reason: Some(*reason),
        due: due.clone(),
        ..Details::default()
    }
}

/// The new due date carries the version of the calendars.
fn details_of_recomputation(recomputed: &DeadlineRecomputed, due: Option<Due>) -> Details {
    let DeadlineRecomputed {
        from,
        to: _,
        base_to: _,
        calendar_version: _,
        reason,
    } = recomputed;
    Details {
        from: *from,
        due,
        reason: Some(reason.clone()),
        ..Details::default()
    }
}

/// Type, unit and calendars are shown with the procedure itself; the code's hash and the applicant's
/// reference never leave.
fn details_of_filing(filed: &Filed) -> Details {
    let Filed {
        procedure_type: _,
        type_version: _,
        unit: _,
        channel,
        applicant_kind: _,
        calendars: _,
        filed_on,
        clock_stops_at: _,
        due,
        code: _private,
        subject: _private_too,
    } = filed;
    Details {
        channel: channel.clone(),
        filed_on: Some(*filed_on),
        due: due.clone(),
        ..Details::default()
    }
}
