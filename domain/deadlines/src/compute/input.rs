//! The question: everything a due date depends on, except the calendar.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::error::DeadlineError;
use crate::ledger::Ledger;
use crate::policies::Policies;
use crate::silence::SilenceRule;
use crate::term::Term;

/// Everything about a procedure that its due date depends on.
///
/// It does not hold the day of the question: a due date does not depend on when one asks, only
/// how the procedure *stands* does ([`Deadline::standing`](crate::Deadline::standing)).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// What the term is counted from.
    pub trigger: Trigger,
    /// The type's own term.
    pub term: Term,
    /// The silence clock.
    #[serde(default)]
    pub silence: SilenceRule,
    /// The switches of the type's version.
    #[serde(default)]
    pub policies: Policies,
    /// What stopped or lengthened the term.
    #[serde(default)]
    pub ledger: Ledger,
}

/// What a term is counted from (COA 158): a filing, a notification, a diligence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// Received at an instant; the filing policy turns it into a legal date.
    ReceivedAt(Timestamp),
    /// A legal date already: a notification, or a filing of which only the date is known. The
    /// filing policy does not touch it, for no hour is invented.
    On(Date),
}

impl Input {
    /// A question with no silence clock, Ecuador's default policies and an empty ledger.
    #[must_use]
    pub fn new(trigger: Trigger, term: Term) -> Self {
        Self {
            trigger,
            term,
            silence: SilenceRule::None,
            policies: Policies::default(),
            ledger: Ledger::default(),
        }
    }

    /// Refuses what no calendar could make sense of.
    pub(crate) fn check(&self) -> Result<(), DeadlineError> {
        self.policies.check()?;
        self.ledger.check_size()
    }
}
