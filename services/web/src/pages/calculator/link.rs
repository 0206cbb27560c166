//! The address at which the calculator repeats a deadline: from a procedure's page to its sum.

use chasqui_deadlines::{CalendarBook, Deadline, Trigger};
use jiff::Timestamp;

use super::form::SUSPENSIONS;

/// The calculator with the deadline filled in; `None` if the form has no room for it, or would come to
/// another date than the one that was promised.
pub(crate) fn link_to(deadline: &Deadline, book: &CalendarBook) -> Option<String> {
    let input = deadline.input();
    let ledger = &input.ledger;
    let fits = ledger.suspensions.len() <= SUSPENSIONS
        && ledger.extensions.len() <= 1
        && ledger
            .suspensions
            .iter()
            .all(|one| one.cap_months.is_none())
        && input.policies == book.default_policies();
    let ids = deadline.calendar().ids();
    let known = book.version(ids, Timestamp::MAX).ok()?;
    if !fits || known != *deadline.calendar_version() {
        return None;
    }
    let mut link = Link(String::from("/calculadora"));
    match input.trigger {
        Trigger::On(date) => link.add("fecha", date),
        Trigger::ReceivedAt(at) => {
            let local = deadline.calendar().zone().local(at);
            link.add("fecha", local.date());
            link.add("hora", local.strftime("%H:%M"));
        }
    }
    link.add("cantidad", input.term.amount());
    link.add("unidad", input.term.unit().name());
    for id in ids {
        link.add("calendario", id);
    }
    for (n, suspension) in (1..).zip(&ledger.suspensions) {
        link.add(&format!("s{n}-causa"), suspension.cause.name());
        link.add(&format!("s{n}-desde"), suspension.from);
        if let Some(to) = suspension.to {
            link.add(&format!("s{n}-hasta"), to);
        }
        if let Some(days) = suspension.grant_business_days {
            link.add(&format!("s{n}-dias"), days);
        }
    }
    for extension in &ledger.extensions {
        link.add("ampliacion", extension.amount);
        link.add("ampliacion-fecha", extension.granted_and_notified_on);
    }
    Some(link.0)
}

/// An address being written. What is added are dates, numbers and names of ours: letters, digits,
/// hyphens, underscores and colons, none of which needs to be escaped.
struct Link(String);

impl Link {
    fn add(&mut self, name: &str, value: impl std::fmt::Display) {
        let mark = if self.0.contains('?') { '&' } else { '?' };
        self.0.push_str(&format!("{mark}{name}={value}"));
    }
}

#[cfg(test)]
mod tests {
    use chasqui_deadlines::{
        Extension, Input, Ledger, Policies, Roll, Suspension, SuspensionCause, compute,
    };
    use jiff::civil::date;

    use super::*;
    use crate::pages::calculator::form::Form;

    fn input() -> Input {
        let asked = Suspension::open(SuspensionCause::Rectification, date(2025, 9, 5));
        let filed: Timestamp = "2025-09-01T09:05:00-05:00".parse().unwrap();
        Input {
            ledger: Ledger {
                suspensions: vec![asked.until(date(2025, 9, 12)).granting(10)],
                extensions: vec![Extension::new(5, date(2025, 9, 26))],
            },
            ..Input::new(Trigger::ReceivedAt(filed), "15bd".parse().unwrap())
        }
    }

    fn deadline(input: &Input) -> Deadline {
        let book = CalendarBook::ecuador();
        let calendar = book
            .resolve(book.default_calendars(), Timestamp::MAX)
            .unwrap();
        compute(input, &calendar).unwrap()
    }

    #[test]
    fn the_form_of_the_link_asks_for_the_same_deadline() {
        let book = CalendarBook::ecuador();
        let promised = deadline(&input());
        let link = link_to(&promised, &book).unwrap();
        assert!(
            link.starts_with("/calculadora?fecha=2025-09-01&hora=09:05&cantidad=15&"),
            "{link}"
        );
        let query = link.split_once('?').unwrap().1;
        let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap());
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let mut form = Form::read(pairs.collect(), &book);
        let question = form.question(&book, date(2025, 9, 30)).unwrap();
        let repeated = chasqui_deadlines::BatchCalculator::default()
            .deadline(&question)
            .unwrap();
        assert_eq!(repeated.due_on, promised.due_on);
        assert_eq!(repeated.input(), promised.input());
    }

    #[test]
    fn what_the_form_has_no_room_for_has_no_link() {
        let book = CalendarBook::ecuador();
        let mut many = input();
        let one = many.ledger.suspensions[0];
        many.ledger.suspensions = vec![one; 4];
        let other_rules = Input {
            policies: Policies {
                roll: Roll::NextBusinessDay,
                ..input().policies
            },
            ..input()
        };
        for input in [many, other_rules] {
            assert_eq!(link_to(&deadline(&input), &book), None);
        }
        let calendar = book.resolve(
            book.default_calendars(),
            "2025-09-01T00:00:00Z".parse().unwrap(),
        );
        let promised = compute(&input(), &calendar.unwrap()).unwrap();
        assert_eq!(link_to(&promised, &book), None, "a decree has come since");
    }
}
