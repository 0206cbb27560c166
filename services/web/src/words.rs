//! The words that people read, in the reader's language. The glossary (`locales/*/glossary.ftl`) keeps
//! them the same on pages, in the API and in the documents.

use chasqui_deadlines::{Language, SilenceEffect, SuspensionCause};
use chasqui_procedures::contradiction::Contradiction;
use chasqui_procedures::event::RecomputeReason;
use chasqui_procedures::outcome::{Outcome, Stage, WaitingOn};
use chasqui_procedures::publication::{Details, PublicEntry};
use chasqui_procedures::standing::Kind;
use chasqui_procedures::subprocedure::SubprocedureResult;
use jiff::civil::Date;
use serde::Serialize;

use crate::messages::{self, Arg, plain_with};
use crate::{dates, numbers, reader};

/// A word of the glossary: of a kind, by its id, in the reader's language.
pub(crate) fn of(kind: &str, id: &str) -> &'static str {
    messages::plain(&format!("{kind}-{id}"))
}

/// The same for what has no id but the one in data.
fn named(kind: &str, value: impl Serialize) -> &'static str {
    let id = serde_json::to_value(value).unwrap_or_default();
    of(kind, id.as_str().unwrap_or_default())
}

pub(crate) fn stage(stage: Stage) -> &'static str {
    of("stage", stage.id())
}

pub(crate) fn standing(kind: Kind) -> &'static str {
    of("standing", kind.id())
}

pub(crate) fn outcome(outcome: Outcome) -> &'static str {
    of("outcome", outcome.id())
}

pub(crate) fn waiting_on(waiting_on: WaitingOn) -> &'static str {
    of("waiting", waiting_on.id())
}

pub(crate) fn cause(cause: SuspensionCause) -> &'static str {
    named("cause", cause)
}

pub(crate) fn contradiction(contradiction: Contradiction) -> &'static str {
    of("contradiction", contradiction.id())
}

/// One line of a history, in a few words. `unit` names the other unit, where there is one.
pub(crate) fn entry(entry: &PublicEntry, unit: Option<&str>) -> String {
    let details = &entry.details;
    let fixed = |key| messages::plain(key).to_owned();
    let step = details.step.as_ref().map(ToString::to_string);
    let step = ("step", Arg::Text(step.as_deref().unwrap_or_default()));
    let unit = unit.unwrap_or_else(|| messages::plain("another-unit"));
    let unit = ("unit", Arg::Text(unit));
    match entry.event {
        "Assigned" => plain_with("entry-assigned", &[unit]),
        "StepStarted" => plain_with("entry-step-started", &[step]),
        "StepCompleted" => plain_with("entry-step-completed", &[step]),
        "TermSuspended" => with_cause("entry-suspended", details.cause),
        "TermResumed" => with_cause("entry-resumed", details.cause),
        "TermExtended" => match details.days {
            Some(days) => plain_with("entry-extended-by", &[("days", u64::from(days).into())]),
            None => fixed("entry-extended"),
        },
        "Transferred" => plain_with("entry-transferred", &[unit]),
        "SubprocedureOpened" => plain_with("entry-part-opened", &[unit, step]),
        "SubprocedureAnswered" | "SubprocedureCancelled" => part_ended(entry.event, details),
        "Decided" => because(
            "entry-decided",
            "entry-decided-as",
            "outcome",
            details.outcome.map(outcome),
        ),
        "Corrected" => {
            let which = details.corrects.unwrap_or_default().to_string();
            let why = details.correction_reason.map(|why| named("corrected", why));
            let why = why.unwrap_or_default();
            plain_with(
                "entry-corrected",
                &[("entry", (&which).into()), ("why", why.into())],
            )
        }
        "Reopened" => {
            let why = details.reopen_cause.map(|why| named("reopened", why));
            because("entry-reopened", "entry-reopened-because", "why", why)
        }
        "DeadlineRecomputed" => recomputed(details),
        "SilenceAccrued" => because(
            "entry-silence",
            "entry-silence-with",
            "effect",
            details.effect.map(silence),
        ),
        other => plain_line(other).map_or_else(|| other.to_owned(), fixed),
    }
}

/// The message of an event that says the same each time.
fn plain_line(event: &str) -> Option<&'static str> {
    Some(match event {
        "Filed" => "entry-filed",
        "Admitted" => "entry-admitted",
        "RectificationRequested" => "entry-rectification-requested",
        "RectificationAnswered" => "entry-rectification-answered",
        "Notified" => "entry-notified",
        "Withdrawn" => "entry-withdrawn",
        "Archived" => "entry-archived",
        "CodeReplaced" => "entry-code-replaced",
        "PersonErased" => "entry-person-erased",
        "Appealed" => "entry-appealed",
        _ => return None,
    })
}

/// One message where nothing more is known, another where something is.
fn because(without: &str, with: &str, name: &'static str, what: Option<&str>) -> String {
    match what {
        Some(what) => plain_with(with, &[(name, what.into())]),
        None => messages::plain(without).to_owned(),
    }
}

fn part_ended(event: &str, details: &Details) -> String {
    let number = details.subprocedure.unwrap_or_default().to_string();
    let number = ("number", Arg::Text(&number));
    if event == "SubprocedureCancelled" {
        return plain_with("entry-part-cancelled", &[number]);
    }
    let result = details.result.unwrap_or(SubprocedureResult::Done);
    let result = ("result", Arg::Text(named("result", result)));
    plain_with("entry-part-answered", &[number, result])
}

fn recomputed(details: &Details) -> String {
    let day = |date: Option<Date>| {
        date.map_or_else(|| messages::plain("no-date").to_owned(), dates::medium)
    };
    let to = details.due.as_ref().and_then(|due| due.on);
    let decrees = match &details.reason {
        Some(RecomputeReason::Decrees(ids)) => format!(" ({})", ids.join(", ")),
        Some(RecomputeReason::CalendarData) | None => String::new(),
    };
    let (from, to) = (day(details.from), day(to));
    let args = [
        ("decrees", (&decrees).into()),
        ("from", (&from).into()),
        ("to", (&to).into()),
    ];
    plain_with("entry-recomputed", &args)
}

/// What silence means, in the law's words and in plain ones.
pub(crate) fn silence(effect: SilenceEffect) -> &'static str {
    named("silence", effect)
}

fn with_cause(key: &str, reason: Option<SuspensionCause>) -> String {
    let text = messages::plain(key);
    reason.map_or_else(
        || text.to_owned(),
        |reason| format!("{text}: {}", cause(reason)),
    )
}

/// The name of a count that belongs to a figure; one that has no name is shown as it is.
pub(crate) fn part(name: &str) -> &str {
    let key = format!("part-{name}");
    if messages::is_known(&key, Language::Es) {
        messages::plain(&key)
    } else {
        name
    }
}

/// A figure as people read it: at most one decimal. Its exact value is in the JSON.
pub(crate) fn number(exact: &str) -> String {
    let rounded = match exact.parse::<f64>() {
        Ok(number) if exact.contains('.') => format!("{number:.1}"),
        _ => exact.to_owned(),
    };
    numbers::decimal(&rounded, reader::language())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_one_decimal_and_a_comma() {
        assert_eq!(number("27.456400"), "27,5");
        assert_eq!(number("73.049000"), "73,0");
        assert_eq!(number("1434"), "1.434");
    }
}
