//! A command that was not carried out: what happened instead, as a status and in words.
//!
//! 409 says that the procedure's state forbids it, 412 that it is no longer what was seen, 422 that what
//! was asked could never be done as it was asked.

use axum::http::StatusCode;
use chasqui_commands::authorise::Verb;
use chasqui_commands::{Change, CommandError, Trouble};
use chasqui_deadlines::{DeadlineError, Language};
use chasqui_procedures::rejection::Rejection;

use super::{FieldProblem, Problem};
use crate::language::noted;
use crate::refusal;

/// Why a command was not carried out.
#[derive(Debug)]
pub(crate) struct NotDone {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) title: &'static str,
    pub(crate) detail: String,
    pub(crate) retry_after: Option<u64>,
    pub(crate) errors: Vec<FieldProblem>,
    pub(crate) article: Option<&'static str>,
    pub(crate) version: Option<u64>,
    pub(crate) changes: Vec<Change>,
    /// What the domain refused, to be worded in the reader's language.
    pub(crate) rejection: Option<Rejection>,
}

impl NotDone {
    pub(super) fn new(
        status: StatusCode,
        code: &'static str,
        title: &'static str,
        detail: String,
    ) -> Self {
        Self {
            status,
            code,
            title,
            detail,
            retry_after: None,
            errors: Vec::new(),
            article: None,
            version: None,
            changes: Vec::new(),
            rejection: None,
        }
    }

    /// The field of the body that is to be mended.
    fn at(mut self, pointer: &str) -> Self {
        self.errors = vec![FieldProblem {
            pointer: pointer.to_owned(),
            code: self.code,
            detail: self.detail.clone(),
        }];
        self
    }

    fn again_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

impl From<CommandError> for Problem {
    fn from(error: CommandError) -> Self {
        let not_done = match error {
            CommandError::NotAllowed(refusal) => return refusal.into(),
            CommandError::Rejected(Rejection::NotFiled) => return Self::UnknownProcedure,
            CommandError::Rejected(rejection) => rejected(rejection),
            CommandError::Changed {
                seen,
                version,
                changes,
            } => changed(seen, version, changes),
            CommandError::UnknownType(id) => missing("unknown_type", "/type", id.as_str()),
            CommandError::UnknownUnit(id) => missing("unknown_unit", "/unit", id.as_str()),
            CommandError::Calendar(error @ DeadlineError::UnknownCalendar { .. }) => {
                refused(error.into(), Some("/calendars"))
            }
            CommandError::Vault(error) => return error.into(),
            CommandError::KeyUsed => NotDone::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency_key_used",
                "Esa clave de idempotencia ya se usó",
                "Se usó para otra orden. Use una nueva para cada orden.".to_owned(),
            ),
            CommandError::InHand => NotDone::new(
                StatusCode::CONFLICT,
                "in_hand",
                "Esa orden se está ejecutando",
                "Repítala con la misma clave y recibirá su respuesta.".to_owned(),
            )
            .again_after(1),
            CommandError::Contended => NotDone::new(
                StatusCode::CONFLICT,
                "contended",
                "El trámite está cambiando",
                "Otras personas actúan sobre él en este momento. Mírelo y vuelva a intentar."
                    .to_owned(),
            )
            .again_after(1),
            error @ (CommandError::DecreeExists(_)
            | CommandError::Calendar(_)
            | CommandError::Append(_)
            | CommandError::Read(_)
            | CommandError::Unreadable(_)
            | CommandError::Load(_)
            | CommandError::NoRandomness(_)
            | CommandError::Interrupted) => return trouble(&error),
        };
        Self::NotDone(Box::new(not_done))
    }
}

impl Problem {
    /// The same for a command on a procedure: where its body names another unit.
    pub(crate) fn of_act(error: CommandError, verb: Verb) -> Self {
        if let CommandError::UnknownUnit(id) = error {
            let place = match verb == Verb::OpenSubprocedure {
                true => "/unit",
                false => "/to",
            };
            return Self::NotDone(Box::new(missing("unknown_unit", place, id.as_str())));
        }
        error.into()
    }
}

/// What every rejection says first.
const fn title(language: Language) -> &'static str {
    match language {
        Language::Es => "No se puede hacer eso con este trámite",
        Language::En => "That cannot be done with this procedure",
        Language::Qu => "Kay trámitewanka chayta mana ruray ushanchikchu",
    }
}

fn rejected(rejection: Rejection) -> NotDone {
    let place = place(&rejection);
    refused(rejection, place)
}

/// What the domain refused; the body is wrong if it is about a field of it.
fn refused(rejection: Rejection, place: Option<&str>) -> NotDone {
    let status = match place {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::CONFLICT,
    };
    let detail = rejection.sentence(Language::Es);
    let mut not_done = NotDone::new(status, rejection.name(), title(Language::Es), detail);
    not_done.article = rejection.article().map(|article| article.0);
    not_done.rejection = Some(rejection);
    match place {
        Some(place) => not_done.at(place),
        None => not_done,
    }
}

