//! What the form sent, read field by field: every mistake is told beside its field, and what was typed
//! stays. What is right becomes a question like any other; the law's answer is not looked for here.

use std::collections::BTreeMap;

use chasqui_deadlines::{
    BatchInput, CalendarBook, CalendarId, DeadlineError, Extension, Language, Suspension,
    SuspensionCause, TermUnit,
};
use jiff::civil::{Date, Time};
use serde_json::json;

use super::typed::date;
use crate::refusal;

/// How many suspensions the form has room for.
pub(super) const SUSPENSIONS: usize = 3;

/// The most characters of a value that are kept.
const LONGEST: usize = 60;

/// The units of a term, the most usual first.
pub(super) const UNITS: [TermUnit; 6] = [
    TermUnit::BusinessDays,
    TermUnit::CalendarDays,
    TermUnit::Weeks,
    TermUnit::Months,
    TermUnit::Years,
    TermUnit::Immediate,
];

/// The form as it was sent.
#[derive(Debug)]
pub(super) struct Form {
    values: BTreeMap<String, String>,
    /// The chosen calendars.
    pub(super) calendars: Vec<String>,
    submitted: bool,
    mistakes: Vec<(String, String)>,
}

impl Form {
    /// Takes the fields that the form has out of an address, and nothing else.
    pub(super) fn read(pairs: Vec<(String, String)>, book: &CalendarBook) -> Self {
        let mut form = Self {
            values: BTreeMap::new(),
            calendars: Vec::new(),
            submitted: false,
            mistakes: Vec::new(),
        };
        let names: Vec<String> = form
            .groups(book)
            .into_iter()
            .flat_map(|g| g.fields)
            .map(|f| f.id)
            .collect();
        for (name, value) in pairs {
            if !names.contains(&name) {
                continue;
            }
            form.submitted = true;
            let value: String = value.trim().chars().take(LONGEST).collect();
            match name == "calendario" {
                true if form.calendars.len() < CalendarBook::MAX_UNION => {
                    form.calendars.push(value)
                }
                true => {}
                false => drop(form.values.insert(name, value)),
            }
        }
        if !form.submitted {
            let ids = book.default_calendars().iter().map(ToString::to_string);
            form.calendars = ids.collect();
        }
        form
    }

    /// What is wrong, with the field it is wrong in.
    pub(super) fn mistakes(&self) -> &[(String, String)] {
        &self.mistakes
    }

    /// The question, if the form was sent and every field can be read.
    pub(super) fn question(&mut self, book: &CalendarBook, today: Date) -> Option<BatchInput> {
        if !self.submitted {
            return None;
        }
        let filed = self.filed(book);
        let term = self.term();
        let calendars = self.union(book);
        let suspensions: Vec<_> = (1..=SUSPENSIONS)
            .filter_map(|n| self.suspension(n))
            .collect();
        let extension = self.extension();
        let as_of = self.date("al", "el día de la consulta").or(Some(today));
        if !self.mistakes.is_empty() {
            return None;
        }
        let (field, filed) = filed?;
        let question = json!({
            field: filed,
            "term": term?,
            "calendars": calendars,
            "suspensions": suspensions,
            "extensions": extension.into_iter().collect::<Vec<_>>(),
            "as_of": as_of,
        });
        match BatchInput::parse(&question.to_string()) {
            Ok(question) => Some(question),
            Err(error) => {
                self.refused(&error);
                None
            }
        }
    }

    /// Tells of something wrong in a field.
    pub(super) fn mistake(&mut self, field: &str, text: impl Into<String>) {
        self.mistakes.push((field.to_owned(), text.into()));
    }

    /// What was typed into a field.
    pub(super) fn value(&self, field: &str) -> &str {
        self.values.get(field).map_or("", String::as_str)
    }

    /// A date, if one was typed; what is typed and no date is a mistake.
    fn date(&mut self, field: &str, what: &str) -> Option<Date> {
        let typed = self.value(field);
        if typed.is_empty() {
            return None;
        }
        let date = date(typed);
        if date.is_none() {
            let text = format!("No se entiende {what}. Escriba una fecha como 31/10/2025.");
            self.mistake(field, text);
        }
        date
    }

