//! The receipt itself: the days, the lines, and the calendar they rest on.

use jiff::civil::Date;
use serde::Serialize;

use super::days::ReceiptDay;
use super::key::LineKey;
use super::line::{Arg, ReceiptLine};
use crate::calendar::{CalendarId, CalendarVersion};
use crate::compute::{Deadline, Input};
use crate::language::Language;

/// The account of a due date: every counted day, every day left out with its reason, the rules
/// and the calendar they rest on.
///
/// It holds no text: its lines are keys and data, worded when they are shown, so that the page, the
/// API and the command line say the same. With its `input` and the calendar of its version,
/// anybody can compute it again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// What was asked.
    pub input: Input,
    /// The legal filing date.
    pub legal_filing_date: Date,
    /// The due date, if there is one.
    pub due_on: Option<Date>,
    /// The calendars in the union.
    pub calendars: Vec<CalendarId>,
    /// What they contained.
    pub calendar_version: CalendarVersion,
    /// Day by day.
    pub days: Vec<ReceiptDay>,
    /// Line by line.
    pub lines: Vec<ReceiptLine>,
}

impl Deadline {
    /// Accounts for the due date.
    ///
    /// ```
    /// use chasqui_deadlines::{CalendarBook, Input, Language, Trigger, compute};
    /// use jiff::{Timestamp, civil::date};
    ///
    /// // COA art. 159, vector D21: the holiday of October 2025 and the decree that lengthened it.
    /// let book = CalendarBook::ecuador();
    /// let calendar = book.resolve(book.default_calendars(), Timestamp::MAX)?;
    /// let input = Input::new(Trigger::On(date(2025, 9, 29)), "10bd".parse()?);
    /// let receipt = compute(&input, &calendar)?.receipt();
    /// let text = receipt.text(Language::En).join("\n");
    /// assert!(text.contains("Day 7: Wednesday 8 October 2025."));
    /// assert!(text.contains("Thursday 9 October 2025: Executive Decree 172"));
    /// assert!(text.contains("Friday 10 October 2025: Independence of Guayaquil, moved"));
    /// assert!(text.contains(receipt.calendar_version.as_str()));
    /// # Ok::<(), chasqui_deadlines::DeadlineError>(())
    /// ```
    #[must_use]
    pub fn receipt(&self) -> Receipt {
        let days = self.receipt_days();
        let lines = self.receipt_lines(&days);
        Receipt {
            input: self.input.clone(),
            legal_filing_date: self.legal_filing_date,
            due_on: self.due_on,
            calendars: self.calendar().ids().to_vec(),
            calendar_version: self.calendar_version().clone(),
            days,
            lines,
        }
    }
}

impl Receipt {
    /// The whole account in a language, a sentence a line.
    #[must_use]
    pub fn text(&self, language: Language) -> Vec<String> {
        self.lines.iter().map(|line| line.text(language)).collect()
    }

    /// The account without the plain days: how many were counted and how many weekend days were
    /// left out stand for them; every holiday, decree and suspension stays.
    #[must_use]
    pub fn summary(&self) -> Vec<ReceiptLine> {
        let mut summary: Vec<ReceiptLine> = Vec::new();
        let mut place = None;
        for line in &self.lines {
            match line.key == LineKey::DayCounted || line.key == LineKey::DayWeekend {
                true => place = place.or(Some(summary.len())),
                false => summary.push(line.clone()),
            }
        }
        let at = place.unwrap_or(summary.len());
        let counted: Vec<&ReceiptDay> = self.days.iter().filter(|d| d.counted.is_some()).collect();
        let weekend_days = (self.lines.iter())
            .filter(|line| line.key == LineKey::DayWeekend)
            .filter_map(|line| match line.arg("n") {
                Some(Arg::Number(n)) => Some(*n),
                Some(_) | None => None,
            })
            .sum::<i64>();
        if weekend_days > 0 {
            let line = ReceiptLine::new(LineKey::SummaryWeekends).with("n", weekend_days);
            summary.insert(at, line);
        }
        if let (Some(first), Some(last)) = (counted.first(), counted.last()) {
            let n = i64::try_from(counted.len()).unwrap_or(i64::MAX);
            let line = ReceiptLine::new(LineKey::SummaryCounted).with("n", n);
            summary.insert(at, line.with("from", first.date).with("to", last.date));
        }
        summary
    }
}
