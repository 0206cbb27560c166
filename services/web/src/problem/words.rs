//! Problems in words: what it is, and what to do.

use chasqui_commands::authorise::Refusal;
use chasqui_deadlines::Language;
use chasqui_procedures::tracking_code::Mistyped;

use super::Problem;
use crate::refusal;

impl Problem {
    pub(crate) fn title(&self) -> &'static str {
        match self {
            Self::Mistyped(_) => "El código tiene un error",
            Self::UnknownCode => "No encontramos ese código",
            Self::TooManyMisses { .. } => "Demasiados códigos equivocados",
            Self::NoSilence => "No hay silencio administrativo",
            Self::NotSealed => "Está registrado, y todavía no está sellado",
            Self::NoSuchAddress => "Esta página no existe",
            Self::NoSuchMethod => "Aquí no se puede hacer eso",
            Self::UnknownFigure(_) => "No existe ese indicador",
            Self::BadQuestion(_) | Self::Unparsable(_) | Self::NotJson => {
                "No entendimos la consulta"
            }
            Self::Refused(_) => "No se puede calcular una fecha",
            Self::TooLarge { .. } => "La consulta es demasiado larga",
            Self::Unread => "La consulta no llegó completa",
            Self::UnknownCalendar => "No existe ese calendario",
            Self::NeedsKey => "Hace falta una clave",
            Self::KeyOpensNothing => "Esa clave no abre nada",
            Self::NotAllowed(_) => "Esa clave no lo permite",
            Self::UnknownProcedure => "No existe ese trámite",
            Self::NeedsIdempotencyKey | Self::BadKey(_) => "Falta una clave de idempotencia",
            Self::BadIfMatch => "No entendimos If-Match",
            Self::NotDone(refused) => refused.title,
            Self::ViewsBehind => "Todavía no lo vemos",
            Self::TooManyFollowers => "Hay demasiadas conexiones abiertas",
            Self::Unavailable => "El servicio no está disponible por el momento",
            Self::Internal => "Algo falló de nuestro lado",
        }
    }

    pub(crate) fn detail(&self) -> String {
        match self {
            Self::Mistyped(Mistyped::Length { found }) => format!(
                "El código tiene 15 letras y números; usted escribió {found}. Cópielo completo de su comprobante."
            ),
            Self::Mistyped(Mistyped::Symbol { place }) => format!(
                "Revise el carácter {place}: no aparece en ningún código. No se usan la U ni las tildes."
            ),
            Self::Mistyped(Mistyped::Check { place: Some(place) }) => {
                format!("Hay un error al escribirlo. Revise el carácter {place}.")
            }
            Self::Mistyped(Mistyped::Check { place: None }) => {
                "Hay un error al escribirlo. Compárelo con su comprobante.".to_owned()
            }
            Self::UnknownCode => {
                "El código está bien escrito, pero no corresponde a ningún trámite que podamos mostrar."
                    .to_owned()
            }
            Self::TooManyMisses { seconds } => format!(
                "Desde su red se probaron muchos códigos que no existen. Vuelva a intentar en {seconds} segundos; su código sigue siendo válido."
            ),
            Self::NoSilence => {
                "En este trámite no se ha producido el silencio administrativo: o el plazo no ha terminado, o se notificó una respuesta a tiempo, o el silencio no tiene efecto en este tipo de trámite."
                    .to_owned()
            }
            Self::NoSuchAddress => "Revise la dirección, o empiece en la página de inicio.".to_owned(),
            Self::NoSuchMethod => "La dirección existe, pero no con ese método.".to_owned(),
            Self::UnknownFigure(id) => format!("No hay un indicador {id:?}. Vea la lista."),
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
            Self::BadQuestion(_) => "Una parte de la consulta no se puede entender.".to_owned(),
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
            Self::ViewsBehind => {
                "Está registrado o lo estará pronto. Vuelva a preguntar en un segundo.".to_owned()
            }
            Self::TooManyFollowers => {
                "Pregunte mientras tanto por páginas: /api/v1/events.".to_owned()
            }
            Self::NotSealed | Self::Unavailable => "Vuelva a intentar en un minuto.".to_owned(),
            Self::Internal => "Ya quedó registrado. Vuelva a intentar más tarde.".to_owned(),
        }
    }
}
