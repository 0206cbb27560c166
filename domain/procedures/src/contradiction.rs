//! How a source's claim contradicts the history before it.
//!
//! Real histories contradict tidy rules: decided twice, resumed without a stop, an event before the
//! filing. An import records what the source claims and names the contradiction; a figure can then
//! count it. Whether the claim still has an effect is said here, once.

use serde::{Deserialize, Serialize};

/// A named contradiction. An entry may have several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Contradiction {
    /// The source states no filing; it was placed at its first event.
    FilingNotStated,
    /// It was filed already.
    FiledTwice,
    /// It stands before the filing.
    BeforeFiling,
    /// It stands before the event that the source lists before it.
    OutOfOrder,
    /// It stands after the file was closed.
    AfterClosing,
    /// It was decided already.
    DecidedTwice,
    /// Nothing was decided that could be notified.
    NotifiedUndecided,
    /// The applicant was asked already and had not answered.
    AskedTwice,
    /// Nobody had asked the applicant.
    AnsweredUnasked,
    /// The term was suspended for this cause already.
    SuspendedTwice,
    /// The term was not suspended for this cause.
    ResumedUnsuspended,
    /// The procedure had already been withdrawn.
    WithdrawnTwice,
    /// The file was closed already.
    ArchivedTwice,
    /// The source states an end before the filing.
    EndBeforeFiling,
    /// The source states a due date before the filing.
    DueBeforeFiling,
}

impl Contradiction {
    /// All of them, in the order of this file.
    pub const ALL: [Self; 15] = [
        Self::FilingNotStated,
        Self::FiledTwice,
        Self::BeforeFiling,
        Self::OutOfOrder,
        Self::AfterClosing,
        Self::DecidedTwice,
        Self::NotifiedUndecided,
        Self::AskedTwice,
        Self::AnsweredUnasked,
        Self::SuspendedTwice,
        Self::ResumedUnsuspended,
        Self::WithdrawnTwice,
        Self::ArchivedTwice,
        Self::EndBeforeFiling,
        Self::DueBeforeFiling,
    ];

    /// Whether a claim with this contradiction leaves the procedure's state and clock as they were.
    /// It stays in the history all the same.
    #[must_use]
    pub fn voids_effect(self) -> bool {
        match self {
            Self::FiledTwice
            | Self::BeforeFiling
            | Self::DecidedTwice
            | Self::NotifiedUndecided
            | Self::AskedTwice
            | Self::AnsweredUnasked
            | Self::SuspendedTwice
            | Self::ResumedUnsuspended
            | Self::WithdrawnTwice
            | Self::ArchivedTwice => true,
            Self::FilingNotStated
            | Self::OutOfOrder
            | Self::AfterClosing
            | Self::EndBeforeFiling
            | Self::DueBeforeFiling => false,
        }
    }

    /// The contradiction's name in reports and tables.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::FilingNotStated => "filing_not_stated",
            Self::FiledTwice => "filed_twice",
            Self::BeforeFiling => "before_filing",
            Self::OutOfOrder => "out_of_order",
            Self::AfterClosing => "after_closing",
            Self::DecidedTwice => "decided_twice",
            Self::NotifiedUndecided => "notified_undecided",
            Self::AskedTwice => "asked_twice",
            Self::AnsweredUnasked => "answered_unasked",
            Self::SuspendedTwice => "suspended_twice",
            Self::ResumedUnsuspended => "resumed_unsuspended",
            Self::WithdrawnTwice => "withdrawn_twice",
            Self::ArchivedTwice => "archived_twice",
            Self::EndBeforeFiling => "end_before_filing",
            Self::DueBeforeFiling => "due_before_filing",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_equals_its_serialised_form() {
        for contradiction in Contradiction::ALL {
            assert_eq!(
                serde_json::to_value(contradiction).unwrap(),
                contradiction.id()
            );
        }
    }
}
