//! The words that people read, in Spanish. The glossary keeps them the same everywhere.

use chasqui_deadlines::{SilenceEffect, SuspensionCause};
use chasqui_procedures::contradiction::Contradiction;
use chasqui_procedures::event::{CorrectionReason, RecomputeReason, ReopenCause};
use chasqui_procedures::outcome::{Outcome, Stage, WaitingOn};
use chasqui_procedures::publication::{Details, PublicEntry};
use chasqui_procedures::standing::Kind;
use chasqui_procedures::subprocedure::SubprocedureResult;
use jiff::civil::Date;

use crate::dates;

pub(crate) fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Filed => "Ingresado",
        Stage::InReview => "En revisión",
        Stage::AwaitingApplicant => "Esperando su respuesta",
        Stage::Suspended => "Tiempo detenido",
        Stage::Decided => "Decidido, por notificar",
        Stage::Ended => "Terminado",
    }
}

pub(crate) fn standing(kind: Kind) -> &'static str {
    match kind {
        Kind::NoTerm => "Sin término conocido",
        Kind::Running => "En plazo",
        Kind::DueSoon => "Por vencer",
        Kind::DueToday => "Vence hoy",
        Kind::Overdue => "Fuera de plazo",
        Kind::Suspended => "Tiempo detenido",
        Kind::SilenceAccrued => "Silencio administrativo",
        Kind::EndedOnTime => "Terminado a tiempo",
        Kind::EndedLate => "Terminado fuera de plazo",
        Kind::Ended => "Terminado",
    }
}

pub(crate) fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Granted => "Aprobado",
        Outcome::PartlyGranted => "Aprobado en parte",
        Outcome::Denied => "Negado",
        Outcome::NotRequired => "No requería autorización",
        Outcome::Inadmissible => "Inadmitido",
        Outcome::DeemedGranted => "Aprobado por silencio administrativo",
        Outcome::DeemedDenied => "Negado por silencio administrativo",
        Outcome::Withdrawn => "Desistido",
        Outcome::Abandoned => "Abandonado",
        Outcome::Lapsed => "Caducado",
        Outcome::Impossible => "Imposible de continuar",
        Outcome::Agreed => "Terminado por acuerdo",
        Outcome::Referred => "Remitido a otra entidad",
        Outcome::Unstated => "Decidido (la fuente no dice qué)",
    }
}

pub(crate) fn waiting_on(waiting_on: WaitingOn) -> &'static str {
    match waiting_on {
        WaitingOn::Municipality => "No tiene que hacer nada: la municipalidad debe responder.",
        WaitingOn::Applicant => {
            "Debe completar lo que se le pidió. Mientras tanto el tiempo está detenido."
        }
        WaitingOn::ThirdParty => {
            "No tiene que hacer nada: se espera a un tercero y el tiempo está detenido."
        }
        WaitingOn::Nobody => "No tiene que hacer nada más.",
    }
}

pub(crate) fn cause(cause: SuspensionCause) -> &'static str {
    match cause {
        SuspensionCause::Rectification => "se pidió completar la solicitud",
        SuspensionCause::ExternalReport => "se pidió un informe a otra entidad",
        SuspensionCause::TechnicalEvidence => "se practican pruebas técnicas",
        SuspensionCause::SettlementNegotiation => "se negocia un acuerdo",
        SuspensionCause::ForceMajeure => "fuerza mayor",
        SuspensionCause::Correction => "se pidió corregir la solicitud",
        SuspensionCause::Incompleteness => "la solicitud está incompleta",
    }
}

pub(crate) fn contradiction(contradiction: Contradiction) -> &'static str {
    match contradiction {
        Contradiction::FilingNotStated => "la fuente no registra el ingreso",
        Contradiction::FiledTwice => "la fuente registra otro ingreso",
        Contradiction::BeforeFiling => "consta antes del ingreso",
        Contradiction::OutOfOrder => "consta fuera de orden",
        Contradiction::AfterClosing => "consta después del cierre",
        Contradiction::DecidedTwice => "ya constaba una decisión",
        Contradiction::NotifiedUndecided => "no consta una decisión que notificar",
        Contradiction::AskedTwice => "ya constaba un pedido sin responder",
        Contradiction::AnsweredUnasked => "no consta un pedido",
        Contradiction::SuspendedTwice => "el tiempo ya estaba detenido",
        Contradiction::ResumedUnsuspended => "el tiempo no estaba detenido",
        Contradiction::WithdrawnTwice => "ya constaba el desistimiento",
        Contradiction::ArchivedTwice => "ya constaba el cierre",
        Contradiction::EndBeforeFiling => "la fuente pone el fin antes del ingreso",
        Contradiction::DueBeforeFiling => "la fuente pone el vencimiento antes del ingreso",
    }
}

/// What came of a part that another unit did.
const fn result(result: SubprocedureResult) -> &'static str {
    match result {
        SubprocedureResult::Done => "respondida",
        SubprocedureResult::Favourable => "informe favorable",
        SubprocedureResult::Unfavourable => "informe desfavorable",
    }
}

