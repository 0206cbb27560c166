//! In Spanish: short sentences, *usted*.

use super::sentence::short;
use crate::error::DeadlineError;
use crate::language::Language::Es;

#[expect(
    clippy::too_many_lines,
    reason = "one sentence each, and all in one match"
)]
pub(super) fn sentence(error: &DeadlineError) -> String {
    use DeadlineError as E;
    match error {
        E::HoursForbidden => {
            "La ley no admite términos en horas. Use días, meses o años.".to_owned()
        }
        E::NonPositiveTerm { amount } => {
            format!("El término debe ser de al menos 1, no de {amount}.")
        }
        E::ImmediateTermWithAmount { amount } => {
            format!("Lo que se atiende en el momento no lleva número. Escriba 0 y no {amount}.")
        }
        E::TermTooLong { amount, limit, .. } => {
            format!("{amount} es demasiado: el máximo es {limit}. Revise el número y la unidad.")
        }
        E::UnknownTerm { text } => format!(
            "No se conoce «{}». Se aceptan días hábiles, días seguidos, semanas, meses y años.",
            short(text)
        ),
        E::DateOutOfRange { date } => format!(
            "Una fecha, o el resultado, queda fuera de los años 1900 a 2200 ({}). Revise las fechas.",
            short(date)
        ),
        E::UnknownCalendar { id } => {
            format!(
                "No existe el calendario «{}». Elija uno de la lista.",
                short(id)
            )
        }
        E::UnknownProfile { id } => format!(
            "No existe el perfil «{}». Los perfiles son ecuador, france y united_kingdom.",
            short(id)
        ),
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
        E::SuspensionEndsBeforeItBegins { from, to } => format!(
            "La suspensión del {} no puede terminar antes, el {}. Revise las dos fechas.",
            Es.date(*from),
            Es.date(*to)
        ),
        E::SuspensionBeforeFiling { from, filed_on } => format!(
            "La suspensión del {} es anterior al ingreso, el {}. Revise las dos fechas.",
            Es.date(*from),
            Es.date(*filed_on)
        ),
        E::NonPositiveExtension => {
            "Una ampliación añade al menos 1 día. Escriba cuántos.".to_owned()
        }
        E::ExtensionExceedsHalf {
            amount,
            already: 0,
            cap,
        } => format!(
            "Las ampliaciones suman como máximo la mitad del término, aquí {cap} días. Usted pide \
             {amount}: escriba menos días."
        ),
        E::ExtensionExceedsHalf {
            amount,
            already,
            cap,
        } => format!(
            "Las ampliaciones suman como máximo la mitad del término, aquí {cap} días. Ya se \
             concedieron {already} y usted pide {amount}. Escriba menos días."
        ),
        E::ExtensionsExhausted { grants } => {
            format!("El término ya se amplió {grants} veces y no puede ampliarse más.")
        }
        E::TermAlreadyExpired { due_on, on } => format!(
            "El término venció el {}: el {} ya no podía ampliarse ni suspenderse.",
            Es.date(*due_on),
            Es.date(*on)
        ),
        E::ExtensionBeforeFiling { on, filed_on } => format!(
            "La ampliación del {} es anterior al ingreso, el {}. Revise las dos fechas.",
            Es.date(*on),
            Es.date(*filed_on)
        ),
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
