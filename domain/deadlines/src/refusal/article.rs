//! The article of law behind a refusal.

use crate::error::DeadlineError;

impl DeadlineError {
    /// The article that forbids it, as it is cited; none if only the question is malformed.
    ///
    /// ```
    /// use chasqui_deadlines::Term;
    ///
    /// // COA art. 158: never in hours.
    /// let refused = "48h".parse::<Term>().unwrap_err();
    /// assert_eq!(refused.article(), Some("COA 158"));
    /// ```
    #[must_use]
    pub const fn article(&self) -> Option<&'static str> {
        match self {
            Self::HoursForbidden | Self::NonPositiveTerm { .. } => Some("COA 158"),
            Self::ExtensionExceedsHalf { .. }
            | Self::ExtensionsExhausted { .. }
            | Self::TermAlreadyExpired { .. } => Some("COA 161"),
            Self::CauseNotAllowed { .. }
            | Self::SuspensionEndsBeforeItBegins { .. }
            | Self::SuspensionBeforeFiling { .. } => Some("COA 162"),
            Self::ImmediateTermWithAmount { .. }
            | Self::TermTooLong { .. }
            | Self::UnknownTerm { .. }
            | Self::DateOutOfRange { .. }
            | Self::UnknownCalendar { .. }
            | Self::UnknownProfile { .. }
            | Self::UnknownPolicies { .. }
            | Self::NoCalendar
            | Self::InvalidOfficeHours
            | Self::NonPositiveExtension
            | Self::ExtensionBeforeFiling { .. }
            | Self::TooMany { .. }
            | Self::InvalidInput { .. } => None,
        }
    }
}
