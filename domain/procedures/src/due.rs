//! When an answer is due, as an event says it: `chasqui-deadlines` asked about one procedure.

use chasqui_deadlines::{Calendar, Deadline, DeadlineError, Input, Trigger, compute};

use crate::catalogue::TypeVersion;
use crate::event::{Due, DueBasis, Entry};
use crate::procedure::{Filing, Procedure};

/// The deadline of a procedure, with everything that explains it.
///
/// None if the procedure was never filed or its type has no term. Fails as [`compute`] does.
pub fn deadline(
    procedure: &Procedure,
    rules: &TypeVersion,
    calendar: &Calendar,
) -> Result<Option<Deadline>, DeadlineError> {
    let (Some(filing), Some(term)) = (&procedure.filing, rules.term) else {
        return Ok(None);
    };
    let input = Input {
        trigger: trigger(filing),
        term,
        silence: rules.silence,
        policies: rules.policies,
        ledger: procedure.ledger.clone(),
    };
    compute(&input, calendar).map(Some)
}

/// The due date that a procedure has after one more entry.
pub(crate) fn after(
    procedure: &Procedure,
    entry: &Entry,
    rules: &TypeVersion,
    calendar: &Calendar,
) -> Result<Option<Due>, DeadlineError> {
    let mut next = procedure.clone();
    next.evolve(entry);
    Ok(deadline(&next, rules, calendar)?.map(|deadline| Due {
        on: deadline.due_on,
        base_on: deadline.base_due_on,
        basis: DueBasis::Computed(calendar.version().clone()),
    }))
}

/// A procedure filed here has an instant, which the filing policy turns into a legal date. Of an
/// imported one the source's date counts as it stands.
fn trigger(filing: &Filing) -> Trigger {
    if let Some(on) = filing.reopened_on {
        return Trigger::On(on);
    }
    match filing.filed_at.at() {
        Some(at) if !filing.imported => Trigger::ReceivedAt(at),
        _ => Trigger::On(filing.filed_on),
    }
}
