//! In Spanish: short sentences, *usted*.

use chasqui_deadlines::Language::Es;

use super::reason::Rejection;

#[expect(
    clippy::too_many_lines,
    reason = "one sentence each, and all in one match"
)]
pub(super) fn sentence(rejection: &Rejection) -> String {
    use Rejection as R;
    match rejection {
        R::NotFiled => "No existe ese trámite. Revise el identificador.".to_owned(),
        R::AlreadyFiled => {
            "El trámite ya se ingresó. No hace falta ingresarlo otra vez.".to_owned()
        }
        R::AlreadyEnded { on } => format!(
            "El trámite terminó el {}. Si debe seguir, reábralo.",
            Es.date(*on)
        ),
        R::AlreadyDecided => {
            "El trámite ya se decidió. Falta notificar la decisión, o corregirla.".to_owned()
        }
        R::AlreadyAdmitted => {
            "El trámite ya se admitió. Siga con el paso que corresponde.".to_owned()
        }
        R::NotDecided => {
            "No hay una decisión que se pueda notificar o archivar ese día. Primero decida."
                .to_owned()
        }
        R::NoDecision { sequence } => {
            format!("El movimiento {sequence} no es una decisión: no tiene resultado que corregir.")
        }
        R::WrongUnit { unit } => {
            format!("Los trámites de este tipo no se ingresan en {unit}. Elija otra dependencia.")
        }
        R::NotNotified => "No hay una decisión notificada que se pueda apelar ese día.".to_owned(),
        R::NotEnded => "El trámite no ha terminado: no hace falta reabrirlo.".to_owned(),
        R::NotYetAbandoned { from } => format!(
            "Todavía no hay abandono: la persona puede responder antes del {}.",
            Es.date(*from)
        ),
        R::RectificationAlreadyOpen => {
            "Ya hay una subsanación pedida y sin responder. Espere la respuesta.".to_owned()
        }
        R::NoRectificationOpen => "No hay ninguna subsanación pedida que responder.".to_owned(),
        R::AlreadySuspended { cause } => format!(
            "El término ya está suspendido por esa causa: {}.",
            cause.label(Es)
        ),
        R::NotSuspended { cause } => format!(
            "El término no está suspendido por esa causa: {}.",
            cause.label(Es)
        ),
        R::NoTerm => "Este tipo de trámite no tiene término que suspender o ampliar.".to_owned(),
        R::AlreadyThere => "El trámite ya está en esa dependencia. Elija otra.".to_owned(),
        R::BeforeFiling { filed_on } => format!(
            "No pudo ocurrir antes del ingreso, el {}. Revise la fecha.",
            Es.date(*filed_on)
        ),
        R::InTheFuture => "No se registra algo antes de que ocurra. Revise la fecha.".to_owned(),
        R::NoSuchEntry { sequence } => {
            format!("No existe el movimiento {sequence}. Revise el número.")
        }
        R::FilingStands => {
            "No se puede deshacer el ingreso. Corrija su fecha, o archive el trámite.".to_owned()
        }
        R::NoSuchSubprocedure { number } => {
            format!("No existe la parte {number}. Revise el número.")
        }
        R::SubprocedureEnded { number, on } => format!(
            "La parte {number} terminó el {}. Si hace falta otra, pídala.",
            Es.date(*on)
        ),
        R::BeforeSubprocedure { number, opened_on } => format!(
            "La parte {number} se pidió el {}. Revise la fecha.",
            Es.date(*opened_on)
        ),
        R::TooManySubprocedures { most } => format!("Un trámite tiene como máximo {most} partes."),
        R::NoPerson => "De este trámite no se guardan datos personales.".to_owned(),
        R::PersonAlreadyErased { on } => format!(
            "Los datos personales ya se suprimieron el {}.",
            Es.date(*on)
        ),
        R::PersonNeeded => {
            "El trámite sigue en curso, y hay que responder a la persona. Espere a que termine."
                .to_owned()
        }
        R::ErasureStands { sequence } => format!(
            "El movimiento {sequence} es una supresión de datos personales: no se puede deshacer."
        ),
        R::Deadline(error) => error.sentence(Es),
    }
}