    /// A number of days, if one was typed.
    fn number<N: std::str::FromStr>(&mut self, field: &str, example: &str) -> Option<N> {
        let typed = self.value(field);
        if typed.is_empty() {
            return None;
        }
        let number = typed.parse().ok();
        if number.is_none() {
            self.mistake(field, format!("Escriba un número entero, como {example}."));
        }
        number
    }

    /// When it was filed: an instant, or a date of which no hour is known.
    fn filed(&mut self, book: &CalendarBook) -> Option<(&'static str, serde_json::Value)> {
        let date = self.date("fecha", "la fecha de ingreso");
        if self.value("fecha").is_empty() {
            self.mistake("fecha", "Escriba la fecha de ingreso, como 31/10/2025.");
        }
        let hour = self.value("hora").to_owned();
        if hour.is_empty() {
            return Some(("trigger_date", json!(date?)));
        }
        let Ok(time) = hour.parse::<Time>() else {
            self.mistake(
                "hora",
                "No se entiende la hora. Escriba una como 17:30, o ninguna.",
            );
            return None;
        };
        match book.zone().instant(date?.to_datetime(time)) {
            Ok(instant) => Some(("filed_at", json!(instant))),
            Err(error) => {
                self.mistake("fecha", refusal::explain(&error, Language::Es));
                None
            }
        }
    }

    fn term(&mut self) -> Option<serde_json::Value> {
        let typed = self.value("unidad").to_owned();
        let unit = match &*typed {
            "" => Some(TermUnit::BusinessDays),
            name => UNITS.into_iter().find(|unit| unit.name() == name),
        };
        let Some(unit) = unit else {
            self.mistake("unidad", "Elija una unidad de la lista.");
            return None;
        };
        if unit == TermUnit::Immediate {
            return Some(json!({ "amount": 0, "unit": unit }));
        }
        if self.value("cantidad").is_empty() {
            self.mistake(
                "cantidad",
                "Escriba cuántos días, meses o años da la ley, como 15.",
            );
        }
        let amount: i64 = self.number("cantidad", "15")?;
        Some(json!({ "amount": amount, "unit": unit }))
    }

    /// The chosen calendars with those of the larger places they belong to: without the national
    /// holidays no local calendar is right.
    fn union(&mut self, book: &CalendarBook) -> Vec<CalendarId> {
        let mut union = Vec::new();
        for name in self.calendars.clone() {
            let ids = CalendarId::parse(&name).and_then(|id| book.jurisdictions(&id, None));
            match ids {
                Ok(ids) => union.extend(ids),
                Err(error) => self.mistake("calendario", refusal::explain(&error, Language::Es)),
            }
        }
        if self.calendars.is_empty() {
            self.mistake(
                "calendario",
                refusal::explain(&DeadlineError::NoCalendar, Language::Es),
            );
        }
        union.sort();
        union.dedup();
        union
    }

    fn suspension(&mut self, n: usize) -> Option<Suspension> {
        let id = |part: &str| format!("s{n}-{part}");
        let from = self.date(&id("desde"), "la fecha de notificación");
        let to = self.date(&id("hasta"), "la fecha en que se cumplió");
        let granted: Option<u16> = self.number(&id("dias"), "10");
        let named = self.value(&id("causa")).to_owned();
        let cause = match &*named {
            "" => Some(SuspensionCause::Rectification),
            name => SuspensionCause::ALL
                .into_iter()
                .find(|cause| cause.name() == name),
        };
        if cause.is_none() {
            self.mistake(&id("causa"), "Elija una causa de la lista.");
        }
        let rest = [id("hasta"), id("dias")];
        let is_begun = rest.iter().any(|field| !self.value(field).is_empty());
        if self.value(&id("desde")).is_empty() && is_begun {
            self.mistake(
                &id("desde"),
                "Escriba cuándo se notificó, o borre los otros campos.",
            );
        }
        Some(Suspension {
            to,
            grant_business_days: granted,
            ..Suspension::open(cause?, from?)
        })
    }

