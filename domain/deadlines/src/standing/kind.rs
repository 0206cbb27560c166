//! The words for how a procedure stands. Their texts are in the message tables.

use serde::{Deserialize, Serialize};

/// How a procedure stands on a day, for people and for counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StandingKind {
    /// The term runs, with more than a few days left.
    Running,
    /// The term runs and few business days are left (the policies say how many are few).
    DueSoon,
    /// It is the last day. Not late.
    DueToday,
    /// The term has expired and nothing was notified.
    Overdue,
    /// The clock is stopped by a suspension.
    Suspended,
    /// The silence term has expired too, without a notification.
    SilenceAccrued,
    /// Notified within the legal term.
    NotifiedOnTime,
    /// Notified after it.
    NotifiedLate,
}

impl StandingKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Running,
        Self::DueSoon,
        Self::DueToday,
        Self::Overdue,
        Self::Suspended,
        Self::SilenceAccrued,
        Self::NotifiedOnTime,
        Self::NotifiedLate,
    ];

    /// The id that the API shows.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::DueSoon => "due_soon",
            Self::DueToday => "due_today",
            Self::Overdue => "overdue",
            Self::Suspended => "suspended",
            Self::SilenceAccrued => "silence_accrued",
            Self::NotifiedOnTime => "notified_on_time",
            Self::NotifiedLate => "notified_late",
        }
    }

    /// The key of its label in the message tables.
    #[must_use]
    pub const fn message_key(self) -> &'static str {
        match self {
            Self::Running => "standing.running",
            Self::DueSoon => "standing.due_soon",
            Self::DueToday => "standing.due_today",
            Self::Overdue => "standing.overdue",
            Self::Suspended => "standing.suspended",
            Self::SilenceAccrued => "standing.silence_accrued",
            Self::NotifiedOnTime => "standing.notified_on_time",
            Self::NotifiedLate => "standing.notified_late",
        }
    }
}

/// What the clock itself does on a day, whoever may have been notified of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClockState {
    /// It runs.
    Running,
    /// It stands still.
    Suspended,
    /// It is on its last day.
    DueToday,
    /// It has run out.
    Overdue,
}
