//! What the fields and the fixed words of the sheets are called on a page, in both languages.

use super::indicator::{Breakdown, Direction, Frequency};
use super::source::{Capture, PersonalData};
use super::text::Language;
use crate::figure::Measure;

/// A word in both languages.
#[derive(Clone, Copy)]
pub(super) struct Label(pub(super) &'static str, pub(super) &'static str);

impl Label {
    pub(super) const fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Es => self.0,
            Language::En => self.1,
        }
    }
}

pub(super) const fn measure(measure: Measure) -> Label {
    match measure {
        Measure::Share => Label("proporción, de 0 a 1", "share, from 0 to 1"),
        Measure::Percent => Label(
            "por ciento; puede pasar de 100",
            "per cent; may be above 100",
        ),
        Measure::PerThousand => Label("por mil", "per thousand"),
        Measure::BusinessDays => Label("días hábiles", "business days"),
        Measure::CalendarDays => Label("días calendario", "calendar days"),
        Measure::Procedures => Label("trámites", "procedures"),
        Measure::Seconds => Label("segundos", "seconds"),
        Measure::Points => Label("puntos, de 1 a 5", "points, from 1 to 5"),
    }
}

pub(super) const fn direction(direction: Direction) -> Label {
    match direction {
        Direction::More => Label("más es mejor", "more is better"),
        Direction::Less => Label("menos es mejor", "less is better"),
        Direction::Neither => Label("ninguno", "neither"),
    }
}

pub(super) const fn frequency(frequency: Frequency) -> Label {
    match frequency {
        Frequency::Continuous => Label("continua", "continuous"),
        Frequency::Daily => Label("diaria", "daily"),
        Frequency::Monthly => Label("mensual", "monthly"),
        Frequency::Quarterly => Label("trimestral", "quarterly"),
    }
}

pub(super) const fn breakdown(breakdown: Breakdown) -> Label {
    match breakdown {
        Breakdown::Entity => Label("entidad", "entity"),
        Breakdown::Unit => Label("dependencia", "unit"),
        Breakdown::Type => Label(
            "tipo de trámite y su versión",
            "procedure type and its version",
        ),
        Breakdown::Channel => Label("canal", "channel"),
        Breakdown::Applicant => Label("clase de solicitante", "kind of applicant"),
        Breakdown::Month => Label("mes", "month"),
        Breakdown::Step => Label("paso", "step"),
        Breakdown::Numeral => Label("numeral", "numeral"),
    }
}

pub(super) const fn capture(capture: Capture) -> Label {
    match capture {
        Capture::Automatic => Label("automática", "automatic"),
        Capture::Manual => Label("manual", "manual"),
        Capture::Batch => Label("por lotes", "in batches"),
        Capture::Mixed => Label(
            "automática, manual y por lotes",
            "automatic, manual and in batches",
        ),
    }
}

pub(super) const fn personal_data(held: PersonalData) -> Label {
    match held {
        PersonalData::None => Label("ninguno", "none"),
        PersonalData::Pseudonymous => Label("seudónimos", "pseudonymous"),
        PersonalData::Vault => Label("cifrados y suprimibles", "encrypted and erasable"),
    }
}
