//! Everything that can be answered instead of what was asked: once for the API as problem+json
//! (RFC 9457), once for people as a page.

use axum::Json;
use axum::extract::Request;
use axum::extract::rejection::QueryRejection;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chasqui_commands::authorise::Refusal;
use chasqui_deadlines::DeadlineError;
use chasqui_procedures::tracking_code::Mistyped;
use chasqui_projections::ViewError;
use serde::Serialize;

use crate::refusal;

/// What went wrong, as far as the reader is concerned.
#[derive(Debug)]
pub(crate) enum Problem {
    /// The code has a typing mistake: known without looking it up.
    Mistyped(Mistyped),
    /// No procedure has this code, or no longer.
    UnknownCode,
    /// Codes were guessed at from this network: it has to wait.
    TooManyMisses {
        /// How long.
        seconds: u64,
    },
    /// Silence has not accrued on the procedure.
    NoSilence,
    /// There is nothing at this address.
    NoSuchAddress,
    /// The address does not know this method.
    NoSuchMethod,
    /// There is no such figure.
    UnknownFigure(String),
    /// A part of the question cannot be understood.
    BadQuestion(Vec<FieldProblem>),
    /// The law, or reason, gives no date for this question.
    Refused(DeadlineError),
    /// The body is no JSON; with what the reader of JSON said.
    Unparsable(String),
    /// The body was announced as something other than JSON.
    NotJson,
    /// The body is longer than anything that is read here.
    TooLarge {
        /// The most bytes.
        most: usize,
    },
    /// The body did not arrive whole.
    Unread,
    /// There is no such calendar.
    UnknownCalendar,
    /// Only whoever has a key may, and none was presented.
    NeedsKey,
    /// What was presented opens nothing: it is not said why.
    KeyOpensNothing,
    /// The key may not.
    NotAllowed(Refusal),
    /// The views are not there yet, or cannot be read at the moment.
    Unavailable,
    /// Our own fault.
    Internal,
}

/// One field of a question that cannot be understood.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct FieldProblem {
    /// Where: the name of the parameter, or a JSON pointer.
    pub(crate) pointer: String,
    /// What is wrong, as a name.
    pub(crate) code: &'static str,
    /// What is wrong, in words.
    pub(crate) detail: String,
}

#[derive(Serialize)]
struct Body {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: String,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    instance: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
}

tokio::task_local! {
    /// The address that is being answered: what a problem calls its instance.
    static ADDRESS: String;
}

/// Remembers the address while a request is answered. Its query is left out: it may say more than it
/// should.
pub(crate) async fn remember_address(request: Request, next: Next) -> Response {
    let path = request.uri().path().chars().take(200).collect();
    ADDRESS.scope(path, next.run(request)).await
}

impl Problem {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::Mistyped(_) | Self::Unparsable(_) | Self::Unread => StatusCode::BAD_REQUEST,
            Self::TooManyMisses { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::UnknownCode
            | Self::NoSilence
            | Self::NoSuchAddress
            | Self::UnknownFigure(_)
            | Self::UnknownCalendar => StatusCode::NOT_FOUND,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::BadQuestion(_) | Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NeedsKey | Self::KeyOpensNothing => StatusCode::UNAUTHORIZED,
            Self::NotAllowed(_) => StatusCode::FORBIDDEN,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// After how many seconds it is worth while to try again; none if it never is.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        match (self, self.status()) {
            (Self::TooManyMisses { seconds }, _) => Some(*seconds),
            (_, StatusCode::SERVICE_UNAVAILABLE) => Some(10),
            _ => None,
        }
    }

    /// The problem's name, which programs may rely on.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::Mistyped(_) => "mistyped_code",
            Self::UnknownCode => "unknown_code",
            Self::TooManyMisses { .. } => "too_many_misses",
            Self::NoSilence => "no_silence",
            Self::NoSuchAddress => "no_such_address",
            Self::NoSuchMethod => "no_such_method",
            Self::UnknownFigure(_) => "unknown_figure",
            Self::BadQuestion(_) => "bad_question",
            Self::Refused(error) => error.name(),
            Self::Unparsable(_) => "not_parsable",
            Self::NotJson => "not_json",
            Self::TooLarge { .. } => "too_large",
            Self::Unread => "not_read",
            Self::UnknownCalendar => "unknown_calendar",
            Self::NeedsKey => "needs_key",
            Self::KeyOpensNothing => "key_opens_nothing",
            Self::NotAllowed(_) => "not_allowed",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
        }
    }

    pub(crate) fn title(&self) -> &'static str {
        match self {
            Self::Mistyped(_) => "El código tiene un error",
            Self::UnknownCode => "No encontramos ese código",
            Self::TooManyMisses { .. } => "Demasiados códigos equivocados",
            Self::NoSilence => "No hay silencio administrativo",
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
            Self::Refused(error) => refusal::explain(error),
            Self::Unparsable(reason) => format!("El cuerpo no es JSON: {reason}."),
            Self::NotJson => "Envíe la consulta con Content-Type: application/json.".to_owned(),
            Self::TooLarge { most } => format!("Se leen como máximo {most} bytes."),
            Self::Unread => "Vuelva a enviarla.".to_owned(),
            Self::UnknownCalendar => "Vea la lista en /api/v1/catalogue/calendars.".to_owned(),
            Self::Unavailable => "Vuelva a intentar en un minuto.".to_owned(),
            Self::Internal => "Ya quedó registrado. Vuelva a intentar más tarde.".to_owned(),
        }
    }
}

