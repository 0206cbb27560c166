//! What every answer has to keep, whatever was asked. It does not know the right date: the laws and
//! the vectors do.

use chasqui_deadlines::{
    BatchAnswer, BatchCalculator, BatchInput, DeadlineError, EARLIEST, Explained, LATEST, Language,
};
use serde_json::Value;

/// What became of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Answered,
    Refused(&'static str),
}

/// The most bytes of an answer with its account.
const MOST_BYTES: usize = 2 * 1024 * 1024;

/// Asks a question by every door, and finds what does not fit.
pub(crate) fn judge(calculator: &mut BatchCalculator, question: &str) -> Result<Verdict, String> {
    let line = calculator.answer_line(question);
    if line.contains('\n') {
        return Err(format!("an answer of more than one line: {line}"));
    }
    let line: Value = serde_json::from_str(&line).map_err(|e| format!("{e}: {line}"))?;
    let parsed = BatchInput::parse(question);
    let explained =
        parsed.and_then(|parsed| Ok((calculator.explain(&parsed, Language::Es)?, parsed)));
    match (line.get("error").and_then(Value::as_str), explained) {
        (Some(name), Err(error)) => refused(name, &error),
        (None, Ok((explained, parsed))) => {
            fits(&line, &explained)?;
            stands(calculator, &parsed)?;
            Ok(Verdict::Answered)
        }
        (line, explained) => Err(format!("one door says {line:?}, the other {explained:?}")),
    }
}

fn refused(name: &str, error: &DeadlineError) -> Result<Verdict, String> {
    let known = DeadlineError::NAMES
        .into_iter()
        .find(|known| *known == name);
    match known {
        Some(known) if error.name() == known && !error.to_string().is_empty() => {
            Ok(Verdict::Refused(known))
        }
        _ => Err(format!("{name:?} is no name of {error:?}")),
    }
}

/// The explained answer is the same answer, in order, and not larger than can be sent.
fn fits(line: &Value, explained: &Explained) -> Result<(), String> {
    let written = serde_json::to_string(explained).map_err(|error| error.to_string())?;
    if written.len() > MOST_BYTES {
        return Err(format!("an answer of {} bytes", written.len()));
    }
    let written: Value = serde_json::from_str(&written).map_err(|error| error.to_string())?;
    if written["answer"] != *line {
        return Err(format!("{} is explained as {}", line, written["answer"]));
    }
    let BatchAnswer::Deadline(answer) = &explained.answer else {
        return Ok(());
    };
    let ordered = answer
        .due_date
        .is_none_or(|due| due >= answer.legal_filing_date)
        // A suspension may begin within the extension, never to end: then only the base is known.
        && answer.due_date.is_none_or(|due| answer.base_due_date.is_some_and(|base| base <= due))
        && explained.days.is_sorted_by(|a, b| a.date < b.date)
        && answer
            .counted_days
            .as_ref()
            .is_none_or(|days| days.is_sorted_by(|a, b| a < b));
    let told = explained.explanation.len() >= 4
        && explained
            .explanation
            .iter()
            .all(|line| !line.is_empty() && !line.contains('{'));
    match ordered && told {
        true => Ok(()),
        false => Err(format!("the answer contradicts itself: {written}")),
    }
}

/// A deadline can be looked at from any day, in any language.
fn stands(calculator: &mut BatchCalculator, question: &BatchInput) -> Result<(), String> {
    let Ok(deadline) = calculator.deadline(question) else {
        return Ok(());
    };
    for day in [EARLIEST, deadline.legal_filing_date, LATEST] {
        for language in Language::ALL {
            if deadline
                .standing(day, None)
                .line()
                .text(language)
                .is_empty()
            {
                return Err(format!("nothing is said of {day}"));
            }
        }
    }
    Ok(())
}
