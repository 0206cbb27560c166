//! A term in words: `15 días laborables`.

use chasqui_deadlines::{Term, TermUnit};

use crate::{plain, plain_with};

/// The term, in the reader's language.
pub(super) fn in_words(term: Term) -> String {
    let key = match term.unit() {
        TermUnit::Immediate => return plain("type-immediate").to_owned(),
        TermUnit::BusinessDays => "type-business-days",
        TermUnit::CalendarDays => "type-calendar-days",
        TermUnit::Weeks => "type-weeks",
        TermUnit::Months => "type-months",
        TermUnit::Years => "type-years",
    };
    plain_with(key, &[("count", u64::from(term.amount()).into())])
}