    fn extension(&mut self) -> Option<Extension> {
        let days: Option<u16> = self.number("ampliacion", "5");
        let on = self.date("ampliacion-fecha", "la fecha de la ampliación");
        let is_empty = |form: &Self, field| form.value(field).is_empty();
        match (
            is_empty(self, "ampliacion"),
            is_empty(self, "ampliacion-fecha"),
        ) {
            (true, false) => self.mistake("ampliacion", "Escriba cuántos días se añadieron."),
            (false, true) => self.mistake("ampliacion-fecha", "Escriba cuándo se notificó."),
            (true, true) | (false, false) => {}
        }
        Some(Extension::new(days?, on?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names and values, as in an address.
    type Typed = &'static [(&'static str, &'static str)];

    /// The form of an address, and the question it makes.
    fn sent(query: &[(&str, &str)]) -> (Form, Option<BatchInput>) {
        let pairs = query
            .iter()
            .map(|(name, value)| (name.to_string(), value.to_string()));
        let book = CalendarBook::ecuador();
        let mut form = Form::read(pairs.collect(), &book);
        let question = form.question(&book, jiff::civil::date(2026, 11, 23));
        (form, question)
    }

    const GOOD: [(&str, &str); 3] = [
        ("fecha", "2025-09-01"),
        ("cantidad", "15"),
        ("calendario", "EC-QUITO"),
    ];

    fn wrong_fields(form: &Form) -> Vec<&str> {
        form.mistakes()
            .iter()
            .map(|(field, _)| field.as_str())
            .collect()
    }

    #[test]
    fn a_form_that_was_not_sent_asks_nothing_and_has_no_mistakes() {
        for query in [&[][..], &[("utm_source", "x")]] {
            let (form, question) = sent(query);
            assert!(question.is_none() && form.mistakes().is_empty());
            assert_eq!(form.calendars, ["EC", "EC-QUITO"]);
        }
    }

    #[test]
    fn the_national_holidays_always_count_and_today_is_the_day_of_the_question() {
        let (_, question) = sent(&GOOD);
        let question = question.unwrap();
        assert_eq!(question.calendars.unwrap(), ["EC", "EC-QUITO"]);
        assert_eq!(question.as_of.unwrap().to_string(), "2026-11-23");
        assert_eq!(question.trigger_date.unwrap().to_string(), "2025-09-01");
    }

    #[test]
    fn an_hour_makes_the_filing_an_instant_of_the_place() {
        let (_, question) = sent(&[&GOOD[..], &[("hora", "17:30")]].concat());
        let filed_at = question.unwrap().filed_at.unwrap();
        assert_eq!(filed_at.to_string(), "2025-09-01T22:30:00Z");
    }

    #[test]
    fn every_mistake_is_told_beside_its_field() {
        let cases: [(Typed, &[&str]); 9] = [
            (&[("fecha", "")], &["fecha", "cantidad", "calendario"]),
            (&[("fecha", "ayer")], &["fecha"]),
            (&[("hora", "25:99")], &["hora"]),
            (&[("cantidad", "quince")], &["cantidad"]),
            (&[("unidad", "lunas")], &["unidad"]),
            (&[("calendario", "MOON")], &["calendario"]),
            (&[("s2-hasta", "2025-09-09")], &["s2-desde"]),
            (
                &[("s3-desde", "x"), ("s3-causa", "siesta")],
                &["s3-desde", "s3-causa"],
            ),
            (
                &[("ampliacion", "5"), ("al", "31/31/2025")],
                &["ampliacion-fecha", "al"],
            ),
        ];
        for (index, (typed, expected)) in cases.iter().enumerate() {
            // What is typed later stands for what was typed before.
            let good = if index == 0 { &[][..] } else { &GOOD[..] };
            let (form, question) = sent(&[good, typed].concat());
            assert!(question.is_none(), "{typed:?}");
            assert_eq!(wrong_fields(&form), *expected, "{typed:?}");
            for (name, value) in *typed {
                assert!(
                    *name == "calendario" || form.value(name) == *value,
                    "{name} is lost"
                );
            }
        }
    }

    #[test]
    fn values_of_any_length_and_number_are_cut() {
        let long = "9".repeat(10_000);
        let (form, _) = sent(&[("fecha", &long)]);
        assert_eq!(form.value("fecha").len(), LONGEST);
        let many: Vec<_> = (0..1_000).map(|_| ("calendario", "EC")).collect();
        assert_eq!(sent(&many).0.calendars.len(), CalendarBook::MAX_UNION);
    }
}
