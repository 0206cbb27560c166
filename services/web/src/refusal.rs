//! Why the calculator gives no date, in Spanish: what is wrong, and what to do. The names are the
//! domain's; here they only get their words.

use chasqui_deadlines::DeadlineError;

use crate::dates::medium;

/// What is wrong with a question, and what to do about it.
pub(crate) fn explain(error: &DeadlineError) -> String {
    use DeadlineError as E;
    match error {
        E::HoursForbidden => HOURS.to_owned(),
        E::NonPositiveTerm { amount } => {
            format!("El término debe ser de al menos 1, no de {amount}.")
        }
        E::ImmediateTermWithAmount { .. } => AT_ONCE.to_owned(),
        E::TermTooLong { amount, limit, .. } => {
            format!("{amount} es demasiado: el máximo es {limit}. Revise el número y la unidad.")
        }
        E::UnknownTerm { text } => format!("No se conoce «{}». {UNITS}", short(text)),
        E::DateOutOfRange { .. } => OUT_OF_RANGE.to_owned(),
        E::UnknownCalendar { id } => {
            format!(
                "No existe el calendario «{}». Elija uno de la lista.",
                short(id)
            )
        }
        E::UnknownProfile { id } => format!("No existe el perfil «{}». {PROFILES}", short(id)),
        E::UnknownPolicies { name } => {
            format!(
                "El perfil no tiene las reglas «{}». Quite ese campo.",
                short(name)
            )
        }
        E::NoCalendar => "Elija al menos un calendario.".to_owned(),
        E::InvalidOfficeHours => "La atención debe terminar después de empezar.".to_owned(),
        E::CauseNotAllowed { cause, .. } => {
            format!("La ley no suspende por esa causa ({cause}). Elija una de la lista.")
        }
        E::SuspensionEndsBeforeItBegins { from, to } => {
            let (from, to) = (medium(*from), medium(*to));
            format!("La suspensión del {from} no puede terminar antes, el {to}. {DATES}")
        }
        E::SuspensionBeforeFiling { from, filed_on } => {
            let (from, filed_on) = (medium(*from), medium(*filed_on));
            format!("La suspensión del {from} es anterior al ingreso, el {filed_on}. {DATES}")
        }
        E::NonPositiveExtension => EMPTY_EXTENSION.to_owned(),
        E::ExtensionExceedsHalf { already, cap, .. } => too_much_extension(*already, *cap),
        E::ExtensionsExhausted { grants } => {
            format!("El término ya se amplió {grants} veces y no puede ampliarse más.")
        }
        E::TermAlreadyExpired { due_on, on } => {
            let (due_on, on) = (medium(*due_on), medium(*on));
            format!("El término venció el {due_on}: el {on} ya no podía ampliarse. {IN_TIME}")
        }
        E::ExtensionBeforeFiling { on, filed_on } => {
            let (on, filed_on) = (medium(*on), medium(*filed_on));
            format!("La ampliación del {on} es anterior al ingreso, el {filed_on}. {DATES}")
        }
        E::TooMany { what, limit } => {
            format!("Son demasiados datos ({what}): el máximo es {limit}. Pregunte por partes.")
        }
        E::InvalidInput { detail } => {
            format!(
                "La consulta no se entiende. Corrija lo que se indica: {}.",
                short(detail)
            )
        }
    }
}

const HOURS: &str = "La ley no admite términos en horas (COA, art. 158). Use días, meses o años.";
const AT_ONCE: &str = "Lo que se atiende en el momento no lleva número. Escriba 0.";
const UNITS: &str = "Se aceptan días hábiles, días seguidos, semanas, meses y años.";
const OUT_OF_RANGE: &str =
    "Una fecha, o el resultado, queda fuera de los años 1900 a 2200. Revise las fechas.";
const PROFILES: &str = "Los perfiles son ecuador, france y united_kingdom.";
const DATES: &str = "Revise las dos fechas.";
const EMPTY_EXTENSION: &str = "Una ampliación añade al menos 1 día. Escriba cuántos.";
const IN_TIME: &str = "La ampliación se notifica antes del vencimiento (COA, art. 161).";

fn too_much_extension(already: u32, cap: u32) -> String {
    let half = format!(
        "Las ampliaciones suman como máximo la mitad del término, aquí {cap} días (COA, art. 161)."
    );
    match already {
        0 => format!("{half} Escriba menos días."),
        already => format!("{half} Ya se concedieron {already}. Escriba menos días."),
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

/// What somebody wrote, cut to a length that can be read.
fn short(text: &str) -> String {
    const LONGEST: usize = 160;
    match text.char_indices().nth(LONGEST) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", &text[..end]),
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
            assert!(explain(&error).contains(words), "{}", explain(&error));
        }
    }

    #[test]
    fn what_was_written_is_not_repeated_at_any_length() {
        let unit = "é".repeat(5_000);
        let question =
            format!(r#"{{"trigger_date":"2025-09-01","term":{{"amount":1,"unit":"{unit}"}}}}"#);
        assert!(explain(&refused(&question)).len() < 600);
    }
}
