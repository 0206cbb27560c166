//! Problems in words: what it is, and what to do.

use chasqui_commands::authorise::Refusal;
use chasqui_deadlines::Language;
use chasqui_procedures::tracking_code::Mistyped;

use super::Problem;
use crate::{plain, plain_with, refusal};

impl Problem {
    pub(crate) fn title(&self) -> &'static str {
        match self {
            Self::Mistyped(_) => plain("problem-mistyped_code-title"),
            Self::UnknownCode => plain("problem-unknown_code-title"),
            Self::TooManyMisses { .. } => plain("problem-too_many_misses-title"),
            Self::NoSilence => plain("problem-no_silence-title"),
            Self::NoSuchAddress => plain("problem-no_such_address-title"),
            Self::NoSuchMethod => plain("problem-no_such_method-title"),
            Self::NotSealed => plain("problem-not_sealed-title"),
            Self::UnknownFigure(_) => "No existe ese indicador",
            Self::BadQuestion(_) | Self::Unparsable(_) | Self::NotJson => {
                plain("problem-bad_question-title")
            }
            Self::Refused(_) => "No se puede calcular una fecha",
            Self::TooLarge { .. } => "La consulta es demasiado larga",
            Self::Unread => "La consulta no llegó completa",
            Self::UnknownCalendar => "No existe ese calendario",
            Self::NeedsKey => "Hace falta una clave",
            Self::KeyOpensNothing => "Esa clave no abre nada",
            Self::UnknownType => plain("type-is-missing"),
            Self::NotAllowed(_) => "Esa clave no lo permite",
            Self::UnknownProcedure => "No existe ese trámite",
            Self::NeedsIdempotencyKey | Self::BadKey(_) => "Falta una clave de idempotencia",
            Self::BadIfMatch => "No entendimos If-Match",
            Self::NotDone(refused) => refused.title,
            Self::ViewsBehind => plain("problem-views_behind-title"),
            Self::TooManyFollowers => "Hay demasiadas conexiones abiertas",
            Self::Unavailable => plain("problem-unavailable-title"),
            Self::Internal => plain("problem-internal-title"),
        }
    }

    pub(crate) fn detail(&self) -> String {
        match self {
            Self::Mistyped(mistyped) => mistyped_code(*mistyped),
            Self::UnknownCode => plain("problem-unknown_code-detail").to_owned(),
            Self::TooManyMisses { seconds } => plain_with(
                "problem-too_many_misses-detail",
                &[("seconds", (*seconds).into())],
            ),
            Self::NoSilence => plain("problem-no_silence-detail").to_owned(),
            Self::NoSuchAddress => plain("problem-no_such_address-detail").to_owned(),
            Self::NoSuchMethod => plain("problem-no_such_method-detail").to_owned(),
            Self::UnknownFigure(id) => format!("No hay un indicador {id:?}. Vea la lista."),
            Self::UnknownType => plain("type-is-missing-detail").to_owned(),
            Self::NeedsKey => {
                "Envíe su clave en la cabecera Authorization: Bearer chq_…".to_owned()
            }
            Self::KeyOpensNothing => {
                "Revise que esté completa y que siga vigente, o pida otra a quien se la dio."
                    .to_owned()
            }
            Self::NotAllowed(Refusal::OtherUnit { verb }) => {
                format!("La clave permite {verb}, pero de otra dependencia.")
            }
            Self::NotAllowed(refusal) => {
                format!("A la clave le falta el permiso {}.", refusal.verb())
            }
            Self::BadQuestion(_) => plain("problem-bad_question-detail").to_owned(),
            Self::Refused(error) => refusal::explain(error, Language::Es),
            Self::Unparsable(reason) => format!("El cuerpo no es JSON: {reason}."),
            Self::NotJson => "Envíe la consulta con Content-Type: application/json.".to_owned(),
            Self::TooLarge { most } => format!("Se leen como máximo {most} bytes."),
            Self::Unread => "Vuelva a enviarla.".to_owned(),
            Self::UnknownCalendar => "Vea la lista en /api/v1/catalogue/calendars.".to_owned(),
            Self::UnknownProcedure => {
                "Compare el identificador con el que se le dio al ingresar el trámite.".to_owned()
            }
            Self::NeedsIdempotencyKey => {
                "Envíe Idempotency-Key con un texto nuevo por cada orden, y el mismo al repetirla."
                    .to_owned()
            }
            Self::BadKey(reason) => format!("Idempotency-Key no sirve: {reason}."),
            Self::BadIfMatch => {
                "Envíe la versión que vio, entre comillas: If-Match: \"7\".".to_owned()
            }
            Self::NotDone(refused) => refused.detail.clone(),
            Self::ViewsBehind => plain("problem-views_behind-detail").to_owned(),
            Self::TooManyFollowers => {
                "Pregunte mientras tanto por páginas: /api/v1/events.".to_owned()
            }
            Self::NotSealed | Self::Unavailable => plain("problem-unavailable-detail").to_owned(),
            Self::Internal => plain("problem-internal-detail").to_owned(),
        }
    }
}

/// What is wrong with a code, as far as that can be known without looking it up.
fn mistyped_code(mistyped: Mistyped) -> String {
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    match mistyped {
        Mistyped::Length { found } => plain_with(
            "problem-mistyped_code-length",
            &[("found", count(found).into())],
        ),
        Mistyped::Symbol { place } => plain_with(
            "problem-mistyped_code-symbol",
            &[("place", count(place).into())],
        ),
        Mistyped::Check { place: Some(place) } => plain_with(
            "problem-mistyped_code-check-place",
            &[("place", count(place).into())],
        ),
        Mistyped::Check { place: None } => plain("problem-mistyped_code-check").to_owned(),
    }
}
