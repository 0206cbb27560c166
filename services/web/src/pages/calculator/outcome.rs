//! The answer as the page shows it: the date first, how it stands, then the account.

use chasqui_deadlines::{BatchAnswer, Explained, LineKey, StandingKind};

use super::month::{Month, months};
use crate::dates;

/// What the template shows of an answer.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The due date, if there is one: in words and for programs.
    pub(super) due: Option<(String, String)>,
    /// Whether it may yet come sooner.
    pub(super) at_the_latest: bool,
    /// Why there is no date.
    pub(super) open: Option<String>,
    pub(super) label: String,
    pub(super) colour: &'static str,
    /// The day of the question, and how it stands on it.
    pub(super) standing: Option<(String, String)>,
    pub(super) months: Vec<Month>,
    pub(super) explanation: Vec<String>,
    pub(super) shortened: bool,
}

impl Outcome {
    pub(super) fn of(explained: &Explained) -> Self {
        let due = match &explained.answer {
            BatchAnswer::Deadline(answer) => answer.due_date,
            BatchAnswer::RegisterBy { register_by, .. } => Some(*register_by),
            BatchAnswer::AnnualReport { due } => Some(*due),
        };
        let text_of = |key: LineKey| {
            let mut lines = explained.lines.iter().zip(&explained.explanation);
            lines
                .find(|(line, _)| line.key == key)
                .map(|(_, text)| text.clone())
        };
        let standing = explained.standing.as_ref();
        Self {
            due: due.map(|due| (dates::long(due), due.to_string())),
            at_the_latest: text_of(LineKey::DueAtTheLatest).is_some(),
            open: text_of(LineKey::DueOpen),
            label: standing
                .map(|standing| standing.label.clone())
                .unwrap_or_default(),
            colour: standing.map_or("rest", |standing| colour(standing.id)),
            standing: standing
                .map(|standing| (dates::long(standing.figures.on), standing.text.clone())),
            months: months(explained, due),
            explanation: explained.explanation.clone(),
            shortened: explained.shortened,
        }
    }
}

const fn colour(kind: StandingKind) -> &'static str {
    match kind {
        StandingKind::Running | StandingKind::NotifiedOnTime => "good",
        StandingKind::DueSoon | StandingKind::DueToday => "warn",
        StandingKind::Overdue | StandingKind::SilenceAccrued | StandingKind::NotifiedLate => "bad",
        StandingKind::Suspended => "rest",
    }
}
