//! Answers questions one after another, keeping the calendars it has resolved. It is what the
//! command line, the public calculator and the vectors run.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::json;

use super::answer::{BatchAnswer, DeadlineAnswer, weekday};
use super::explained::Explained;
use super::question::{Asked, BatchInput};
use crate::calendar::{Calendar, CalendarBook, CalendarId};
use crate::compute::{Deadline, Input, compute};
use crate::error::DeadlineError;
use crate::language::Language;
use crate::lotaip::{annual_report_due, register_by};
use crate::policies::OpenSuspension;

/// A calculator over a book of calendars.
///
/// It never stops at a bad question: the answer then is `{"error":"Name"}`.
///
/// ```
/// use chasqui_deadlines::BatchCalculator;
///
/// // COA art. 161, vector R01 (half is from memory, to be confirmed): 8 days are too many for 15.
/// let mut calculator = BatchCalculator::default();
/// let question = r#"{"filed_at":"2025-09-01T09:00:00-05:00",
///     "term":{"amount":15,"unit":"business_days"},
///     "extensions":[{"amount":8,"granted_and_notified_on":"2025-09-10"}]}"#;
/// assert_eq!(calculator.answer_line(question), r#"{"error":"ExtensionExceedsHalf"}"#);
/// // LOTAIP art. 19, vector P05.
/// assert_eq!(
///     calculator.answer_line(r#"{"reporting_month":"2026-01"}"#),
///     r#"{"register_by":"2026-02-18","weekday":"Wed"}"#
/// );
/// ```
#[derive(Debug, Clone)]
pub struct BatchCalculator {
    book: CalendarBook,
    resolved: BTreeMap<(String, Vec<CalendarId>, Timestamp), Calendar>,
}

impl Default for BatchCalculator {
    fn default() -> Self {
        Self::new(CalendarBook::ecuador())
    }
}

impl BatchCalculator {
    /// How many resolved calendars are kept.
    const KEPT: usize = 256;

    /// A calculator over a book. Questions that name another profile get the built-in one.
    #[must_use]
    pub fn new(book: CalendarBook) -> Self {
        Self {
            book,
            resolved: BTreeMap::new(),
        }
    }

    /// One line in, one line out: the `expected` object, or `{"error":"Name"}`.
    #[must_use]
    pub fn answer_line(&mut self, line: &str) -> String {
        match BatchInput::parse(line).and_then(|question| self.answer(&question)) {
            Ok(answer) => {
                serde_json::to_string(&answer).expect("invariant: an answer is plain data")
            }
            Err(error) => json!({ "error": error.name() }).to_string(),
        }
    }

    /// Answers a question.
    ///
    /// # Errors
    /// Whatever [`compute`] refuses, and [`DeadlineError::InvalidInput`] for a question that does
    /// not say what it asks.
    pub fn answer(&mut self, question: &BatchInput) -> Result<BatchAnswer, DeadlineError> {
        let book = self.book_of(question)?;
        let calendar = self.calendar(question, &book)?;
        match question.asked(&book)? {
            Asked::Deadline(input) => {
                let deadline = deadline(question, &input, &calendar)?;
                let answer = DeadlineAnswer::of(&deadline, question.as_of, question.notified_at)?;
                Ok(BatchAnswer::Deadline(Box::new(answer)))
            }
            Asked::RegisterBy { year, month } => {
                let register_by = register_by(year, month, &calendar)?;
                Ok(BatchAnswer::RegisterBy {
                    register_by,
                    weekday: weekday(register_by),
                })
            }
            Asked::AnnualReport { year } => Ok(BatchAnswer::AnnualReport {
                due: annual_report_due(year, &calendar)?,
            }),
        }
    }

    /// The deadline behind a question, for its receipt and its standing.
    ///
    /// # Errors
    /// As [`BatchCalculator::answer`]; a question about a publication has no deadline.
    pub fn deadline(&mut self, question: &BatchInput) -> Result<Deadline, DeadlineError> {
        let book = self.book_of(question)?;
        let calendar = self.calendar(question, &book)?;
        match question.asked(&book)? {
            Asked::Deadline(input) => deadline(question, &input, &calendar),
            Asked::RegisterBy { .. } | Asked::AnnualReport { .. } => {
                let detail = "a date of publication has no deadline of its own".to_owned();
                Err(DeadlineError::InvalidInput { detail })
            }
        }
    }

    /// Answers a question together with the account of the answer, in a language.
    ///
    /// ```
    /// use chasqui_deadlines::{BatchCalculator, BatchInput, Language};
    ///
    /// // COA arts. 158 and 159, vector D01.
    /// let question = BatchInput::parse(
    ///     r#"{"filed_at":"2025-10-31T17:30:00-05:00","term":{"amount":10,"unit":"business_days"}}"#,
    /// )?;
    /// let explained = BatchCalculator::default().explain(&question, Language::Es)?;
    /// let json = serde_json::to_value(&explained).unwrap();
    /// assert_eq!(json["answer"]["due_date"], "2025-11-18");
    /// assert_eq!(json["calendars"][1], "EC-QUITO");
    /// assert!(explained.explanation.iter().any(|line| line.contains("Independencia de Cuenca")));
    /// # Ok::<(), chasqui_deadlines::DeadlineError>(())
    /// ```
    ///
    /// # Errors
    /// As [`BatchCalculator::answer`].
    pub fn explain(
        &mut self,
        question: &BatchInput,
        language: Language,
    ) -> Result<Explained, DeadlineError> {
        let book = self.book_of(question)?;
        let calendar = self.calendar(question, &book)?;
        let Asked::Deadline(input) = question.asked(&book)? else {
            return Ok(Explained::plain(self.answer(question)?, &calendar));
        };
        let deadline = deadline(question, &input, &calendar)?;
        Explained::of(&deadline, question, language)
    }

    fn book_of(&self, question: &BatchInput) -> Result<CalendarBook, DeadlineError> {
        match question.profile.as_deref() {
            Some(id) if id != self.book.profile() => CalendarBook::of_profile(id),
            Some(_) | None => Ok(self.book.clone()),
        }
    }

    fn calendar(
        &mut self,
        question: &BatchInput,
        book: &CalendarBook,
    ) -> Result<Calendar, DeadlineError> {
        let ids = question.calendar_ids(book)?;
        let known_at = question.known_at(book)?;
        let key = (book.profile().to_owned(), ids, known_at);
        if let Some(calendar) = self.resolved.get(&key) {
            return Ok(calendar.clone());
        }
        let calendar = book.resolve(&key.1, known_at)?;
        if self.resolved.len() >= Self::KEPT {
            self.resolved.clear();
        }
        self.resolved.insert(key, calendar.clone());
        Ok(calendar)
    }
}

/// Computes, with what is pending taken as the policies say: open, or ended today (France).
fn deadline(
    question: &BatchInput,
    input: &Input,
    calendar: &Calendar,
) -> Result<Deadline, DeadlineError> {
    match (input.policies.open_suspension, question.as_of) {
        (OpenSuspension::AssumedEndedOnAsking, Some(as_of)) => compute(
            &Input {
                ledger: input.ledger.ended_on(as_of),
                ..input.clone()
            },
            calendar,
        ),
        (OpenSuspension::AssumedEndedOnAsking, None) | (OpenSuspension::NoDueDate, _) => {
            compute(input, calendar)
        }
    }
}
