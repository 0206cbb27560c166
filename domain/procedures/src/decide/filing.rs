//! Filing: the first entry of every history.

use chasqui_deadlines::{Input, Trigger, compute};

use super::Situation;
use crate::command::File;
use crate::event::{Due, DueBasis, Event, Filed};
use crate::moment::Moment;
use crate::procedure::Procedure;
use crate::rejection::Rejection;

/// Files a procedure. The legal date of filing follows from the moment and the type's policy: a desk
/// that has closed receives on the next business day (COA 158).
pub(super) fn file(
    procedure: &Procedure,
    file: &File,
    occurred: Moment,
    situation: &Situation<'_>,
) -> Result<Event, Rejection> {
    if procedure.filing.is_some() {
        return Err(Rejection::AlreadyFiled);
    }
    let rules = situation.rules;
    if !rules.units.is_empty() && !rules.units.contains(&file.unit) {
        let unit = file.unit.clone();
        return Err(Rejection::WrongUnit { unit });
    }
    let trigger = occurred
        .at()
        .map_or(Trigger::On(occurred.on()), Trigger::ReceivedAt);
    let deadline = match rules.term {
        Some(term) => {
            let input = Input {
                trigger,
                term,
                silence: rules.silence,
                policies: rules.policies,
                ledger: procedure.ledger.clone(),
            };
            Some(compute(&input, situation.calendar)?)
        }
        None => None,
    };
    Ok(Event::Filed(Box::new(Filed {
        procedure_type: rules.id.clone(),
        type_version: rules.version,
        unit: file.unit.clone(),
        channel: file.channel.clone(),
        applicant_kind: file.applicant_kind.clone(),
        calendars: situation.calendar.ids().to_vec(),
        filed_on: deadline
            .as_ref()
            .map_or(occurred.on(), |one| one.legal_filing_date),
        clock_stops_at: rules.clock_stops_at,
        due: deadline.map(|deadline| Due {
            on: deadline.due_on,
            base_on: deadline.base_due_on,
            basis: DueBasis::Computed(situation.calendar.version().clone()),
        }),
        code: file.code,
        subject: file.subject,
    })))
}
