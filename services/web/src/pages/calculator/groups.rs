//! The form's fields as the template shows them: labels, hints, choices, and what was typed.

use chasqui_deadlines::{CalendarBook, Language, TermUnit};

use super::field::{Choice, Field, Group, Kind};
use super::form::{Form, SUSPENSIONS, UNITS};
use super::typed::date;

impl Form {
    pub(super) fn groups(&self, book: &CalendarBook) -> Vec<Group> {
        let mut groups = vec![
            Group::new(
                "¿Cuándo se ingresó?",
                false,
                vec![
                    self.input(
                        "fecha",
                        "Fecha de ingreso",
                        "Por ejemplo, 31/10/2025.",
                        "date",
                    ),
                    self.input("hora", "Hora (si la sabe)", "Por ejemplo, 17:30.", "time"),
                ],
            ),
            Group::new(
                "¿Cuánto tiempo da la ley?",
                false,
                vec![
                    self.input("cantidad", "Cuántos", "Por ejemplo, 15.", "number"),
                    self.select("unidad", "Unidad", units()),
                ],
            ),
            Group::new("¿Dónde?", false, vec![self.checkboxes(book)]),
        ];
        groups.extend((1..=SUSPENSIONS).map(|n| self.suspension_group(n, book)));
        groups.push(Group::new(
            "Ampliación",
            true,
            vec![
                self.input(
                    "ampliacion",
                    "Días que se añadieron",
                    "Como máximo la mitad del término.",
                    "number",
                ),
                self.input("ampliacion-fecha", "Notificada el", "", "date"),
            ],
        ));
        let hint = "Si no escribe una, es hoy.";
        groups.push(Group::new(
            "¿Cómo está en otra fecha?",
            true,
            vec![self.input("al", "Fecha de la consulta", hint, "date")],
        ));
        groups
    }

    fn suspension_group(&self, n: usize, book: &CalendarBook) -> Group {
        let causes = book.causes().map(|cause| {
            let label = cause.label(Language::Es);
            (cause.name().to_owned(), capitalised(&label))
        });
        let open = "Déjelo vacío si todavía no se cumple: el tiempo sigue detenido.";
        let granted =
            "Los que se dieron para cumplir; por ejemplo, 10 para completar la solicitud.";
        let field = |part: &str| format!("s{n}-{part}");
        Group::new(
            format!("Suspensión {n}"),
            true,
            vec![
                self.select(&field("causa"), "Causa", causes.collect()),
                self.input(&field("desde"), "Notificada el", "", "date"),
                self.input(&field("hasta"), "Cumplida el", open, "date"),
                self.input(&field("dias"), "Días hábiles concedidos", granted, "number"),
            ],
        )
    }

    fn input(
        &self,
        id: &str,
        label: &'static str,
        hint: &'static str,
        kind: &'static str,
    ) -> Field {
        let typed = self.value(id);
        // A browser shows a date only in its own form; what is no date goes back as it was typed.
        let (kind, value) = match (kind, date(typed)) {
            ("date", Some(date)) => (kind, date.to_string()),
            _ if self.mistake_in(id).is_some() && !typed.is_empty() => ("text", typed.to_owned()),
            _ => (kind, typed.to_owned()),
        };
        self.field(id, label, hint, Kind::Input(kind), value)
    }

    fn select(&self, id: &str, label: &'static str, choices: Vec<(String, String)>) -> Field {
        let typed = self.value(id);
        let choices = choices.into_iter().map(|(value, label)| Choice {
            chosen: value == typed,
            value,
            label,
        });
        self.field(
            id,
            label,
            "",
            Kind::Select(choices.collect()),
            typed.to_owned(),
        )
    }

    fn checkboxes(&self, book: &CalendarBook) -> Field {
        let choices = book.calendars().into_iter().map(|info| Choice {
            chosen: self.calendars.iter().any(|id| *id == info.id.as_str()),
            value: info.id.to_string(),
            label: info.name.in_language(Language::Es).to_owned(),
        });
        let hint = "Los feriados de la persona y los de la oficina cuentan. Los nacionales se suman siempre.";
        let kind = Kind::Checkboxes(choices.collect());
        self.field("calendario", "Calendarios", hint, kind, String::new())
    }

    fn field(
        &self,
        id: &str,
        label: &'static str,
        hint: &'static str,
        kind: Kind,
        value: String,
    ) -> Field {
        Field {
            id: id.to_owned(),
            label,
            hint,
            kind,
            value,
            mistake: self.mistake_in(id).map(str::to_owned),
        }
    }

    fn mistake_in(&self, id: &str) -> Option<&str> {
        let found = self.mistakes().iter().find(|(field, _)| field == id);
        found.map(|(_, text)| text.as_str())
    }
}

fn units() -> Vec<(String, String)> {
    let label = |unit| match unit {
        TermUnit::BusinessDays => "días hábiles",
        TermUnit::CalendarDays => "días seguidos",
        TermUnit::Weeks => "semanas",
        TermUnit::Months => "meses",
        TermUnit::Years => "años",
        TermUnit::Immediate => "en el momento",
    };
    UNITS
        .into_iter()
        .map(|unit| (unit.name().to_owned(), label(unit).to_owned()))
        .collect()
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters
        .next()
        .map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + characters.as_str()
}
