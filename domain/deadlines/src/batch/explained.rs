//! An answer with its account, as the API and the command line give it. The account is the receipt's;
//! here it is only put beside the answer, and kept to a size that can be sent.

use serde::Serialize;

use super::answer::{BatchAnswer, DeadlineAnswer};
use super::question::BatchInput;
use crate::calendar::{Calendar, CalendarId, CalendarVersion};
use crate::compute::Deadline;
use crate::error::DeadlineError;
use crate::language::Language;
use crate::receipt::{ReceiptDay, ReceiptLine};
use crate::standing::{Standing, StandingKind};

/// An answer, and everything it rests on.
///
/// `answer` is exactly what [`BatchCalculator::answer`](crate::BatchCalculator::answer) gives. A
/// term of up to a year is accounted for day by day; of a longer one only what is not a plain day
/// or a weekend is told, so that a short question never has a long answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The answer.
    pub answer: BatchAnswer,
    /// How it stands on the day of the question, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standing: Option<ExplainedStanding>,
    /// The calendars in the union.
    pub calendars: Vec<CalendarId>,
    /// What they contained.
    pub calendar_version: CalendarVersion,
    /// The account, a sentence a line, in the language that was asked for.
    pub explanation: Vec<String>,
    /// The same as data: keys and arguments.
    pub lines: Vec<ReceiptLine>,
    /// Day by day; empty if the account was shortened.
    pub days: Vec<ReceiptDay>,
    /// Whether plain days were left out of the account.
    pub shortened: bool,
}

/// How a procedure stands on a day, in words and numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedStanding {
    /// The word for it, for programs.
    pub id: StandingKind,
    /// The same for people.
    pub label: String,
    /// A sentence with its numbers.
    pub text: String,
    /// The numbers.
    pub figures: Standing,
}

impl Explained {
    /// The most days that are accounted for one by one.
    const MOST_DAYS: usize = 400;

    /// A deadline's answer.
    pub(super) fn of(
        deadline: &Deadline,
        question: &BatchInput,
        language: Language,
    ) -> Result<Self, DeadlineError> {
        let answer = DeadlineAnswer::of(deadline, question.as_of, question.notified_at)?;
        let receipt = deadline.receipt();
        let shortened = receipt.days.len() > Self::MOST_DAYS;
        let lines = match shortened {
            true => receipt.summary(),
            false => receipt.lines,
        };
        let zone = deadline.calendar().zone();
        let notified_on = question.notified_at.map(|at| zone.local(at).date());
        let standing = question.as_of.map(|on| {
            let figures = deadline.standing(on, notified_on);
            ExplainedStanding {
                id: figures.kind,
                label: figures.kind.label(language),
                text: figures.line().text(language),
                figures,
            }
        });
        Ok(Self {
            answer: BatchAnswer::Deadline(Box::new(answer)),
            standing,
            calendars: receipt.calendars,
            calendar_version: receipt.calendar_version,
            explanation: lines.iter().map(|line| line.text(language)).collect(),
            lines,
            days: match shortened {
                true => Vec::new(),
                false => receipt.days,
            },
            shortened,
        })
    }

    /// An answer that has no account of its own.
    pub(super) fn plain(answer: BatchAnswer, calendar: &Calendar) -> Self {
        Self {
            answer,
            standing: None,
            calendars: calendar.ids().to_vec(),
            calendar_version: calendar.version().clone(),
            explanation: Vec::new(),
            lines: Vec::new(),
            days: Vec::new(),
            shortened: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::batch::{BatchCalculator, BatchInput};
    use crate::language::Language;

    fn explained(question: &str) -> super::Explained {
        let question = BatchInput::parse(question).unwrap();
        let explained = BatchCalculator::default().explain(&question, Language::Es);
        let explained = explained.unwrap();
        let answer = BatchCalculator::default().answer(&question).unwrap();
        assert_eq!(explained.answer, answer);
        explained
    }

    #[test]
    fn a_term_of_days_is_accounted_for_day_by_day() {
        let explained = explained(
            r#"{"trigger_date":"2025-09-05","term":{"amount":10,"unit":"business_days"},
                "as_of":"2025-09-19"}"#,
        );
        assert_eq!(explained.explanation.len(), explained.lines.len());
        let counted = explained.days.iter().filter(|day| day.counted.is_some());
        assert_eq!(counted.count(), 10);
        let standing = explained.standing.unwrap();
        assert_eq!(standing.label, "vence hoy");
        assert_eq!(standing.text, "Vence hoy a las 24:00.");
    }

    #[test]
    fn a_term_of_many_years_has_a_short_account() {
        let explained = explained(
            r#"{"trigger_date":"2025-09-05","term":{"amount":5000,"unit":"business_days"}}"#,
        );
        assert!(explained.shortened && explained.days.is_empty());
        assert!(explained.lines.len() < 500, "{}", explained.lines.len());
    }

    #[test]
    fn a_date_of_publication_has_the_calendar_it_rests_on() {
        let explained = explained(r#"{"reporting_month":"2026-01"}"#);
        assert!(explained.explanation.is_empty());
        assert!(explained.calendar_version.as_str().starts_with("ecuador@"));
    }
}
