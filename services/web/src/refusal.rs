//! Why the calculator gives no date: what is wrong, where, and what to do. Names and words are the
//! domain's.

use chasqui_deadlines::{DeadlineError, Language};

/// What is wrong with a question, what to do about it, and the article that says so.
pub(crate) fn explain(error: &DeadlineError, language: Language) -> String {
    let sentence = error.sentence(language);
    match error.article().and_then(|article| article.split_once(' ')) {
        None => sentence,
        Some((law, number)) => {
            format!("{} ({law}, art. {number}).", sentence.trim_end_matches('.'))
        }
    }
}

/// The part of a question that an error speaks of, as a JSON pointer; the whole if it is not one part.
pub(crate) const fn pointer(error: &DeadlineError) -> &'static str {
    match error {
        DeadlineError::HoursForbidden | DeadlineError::UnknownTerm { .. } => "/term/unit",
        DeadlineError::NonPositiveTerm { .. }
        | DeadlineError::ImmediateTermWithAmount { .. }
        | DeadlineError::TermTooLong { .. } => "/term/amount",
        DeadlineError::UnknownCalendar { .. } | DeadlineError::NoCalendar => "/calendars",
        DeadlineError::UnknownProfile { .. } => "/profile",
        DeadlineError::UnknownPolicies { .. } => "/policy_set",
        DeadlineError::InvalidOfficeHours => "/office_close",
        DeadlineError::CauseNotAllowed { .. }
        | DeadlineError::SuspensionEndsBeforeItBegins { .. }
        | DeadlineError::SuspensionBeforeFiling { .. } => "/suspensions",
        DeadlineError::NonPositiveExtension
        | DeadlineError::ExtensionExceedsHalf { .. }
        | DeadlineError::ExtensionsExhausted { .. }
        | DeadlineError::TermAlreadyExpired { .. }
        | DeadlineError::ExtensionBeforeFiling { .. } => "/extensions",
        DeadlineError::DateOutOfRange { .. }
        | DeadlineError::TooMany { .. }
        | DeadlineError::InvalidInput { .. } => "",
    }
}

#[cfg(test)]
mod tests {
    use chasqui_deadlines::BatchCalculator;
    use chasqui_deadlines::BatchInput;

    use super::*;

    fn refused(question: &str) -> DeadlineError {
        let parsed = BatchInput::parse(question);
        let answer = parsed.and_then(|question| BatchCalculator::default().answer(&question));
        answer.unwrap_err()
    }

    #[test]
    fn a_refusal_says_what_to_do_and_where() {
        let term = r#""trigger_date":"2025-09-01","term":{"amount":15,"unit":"business_days"}"#;
        let cases = [
            ("{}".to_owned(), "", "Corrija lo que se indica"),
            (
                format!(r#"{{{term},"calendars":["XX"]}}"#),
                "/calendars",
                "Elija uno de la lista",
            ),
            (
                format!(
                    r#"{{{term},"extensions":[{{"amount":8,"granted_and_notified_on":"2025-09-10"}}]}}"#
                ),
                "/extensions",
                "7 días",
            ),
            (
                format!(
                    r#"{{{term},"suspensions":[{{"cause":"informe","from":"2025-09-10","to":"2025-09-09"}}]}}"#
                ),
                "/suspensions",
                "10 de septiembre de 2025",
            ),
            (
                r#"{"trigger_date":"2025-09-01","term":{"amount":48,"unit":"hours"}}"#.to_owned(),
                "/term/unit",
                "COA, art. 158",
            ),
        ];
        for (question, place, words) in cases {
            let error = refused(&question);
            assert_eq!(pointer(&error), place, "{question}");
            assert!(
                explain(&error, Language::Es).contains(words),
                "{}",
                explain(&error, Language::Es)
            );
        }
    }

    #[test]
    fn what_was_written_is_not_repeated_at_any_length() {
        let unit = "é".repeat(5_000);
        let question =
            format!(r#"{{"trigger_date":"2025-09-01","term":{{"amount":1,"unit":"{unit}"}}}}"#);
        assert!(explain(&refused(&question), Language::Es).len() < 600);
    }
}
