//! The sentence of a refusal in a language. Each language is one file with one match: a new refusal does
//! not compile until it has its words in all of them.

use super::{en, es, qu};
use crate::error::DeadlineError;
use crate::language::Language;

impl DeadlineError {
    /// What is wrong and what to do about it, for people, without the article. What was written is
    /// repeated at most to a length that can be read.
    ///
    /// ```
    /// use chasqui_deadlines::{Language, Term};
    ///
    /// // COA art. 158: never in hours.
    /// let refused = "48h".parse::<Term>().unwrap_err();
    /// assert!(refused.sentence(Language::Es).starts_with("La ley no admite"));
    /// assert!(refused.sentence(Language::En).starts_with("The law"));
    /// ```
    #[must_use]
    pub fn sentence(&self, language: Language) -> String {
        match language {
            Language::Es => es::sentence(self),
            Language::En => en::sentence(self),
            Language::Qu => qu::sentence(self),
        }
    }
}

/// What somebody wrote, cut to a length that can be read.
pub(super) fn short(text: &str) -> String {
    const LONGEST: usize = 160;
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::*;

    /// One of each, with data that can be found again.
    fn every_refusal() -> Vec<DeadlineError> {
        use DeadlineError as E;
        let (from, to) = (date(2025, 9, 10), date(2025, 9, 9));
        let text = "qzx".to_owned();
        vec![
            E::HoursForbidden,
            E::NonPositiveTerm { amount: -31 },
            E::ImmediateTermWithAmount { amount: 31 },
            E::TermTooLong {
                amount: 31,
                unit: "business_days",
                limit: 37,
            },
            E::UnknownTerm { text: text.clone() },
            E::DateOutOfRange { date: text.clone() },
            E::UnknownCalendar { id: text.clone() },
            E::UnknownProfile { id: text.clone() },
            E::UnknownPolicies { name: text.clone() },
            E::NoCalendar,
            E::InvalidOfficeHours,
            E::CauseNotAllowed {
                cause: "qzx",
                profile: "ecuador".to_owned(),
            },
            E::SuspensionEndsBeforeItBegins { from, to },
            E::SuspensionBeforeFiling {
                from: to,
                filed_on: from,
            },
            E::NonPositiveExtension,
            E::ExtensionExceedsHalf {
                amount: 31,
                already: 2,
                cap: 37,
            },
            E::ExtensionsExhausted { grants: 31 },
            E::TermAlreadyExpired {
                due_on: to,
                on: from,
            },
            E::ExtensionBeforeFiling {
                on: to,
                filed_on: from,
            },
            E::TooMany {
                what: "qzx",
                limit: 31,
            },
            E::InvalidInput { detail: text },
        ]
    }

    #[test]
    fn every_refusal_is_worded_in_every_language_and_keeps_its_data() {
        let all = every_refusal();
        let names: BTreeSet<_> = all.iter().map(DeadlineError::name).collect();
        assert!(
            names
                .into_iter()
                .eq(DeadlineError::NAMES.into_iter().collect::<BTreeSet<_>>())
        );
        for error in &all {
            let spanish = error.sentence(Language::Es);
            let sentences = Language::ALL.map(|language| error.sentence(language));
            let different: BTreeSet<_> = sentences.iter().collect();
            assert_eq!(different.len(), 3, "{sentences:?}");
            for sentence in &sentences {
                assert!(sentence.ends_with('.') && sentence.len() > 20, "{sentence}");
                for data in ["qzx", "31", "37", " 10 ", " 9 "] {
                    let has = |text: &str| text.contains(data);
                    assert_eq!(has(sentence), has(&spanish), "{data}: {sentence}");
                }
            }
        }
    }

    #[test]
    fn what_was_written_is_not_repeated_at_any_length() {
        let text = "é".repeat(5_000);
        for language in Language::ALL {
            let error = DeadlineError::UnknownTerm { text: text.clone() };
            assert!(error.sentence(language).len() < 600);
        }
    }
}
