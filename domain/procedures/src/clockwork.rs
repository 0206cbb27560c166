//! What follows for a procedure from the calendar and from the passing of days alone. Nobody wishes it
//! and nobody decides it: it is computed, recorded once, and visible.

use std::sync::Arc;

use chasqui_deadlines::{Calendar, DeadlineError, Decree, DecreeEffect, Moved};
use jiff::civil::Date;

use crate::catalogue::TypeVersion;
use crate::due;
use crate::event::{
    DeadlineRecomputed, Due, DueBasis, Entry, Event, RecomputeReason, SilenceAccrued,
};
use crate::moment::Moment;
use crate::procedure::Procedure;

/// From the calendar that a due date was computed with to today's.
#[derive(Clone, Copy, Debug)]
pub struct CalendarChange<'a> {
    /// The calendar that the due date was computed with; none if it is no longer at hand.
    pub old: Option<&'a Calendar>,
    /// The calendar as it is known now.
    pub new: &'a Calendar,
    /// What was decreed between the two.
    pub decrees: &'a [Decree],
}

/// The entry that a newer calendar makes necessary (COA 159): the due date moves, visibly.
///
/// None if nothing moves, if the procedure has ended (it keeps the calendar that was in force), if its
/// due date is the source's own, or if the calendar is the one it was computed with. Fails as the
/// arithmetic does.
pub fn recompute(
    procedure: &Procedure,
    rules: &TypeVersion,
    change: &CalendarChange<'_>,
    now: Moment,
) -> Result<Option<Entry>, DeadlineError> {
    let Some(due) = open_due(procedure) else {
        return Ok(None);
    };
    let CalendarChange { old, new, decrees } = change;
    if due.basis == DueBasis::Computed(new.version().clone()) {
        return Ok(None);
    }
    let Some(deadline) = due::deadline(procedure, rules, new)? else {
        return Ok(None);
    };
    let before = old.map(|old| due::deadline(procedure, rules, old));
    let reason = match before.transpose()?.flatten() {
        Some(before) => match before.moved_by(new)? {
            Some(moved) => because(&moved, decrees),
            None => return Ok(None),
        },
        None if deadline.due_on == due.on && deadline.base_due_on == due.base_on => {
            return Ok(None);
        }
        None => RecomputeReason::CalendarData,
    };
    let event = DeadlineRecomputed {
        from: due.on,
        to: deadline.due_on,
        base_to: deadline.base_due_on,
        calendar_version: new.version().clone(),
        reason,
    };
    Ok(Some(computed(
        now,
        Event::DeadlineRecomputed(Box::new(event)),
    )))
}

/// The entry by which silence accrues (COA 207), once, as of the day after the term's last one,
/// whenever it is looked at from that day on.
///
/// None if silence means nothing for the type, if the term has not run out or rests, if the procedure
/// has ended, or if it has accrued already. Fails as the arithmetic does.
pub fn accrue_silence(
    procedure: &Procedure,
    rules: &TypeVersion,
    calendar: &Calendar,
    today: Date,
) -> Result<Option<Entry>, DeadlineError> {
    if procedure.silence.is_some() || open_due(procedure).is_none() {
        return Ok(None);
    }
    let Some(deadline) = due::deadline(procedure, rules, calendar)? else {
        return Ok(None);
    };
    let Some(silence) = deadline.silence else {
        return Ok(None);
    };
    let Some(expired_on) = silence.expires_on.filter(|last| *last < today) else {
        return Ok(None);
    };
    let (Ok(from), effect) = (expired_on.tomorrow(), silence.effect) else {
        return Ok(None);
    };
    let event = SilenceAccrued {
        effect,
        expired_on,
        calendar_version: calendar.version().clone(),
    };
    let occurred = Moment::dated(from).ok();
    Ok(occurred.map(|occurred| computed(occurred, Event::SilenceAccrued(event))))
}

/// The due date of a procedure that runs, if it was computed here.
fn open_due(procedure: &Procedure) -> Option<&Due> {
    let due = procedure.due.as_ref()?;
    let ended = procedure.ended_on().is_some() || procedure.withdrawn_on.is_some();
    (!ended && due.basis != DueBasis::Stated).then_some(due)
}

/// The decrees that speak of a day that makes the difference.
fn because(moved: &Moved, decrees: &[Decree]) -> RecomputeReason {
    let differing = moved.no_longer_counted.iter().chain(&moved.counted_again);
    let speaks = |decree: &Decree| {
        let last = decree.to.unwrap_or(match decree.effect {
            DecreeEffect::Rest | DecreeEffect::Work => decree.from,
            DecreeEffect::TermsSuspended | DecreeEffect::TermsResumed => Date::MAX,
        });
        differing
            .clone()
            .any(|day| (decree.from..=last).contains(&day.date))
    };
    let mut ids: Vec<Arc<str>> = decrees
        .iter()
        .filter(|decree| speaks(decree))
        .map(|decree| Arc::clone(&decree.id))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        RecomputeReason::CalendarData
    } else {
        RecomputeReason::Decrees(ids)
    }
}

fn computed(occurred: Moment, event: Event) -> Entry {
    Entry {
        occurred,
        event,
        unit: None,
        performer: None,
        imported: None,
        contradicts: Vec::new(),
    }
}