impl From<ViewError> for Problem {
    /// What happened to a view is written to the log, once, and never shown.
    fn from(error: ViewError) -> Self {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "failed to read a view"
        );
        match error {
            ViewError::Empty | ViewError::Late { .. } | ViewError::Feed(_) => Self::Unavailable,
            ViewError::Folder(..)
            | ViewError::File(_)
            | ViewError::Row { .. }
            | ViewError::Event(_)
            | ViewError::Gap { .. } => Self::Internal,
        }
    }
}

impl From<DeadlineError> for Problem {
    fn from(error: DeadlineError) -> Self {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "failed to compute a deadline for a recorded procedure"
        );
        Self::Internal
    }
}

impl From<QueryRejection> for Problem {
    fn from(rejection: QueryRejection) -> Self {
        Self::BadQuestion(vec![FieldProblem {
            pointer: String::new(),
            code: "bad_parameter",
            detail: rejection.body_text().chars().take(400).collect(),
        }])
    }
}

impl From<Mistyped> for Problem {
    fn from(mistyped: Mistyped) -> Self {
        Self::Mistyped(mistyped)
    }
}

/// A problem as the API tells it.
pub(crate) struct ApiProblem(pub(crate) Problem);

impl<P: Into<Problem>> From<P> for ApiProblem {
    fn from(problem: P) -> Self {
        Self(problem.into())
    }
}

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let Self(problem) = self;
        let status = problem.status();
        let body = Body {
            r#type: format!("/problemas/{}", problem.code()),
            title: problem.title(),
            status: status.as_u16(),
            detail: problem.detail(),
            code: problem.code(),
            instance: ADDRESS.try_with(Clone::clone).ok(),
            errors: match &problem {
                Problem::BadQuestion(fields) => fields.clone(),
                Problem::Refused(error) => vec![FieldProblem {
                    pointer: refusal::pointer(error).to_owned(),
                    code: error.name(),
                    detail: error.to_string().chars().take(400).collect(),
                }],
                Problem::Mistyped(_)
                | Problem::UnknownCode
                | Problem::NoSilence
                | Problem::TooManyMisses { .. }
                | Problem::NoSuchAddress
                | Problem::NoSuchMethod
                | Problem::UnknownFigure(_)
                | Problem::Unparsable(_)
                | Problem::NotJson
                | Problem::TooLarge { .. }
                | Problem::Unread
                | Problem::UnknownCalendar
                | Problem::NeedsKey
                | Problem::KeyOpensNothing
                | Problem::NotAllowed(_)
                | Problem::Unavailable
                | Problem::Internal => Vec::new(),
            },
        };
        let challenge = challenge(&problem);
        let mut response = (status, Json(body)).into_response();
        let kind = header::HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        response.headers_mut().insert(
            header::CACHE_CONTROL,
            header::HeaderValue::from_static("no-store"),
        );
        if let Some(challenge) = challenge {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Some(seconds) = problem.retry_after() {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

/// What a program is told of the key that it should present (RFC 6750, 3).
fn challenge(problem: &Problem) -> Option<header::HeaderValue> {
    const REALM: &str = "Bearer realm=\"chasqui\"";
    let text = match problem {
        Problem::NeedsKey => REALM.to_owned(),
        Problem::KeyOpensNothing => format!("{REALM}, error=\"invalid_token\""),
        Problem::NotAllowed(Refusal::OutOfScope { verb }) => {
            format!("{REALM}, error=\"insufficient_scope\", scope=\"{verb}\"")
        }
        Problem::NotAllowed(_)
        | Problem::Mistyped(_)
        | Problem::UnknownCode
        | Problem::NoSuchAddress
        | Problem::NoSuchMethod
        | Problem::UnknownFigure(_)
        | Problem::BadQuestion(_)
        | Problem::TooManyMisses { .. }
        | Problem::NoSilence
        | Problem::Refused(_)
        | Problem::Unparsable(_)
        | Problem::NotJson
        | Problem::TooLarge { .. }
        | Problem::Unread
        | Problem::UnknownCalendar
        | Problem::Unavailable
        | Problem::Internal => return None,
    };
    header::HeaderValue::from_str(&text).ok()
}