impl NotDone {
    /// Words what the domain refused in a language; the language in which it is now worded.
    pub(super) fn worded(&mut self, language: Language) -> Language {
        let Some(rejection) = &self.rejection else {
            return Language::Es;
        };
        self.title = title(language);
        self.detail = noted(rejection.sentence(language), language);
        for field in &mut self.errors {
            field.detail = self.detail.clone();
        }
        language
    }
}

/// The field of the body that a rejection is about; none where it is the procedure's state that forbids
/// what was asked.
fn place(rejection: &Rejection) -> Option<&'static str> {
    match rejection {
        Rejection::WrongUnit { .. } => Some("/unit"),
        Rejection::NoDecision { .. }
        | Rejection::NoSuchEntry { .. }
        | Rejection::ErasureStands { .. } => Some("/sequence"),
        Rejection::NoSuchSubprocedure { .. } => Some("/number"),
        Rejection::BeforeFiling { .. }
        | Rejection::BeforeSubprocedure { .. }
        | Rejection::InTheFuture => Some("/occurred"),
        Rejection::FilingStands => Some("/instead"),
        Rejection::Deadline(error) => place_in_arithmetic(error),
        Rejection::NotFiled
        | Rejection::AlreadyFiled
        | Rejection::AlreadyEnded { .. }
        | Rejection::AlreadyDecided
        | Rejection::AlreadyAdmitted
        | Rejection::NotDecided
        | Rejection::NotNotified
        | Rejection::NotEnded
        | Rejection::NotYetAbandoned { .. }
        | Rejection::RectificationAlreadyOpen
        | Rejection::NoRectificationOpen
        | Rejection::AlreadySuspended { .. }
        | Rejection::NotSuspended { .. }
        | Rejection::NoTerm
        | Rejection::SubprocedureEnded { .. }
        | Rejection::TooManySubprocedures { .. }
        | Rejection::NoPerson
        | Rejection::PersonAlreadyErased { .. }
        | Rejection::PersonNeeded
        | Rejection::AlreadyThere => None,
    }
}

/// The same for what the arithmetic of terms refuses.
fn place_in_arithmetic(error: &DeadlineError) -> Option<&'static str> {
    use DeadlineError as E;
    if matches!(
        error,
        E::TermAlreadyExpired { .. } | E::ExtensionsExhausted { .. }
    ) {
        return None;
    }
    Some(match refusal::pointer(error) {
        "/extensions" => "/days",
        "/suspensions" if matches!(error, E::CauseNotAllowed { .. }) => "/cause",
        _ => "/occurred",
    })
}

fn changed(seen: u64, version: u64, changes: Vec<Change>) -> NotDone {
    let last = changes.last();
    let by = last.and_then(|change| change.by.as_deref());
    let detail = match (last, by) {
        (Some(change), Some(by)) => format!(
            "Usted vio la versión {seen} y ahora es la {version}: {} ({by}). Mírelo otra vez.",
            change.r#type
        ),
        (Some(change), None) => format!(
            "Usted vio la versión {seen} y ahora es la {version}: {}. Mírelo otra vez.",
            change.r#type
        ),
        (None, _) => format!("Usted dice haber visto la versión {seen} y es la {version}."),
    };
    let title = "El trámite cambió desde que usted lo vio";
    NotDone {
        version: Some(version),
        changes,
        ..NotDone::new(StatusCode::PRECONDITION_FAILED, "changed", title, detail)
    }
}

fn missing(code: &'static str, pointer: &str, id: &str) -> NotDone {
    let detail = format!("«{id}» no está en el catálogo: vea /api/v1/catalogue.");
    let title = "No está en el catálogo";
    NotDone::new(StatusCode::UNPROCESSABLE_ENTITY, code, title, detail).at(pointer)
}

/// What is nobody's fault who asked: it is written to the log, once, and never shown.
fn trouble(error: &CommandError) -> Problem {
    let told = error as &dyn std::error::Error;
    let (code, detail, seconds) = match error.trouble() {
        Trouble::Busy => (
            "busy",
            "Hay demasiadas órdenes en espera. No se registró nada: repítala.",
            1,
        ),
        Trouble::Unclear => (
            "unclear",
            "No sabemos si se registró. Repítala con la misma clave: se hará una sola vez.",
            2,
        ),
        Trouble::Broken => {
            tracing::error!(error = told, "a command could not be carried out");
            return Problem::Internal;
        }
    };
    tracing::warn!(error = told, code, "a command was put off");
    let title = "El servicio no está disponible por el momento";
    let status = StatusCode::SERVICE_UNAVAILABLE;
    let not_done = NotDone::new(status, code, title, detail.to_owned()).again_after(seconds);
    Problem::NotDone(Box::new(not_done))
}
