//! Where on the form an answer of the law belongs: beside the field it speaks of.

use chasqui_deadlines::{DeadlineError, Language};
use jiff::civil::Date;

use super::form::{Form, SUSPENSIONS};
use super::typed::date;
use crate::refusal;

impl Form {
    /// The law's own refusal, told beside the field it speaks of.
    pub(super) fn refused(&mut self, error: &DeadlineError) {
        let field = self.field_of(error);
        self.mistake(&field, refusal::explain(error, Language::Es));
    }

    /// The beginning of the names of the suspension in which these dates were typed.
    fn suspension_with(&self, dates: &[(&str, Date)]) -> String {
        let holds = |n: &usize| {
            let typed = |part: &str| date(self.value(&format!("s{n}-{part}")));
            dates.iter().all(|(part, date)| typed(part) == Some(*date))
        };
        let n = (1..=SUSPENSIONS).find(holds).unwrap_or(1);
        format!("s{n}-")
    }

    /// Which field an answer of the law speaks of.
    fn field_of(&self, error: &DeadlineError) -> String {
        if let DeadlineError::SuspensionEndsBeforeItBegins { from, to } = error {
            return self.suspension_with(&[("desde", *from), ("hasta", *to)]) + "hasta";
        }
        if let DeadlineError::SuspensionBeforeFiling { from, .. } = error {
            return self.suspension_with(&[("desde", *from)]) + "desde";
        }
        let late = matches!(
            error,
            DeadlineError::TermAlreadyExpired { .. } | DeadlineError::ExtensionBeforeFiling { .. }
        );
        match refusal::pointer(error) {
            "/term/unit" => "unidad",
            "/term/amount" => "cantidad",
            "/calendars" => "calendario",
            "/suspensions" => "s1-causa",
            "/extensions" if late => "ampliacion-fecha",
            "/extensions" => "ampliacion",
            _ => "fecha",
        }
        .to_owned()
    }
}

#[cfg(test)]
mod tests {
    use chasqui_deadlines::{BatchCalculator, CalendarBook};

    use super::*;

    /// Names and values, as in an address.
    type Typed = &'static [(&'static str, &'static str)];

    #[test]
    fn what_the_law_refuses_is_told_beside_the_field_it_speaks_of() {
        let cases: [(Typed, &str); 7] = [
            (&[("cantidad", "0")], "cantidad"),
            (&[("cantidad", "9999999")], "cantidad"),
            (&[("fecha", "1800-01-01")], "fecha"),
            (
                &[("s2-desde", "2025-09-10"), ("s2-hasta", "2025-09-09")],
                "s2-hasta",
            ),
            (&[("s3-desde", "2025-08-01")], "s3-desde"),
            (
                &[("ampliacion", "8"), ("ampliacion-fecha", "2025-09-10")],
                "ampliacion",
            ),
            (
                &[("ampliacion", "5"), ("ampliacion-fecha", "2026-01-10")],
                "ampliacion-fecha",
            ),
        ];
        for (typed, expected) in cases {
            let good: Typed = &[
                ("fecha", "2025-09-01"),
                ("cantidad", "15"),
                ("calendario", "EC"),
            ];
            let pairs = good.iter().chain(typed);
            let pairs = pairs.map(|(name, value)| (name.to_string(), value.to_string()));
            let book = CalendarBook::ecuador();
            let mut form = Form::read(pairs.collect(), &book);
            let question = form
                .question(&book, jiff::civil::date(2026, 11, 23))
                .unwrap();
            let error = BatchCalculator::default().answer(&question).unwrap_err();
            form.refused(&error);
            let [(field, text)] = form.mistakes() else {
                panic!("{:?}", form.mistakes())
            };
            assert_eq!(field, expected, "{typed:?}");
            assert!(text.ends_with('.'), "{text}");
        }
    }
}
