//! How a procedure stands, as a label and as a sentence.

use super::key::LineKey;
use super::line::ReceiptLine;
use super::messages::label;
use crate::language::Language;
use crate::ledger::SuspensionCause;
use crate::standing::{Standing, StandingKind};

impl StandingKind {
    /// Its label: two or three words for a badge or a table.
    ///
    /// ```
    /// use chasqui_deadlines::{Language, StandingKind};
    ///
    /// // COA art. 158: the last day of a term is still in time, and the label says so.
    /// assert_eq!(StandingKind::DueToday.label(Language::Es), "vence hoy");
    /// assert_eq!(StandingKind::DueToday.label(Language::Qu), "vence hoy");
    /// ```
    #[must_use]
    pub fn label(self, language: Language) -> String {
        label(self.message_key(), language)
    }
}

impl SuspensionCause {
    /// Its name for people.
    #[must_use]
    pub fn label(self, language: Language) -> String {
        label(self.message_key(), language)
    }
}

impl Standing {
    /// The standing as a sentence with its numbers.
    #[must_use]
    pub fn line(&self) -> ReceiptLine {
        let left = self.business_days_left.unwrap_or_default();
        match self.kind {
            StandingKind::Running => ReceiptLine::new(LineKey::StandingRunning).with("n", left),
            StandingKind::DueSoon => ReceiptLine::new(LineKey::StandingDueSoon).with("n", left),
            StandingKind::DueToday => ReceiptLine::new(LineKey::StandingDueToday),
            StandingKind::Overdue if self.business_days_overdue == 0 => {
                ReceiptLine::new(LineKey::StandingOverdueWeekend)
            }
            StandingKind::Overdue => {
                ReceiptLine::new(LineKey::StandingOverdue).with("n", self.business_days_overdue)
            }
            StandingKind::Suspended => {
                ReceiptLine::new(LineKey::StandingSuspended).with("n", self.remaining_days)
            }
            StandingKind::SilenceAccrued => {
                let from = self
                    .silence
                    .map_or(self.on, |silence| silence.effective_from);
                ReceiptLine::new(LineKey::StandingSilence).with("date", from)
            }
            StandingKind::NotifiedOnTime | StandingKind::NotifiedLate => self.notified_line(),
        }
    }

    fn notified_line(&self) -> ReceiptLine {
        let on = self
            .timeliness
            .map_or(self.on, |notified| notified.notified_on);
        let late = self
            .timeliness
            .map_or(0, |notified| notified.business_days_late);
        match self.kind == StandingKind::NotifiedLate {
            true => ReceiptLine::new(LineKey::StandingNotifiedLate)
                .with("n", late)
                .with("date", on),
            false => ReceiptLine::new(LineKey::StandingNotifiedOnTime).with("date", on),
        }
    }
}
