//! In English.

use super::sentence::short;
use crate::error::DeadlineError;
use crate::language::Language::En;

#[expect(
    clippy::too_many_lines,
    reason = "one sentence each, and all in one match"
)]
pub(super) fn sentence(error: &DeadlineError) -> String {
    use DeadlineError as E;
    match error {
        E::HoursForbidden => {
            "The law knows no terms in hours. Use days, months or years.".to_owned()
        }
        E::NonPositiveTerm { amount } => format!("A term is at least 1, not {amount}."),
        E::ImmediateTermWithAmount { amount } => {
            format!("What is done at once has no number. Write 0 and not {amount}.")
        }
        E::TermTooLong { amount, limit, .. } => {
            format!("{amount} is too long: {limit} is the most. Check the number and its unit.")
        }
        E::UnknownTerm { text } => format!(
            "“{}” is not known. Business days, calendar days, weeks, months and years are.",
            short(text)
        ),
        E::DateOutOfRange { date } => format!(
            "A date, or the result, is outside the years 1900 to 2200 ({}). Check the dates.",
            short(date)
        ),
        E::UnknownCalendar { id } => {
            format!(
                "There is no calendar “{}”. Choose one of the list.",
                short(id)
            )
        }
        E::UnknownProfile { id } => format!(
            "There is no profile “{}”. There are ecuador, france and united_kingdom.",
            short(id)
        ),
        E::UnknownPolicies { name } => {
            format!(
                "The profile has no rules “{}”. Leave that field out.",
                short(name)
            )
        }
        E::NoCalendar => "Choose at least one calendar.".to_owned(),
        E::InvalidOfficeHours => "Office hours end after they begin.".to_owned(),
        E::CauseNotAllowed { cause, .. } => {
            format!("The law suspends no term for that cause ({cause}). Choose one of the list.")
        }
        E::SuspensionEndsBeforeItBegins { from, to } => format!(
            "The suspension of {} cannot end before, on {}. Check both dates.",
            En.date(*from),
            En.date(*to)
        ),
        E::SuspensionBeforeFiling { from, filed_on } => format!(
            "The suspension of {} precedes the filing on {}. Check both dates.",
            En.date(*from),
            En.date(*filed_on)
        ),
        E::NonPositiveExtension => "An extension adds at least 1 day. Say how many.".to_owned(),
        E::ExtensionExceedsHalf {
            amount,
            already: 0,
            cap,
        } => format!(
            "Extensions add up to half of the term at most, here {cap} days. You ask for {amount}: \
             ask for fewer."
        ),
        E::ExtensionExceedsHalf {
            amount,
            already,
            cap,
        } => format!(
            "Extensions add up to half of the term at most, here {cap} days. {already} were \
             granted, and you ask for {amount}. Ask for fewer."
        ),
        E::ExtensionsExhausted { grants } => {
            format!("The term was extended {grants} times, and can be extended no more.")
        }
        E::TermAlreadyExpired { due_on, on } => format!(
            "The term expired on {}: on {} it could be extended or suspended no more.",
            En.date(*due_on),
            En.date(*on)
        ),
        E::ExtensionBeforeFiling { on, filed_on } => format!(
            "The extension of {} precedes the filing on {}. Check both dates.",
            En.date(*on),
            En.date(*filed_on)
        ),
        E::TooMany { what, limit } => {
            format!("That is too much ({what}): {limit} is the most. Ask in parts.")
        }
        E::InvalidInput { detail } => {
            format!(
                "The question is not understood. Mend what is named: {}.",
                short(detail)
            )
        }
    }
}