/// One line of a history, in a few words. `unit` names the other unit, where there is one.
pub(crate) fn entry(entry: &PublicEntry, unit: Option<&str>) -> String {
    let details = &entry.details;
    let step = details
        .step
        .as_ref()
        .map(ToString::to_string)
        .unwrap_or_default();
    let unit = unit.unwrap_or("otra unidad");
    match entry.event {
        "Filed" => "Ingresado".to_owned(),
        "Admitted" => "Admitido a trámite".to_owned(),
        "Assigned" => format!("Asignado a {unit}"),
        "StepStarted" => format!("Empezó: {step}"),
        "StepCompleted" => format!("Hecho: {step}"),
        "RectificationRequested" => "Se le pidió completar la solicitud".to_owned(),
        "RectificationAnswered" => "Usted respondió".to_owned(),
        "TermSuspended" => with_cause("El tiempo se detuvo", details.cause),
        "TermResumed" => with_cause("El tiempo volvió a correr", details.cause),
        "TermExtended" => match details.days {
            Some(days) => format!("El término se amplió en {days} días"),
            None => "El término se amplió".to_owned(),
        },
        "Transferred" => format!("Derivado a {unit}. El tiempo sigue corriendo"),
        "SubprocedureOpened" => format!("Se pidió a {unit}: {step}"),
        "SubprocedureAnswered" => {
            let number = details.subprocedure.unwrap_or_default();
            format!(
                "Parte {number}: {}",
                details.result.map_or("respondida", result)
            )
        }
        "SubprocedureCancelled" => {
            let number = details.subprocedure.unwrap_or_default();
            format!("Parte {number}: ya no hace falta")
        }
        "Decided" => match details.outcome {
            Some(decided) => format!("Decidido: {}", outcome(decided)),
            None => "Decidido".to_owned(),
        },
        "Notified" => "Decisión notificada".to_owned(),
        "Withdrawn" => "Desistido".to_owned(),
        "Archived" => "Expediente cerrado".to_owned(),
        "Corrected" => {
            let which = details.corrects.unwrap_or_default();
            let why = details.correction_reason.map_or("", corrected);
            format!("Corrección del movimiento {which}: {why}")
        }
        "CodeReplaced" => "Se cambió el código de seguimiento".to_owned(),
        "PersonErased" => "Se suprimieron los datos personales".to_owned(),
        "Appealed" => "Usted apeló la decisión".to_owned(),
        "Reopened" => match details.reopen_cause {
            Some(cause) => format!(
                "Reabierto: {}. El término empieza de nuevo",
                reopened(cause)
            ),
            None => "Reabierto. El término empieza de nuevo".to_owned(),
        },
        "DeadlineRecomputed" => recomputed(details),
        "SilenceAccrued" => match details.effect {
            Some(effect) => format!("Nadie respondió a tiempo: {}", silence(effect)),
            None => "Nadie respondió a tiempo".to_owned(),
        },
        other => other.to_owned(),
    }
}

fn corrected(reason: CorrectionReason) -> &'static str {
    match reason {
        CorrectionReason::TypingMistake => "se registró mal",
        CorrectionReason::WrongProcedure => "era de otro trámite",
        CorrectionReason::RecordedTwice => "se registró dos veces",
        CorrectionReason::DocumentShowsOtherwise => "un documento muestra otra cosa",
        CorrectionReason::ActIsVoid => "el acto no tiene validez",
    }
}

fn reopened(cause: ReopenCause) -> &'static str {
    match cause {
        ReopenCause::AppealUpheld => "se aceptó la apelación",
        ReopenCause::CourtOrder => "lo ordenó un juez",
        ReopenCause::OwnRevision => "la municipalidad revisó su propio acto",
    }
}

fn recomputed(details: &Details) -> String {
    let day = |date: Option<Date>| date.map_or_else(|| "sin fecha".to_owned(), dates::medium);
    let to = details.due.as_ref().and_then(|due| due.on);
    let why = match &details.reason {
        Some(RecomputeReason::Decrees(ids)) => format!(" ({})", ids.join(", ")),
        Some(RecomputeReason::CalendarData) | None => String::new(),
    };
    let (from, to) = (day(details.from), day(to));
    format!("Cambió el calendario{why}: la fecha máxima pasa del {from} al {to}")
}

/// What silence means, in the law's words and in plain ones.
pub(crate) fn silence(effect: SilenceEffect) -> &'static str {
    match effect {
        SilenceEffect::Positive => {
            "silencio administrativo positivo, lo pedido se entiende concedido (COA, art. 207)"
        }
        SilenceEffect::Negative => {
            "silencio administrativo negativo, lo pedido se entiende negado y se puede impugnar"
        }
        SilenceEffect::Caducity => "caducidad, el procedimiento se extingue (COA, art. 213)",
    }
}

fn with_cause(text: &str, reason: Option<SuspensionCause>) -> String {
    reason.map_or_else(
        || text.to_owned(),
        |reason| format!("{text}: {}", cause(reason)),
    )
}

/// `1 día laborable`, `6 días laborables`.
pub(crate) fn business_days(count: u32) -> String {
    if count == 1 {
        "1 día laborable".to_owned()
    } else {
        format!("{count} días laborables")
    }
}

/// The name of a count that belongs to a figure.
pub(crate) fn part(name: &str) -> &str {
    match name {
        "on_time" => "A tiempo",
        "late" => "Fuera de plazo",
        "open" => "En curso",
        "overdue" => "En curso y vencidos",
        "not_overdue" => "En curso y no vencidos",
        "received" => "Ingresados",
        "closed" => "Terminados",
        other => other,
    }
}

/// A figure as people read it: at most one decimal, with a comma. Its exact value is in the JSON.
pub(crate) fn number(exact: &str) -> String {
    match exact.parse::<f64>() {
        Ok(number) if exact.contains('.') => format!("{number:.1}").replace('.', ","),
        _ => exact.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_one_decimal_and_a_comma() {
        assert_eq!(number("27.456400"), "27,5");
        assert_eq!(number("73.049000"), "73,0");
        assert_eq!(number("1434"), "1434");
    }
}
