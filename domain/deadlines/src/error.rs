//! What can be wrong with a question about a deadline. Every refusal has a stable name that users,
//! the API and the batch calculator see ([`DeadlineError::name`]); wording for people is done at
//! the edge, in their language, from the data in the fields.

use jiff::civil::Date;
use thiserror::Error;

/// Why no deadline can be given, or why a step may not be taken.
///
/// It never stands for a programmer's mistake: each variant can be provoked by input, and input
/// never provokes a panic instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DeadlineError {
    /// Terms and periods in hours are forbidden (COA 158).
    #[error("terms in hours are forbidden")]
    HoursForbidden,
    /// A term has at least one unit, unless it is immediate.
    #[error("a term must be positive, not {amount}")]
    NonPositiveTerm {
        /// What was asked.
        amount: i64,
    },
    /// An immediate procedure has no amount.
    #[error("an immediate term has no amount, not {amount}")]
    ImmediateTermWithAmount {
        /// What was asked.
        amount: i64,
    },
    /// Longer than any term the law knows: most likely a typing mistake.
    #[error("a term of {amount} {unit} is longer than {limit}")]
    TermTooLong {
        /// What was asked.
        amount: i64,
        /// In which unit.
        unit: &'static str,
        /// The most that is accepted.
        limit: u16,
    },
    /// The text or the unit of a term is not known.
    #[error("unknown term {text:?}")]
    UnknownTerm {
        /// What was written.
        text: String,
    },
    /// Outside 1900-01-01 to 2200-12-31, as given or as computed.
    #[error("date {date} is outside 1900-01-01 to 2200-12-31")]
    DateOutOfRange {
        /// The date, or how it was reached.
        date: String,
    },
    /// The profile has no such calendar.
    #[error("unknown calendar {id:?}")]
    UnknownCalendar {
        /// What was asked.
        id: String,
    },
    /// There is no such profile.
    #[error("unknown profile {id:?}")]
    UnknownProfile {
        /// What was asked.
        id: String,
    },
    /// The profile has no set of policies of that name.
    #[error("unknown set of policies {name:?}")]
    UnknownPolicies {
        /// What was asked.
        name: String,
    },
    /// Without a calendar nothing can be counted.
    #[error("no calendar given")]
    NoCalendar,
    /// The desk must close after it opens.
    #[error("office hours end before they begin")]
    InvalidOfficeHours,
    /// The profile's law does not let a clock stop for this cause (COA 162: only for those listed).
    #[error("{profile} has no suspension for {cause}")]
    CauseNotAllowed {
        /// The cause.
        cause: &'static str,
        /// The profile.
        profile: String,
    },
    /// A suspension cannot end before the day it begins.
    #[error("a suspension from {from} cannot end on {to}")]
    SuspensionEndsBeforeItBegins {
        /// The day of its notification.
        from: Date,
        /// The day it is said to have ended.
        to: Date,
    },
    /// Nothing can be suspended before the procedure was filed.
    #[error("a suspension from {from} begins before the filing of {filed_on}")]
    SuspensionBeforeFiling {
        /// The day of its notification.
        from: Date,
        /// The day of filing.
        filed_on: Date,
    },
    /// An extension adds at least one day.
    #[error("an extension must be positive")]
    NonPositiveExtension,
    /// Extensions add up to at most half of the term (COA 161).
    #[error("{already} + {amount} days of extension exceed the cap of {cap}")]
    ExtensionExceedsHalf {
        /// The days of this extension.
        amount: u32,
        /// The days granted before it.
        already: u32,
        /// The most that the term allows in total.
        cap: u32,
    },
    /// The policy allows a fixed number of extensions (COA 161, a question for the lawyers).
    #[error("the term was already extended {grants} times")]
    ExtensionsExhausted {
        /// How many were granted.
        grants: usize,
    },
    /// An expired term is never extended or suspended (COA 161).
    #[error("the term expired on {due_on}, before {on}")]
    TermAlreadyExpired {
        /// The last day of the term.
        due_on: Date,
        /// The day of the attempt.
        on: Date,
    },
    /// Nothing can be extended before the procedure was filed.
    #[error("an extension of {on} precedes the filing of {filed_on}")]
    ExtensionBeforeFiling {
        /// The day of the grant.
        on: Date,
        /// The day of filing.
        filed_on: Date,
    },
    /// More entries than any real procedure has.
    #[error("more than {limit} {what}")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// The most that is accepted.
        limit: usize,
    },
    /// The question itself is not understood.
    #[error("invalid input: {detail}")]
    InvalidInput {
        /// What was expected.
        detail: String,
    },
}

impl DeadlineError {
    /// Every name there is, so that whoever words them can be shown to leave none out.
    pub const NAMES: [&'static str; 21] = [
        "HoursForbidden",
        "NonPositiveTerm",
        "ImmediateTermWithAmount",
        "TermTooLong",
        "UnknownTerm",
        "DateOutOfRange",
        "UnknownCalendar",
        "UnknownProfile",
        "UnknownPolicies",
        "NoCalendar",
        "InvalidOfficeHours",
        "CauseNotAllowed",
        "SuspensionEndsBeforeItBegins",
        "SuspensionBeforeFiling",
        "NonPositiveExtension",
        "ExtensionExceedsHalf",
        "ExtensionsExhausted",
        "TermAlreadyExpired",
        "ExtensionBeforeFiling",
        "TooMany",
        "InvalidInput",
    ];

    /// Counting left the range of dates.
    pub(crate) fn beyond() -> Self {
        Self::DateOutOfRange {
            date: "of the result".to_owned(),
        }
    }

    /// The name that users see: in `{"error": "Name"}`, in the API's problem code, in a rejection.
    ///
    /// ```
    /// use chasqui_deadlines::Term;
    ///
    /// // COA art. 158: terms in days, periods in months or years, never in hours.
    /// let refused = "48h".parse::<Term>().unwrap_err();
    /// assert_eq!(refused.name(), "HoursForbidden");
    /// ```
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::HoursForbidden => "HoursForbidden",
            Self::NonPositiveTerm { .. } => "NonPositiveTerm",
            Self::ImmediateTermWithAmount { .. } => "ImmediateTermWithAmount",
            Self::TermTooLong { .. } => "TermTooLong",
            Self::UnknownTerm { .. } => "UnknownTerm",
            Self::DateOutOfRange { .. } => "DateOutOfRange",
            Self::UnknownCalendar { .. } => "UnknownCalendar",
            Self::UnknownProfile { .. } => "UnknownProfile",
            Self::UnknownPolicies { .. } => "UnknownPolicies",
            Self::NoCalendar => "NoCalendar",
            Self::InvalidOfficeHours => "InvalidOfficeHours",
            Self::CauseNotAllowed { .. } => "CauseNotAllowed",
            Self::SuspensionEndsBeforeItBegins { .. } => "SuspensionEndsBeforeItBegins",
            Self::SuspensionBeforeFiling { .. } => "SuspensionBeforeFiling",
            Self::NonPositiveExtension => "NonPositiveExtension",
            Self::ExtensionExceedsHalf { .. } => "ExtensionExceedsHalf",
            Self::ExtensionsExhausted { .. } => "ExtensionsExhausted",
            Self::TermAlreadyExpired { .. } => "TermAlreadyExpired",
            Self::ExtensionBeforeFiling { .. } => "ExtensionBeforeFiling",
            Self::TooMany { .. } => "TooMany",
            Self::InvalidInput { .. } => "InvalidInput",
        }
    }
}
