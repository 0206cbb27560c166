//! What can go wrong, as far as the reader is concerned: its status, and the name that programs rely on.

use axum::extract::rejection::QueryRejection;
use axum::http::StatusCode;
use chasqui_commands::authorise::Refusal;
use chasqui_deadlines::DeadlineError;
use chasqui_procedures::tracking_code::Mistyped;
use chasqui_projections::ViewError;
use serde::Serialize;

use super::command::NotDone;

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
    /// It is recorded, and no signature covers it yet.
    NotSealed,
    /// There is nothing at this address.
    NoSuchAddress,
    /// The address does not know this method.
    NoSuchMethod,
    /// There is no such figure.
    UnknownFigure(String),
    /// There is no such procedure type.
    UnknownType,
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
    /// There is no such procedure.
    UnknownProcedure,
    /// A command has to have a key, so that it can be sent again.
    NeedsIdempotencyKey,
    /// What was sent is no idempotency key; why.
    BadKey(String),
    /// What was sent names no version.
    BadIfMatch,
    /// A command was not carried out.
    NotDone(Box<NotDone>),
    /// The views have not taken in what was asked for.
    ViewsBehind,
    /// So many follow the feed already that one more would slow them all.
    TooManyFollowers,
    /// The views are not there yet, or cannot be read at the moment.
    Unavailable,
    /// Our own fault.
    Internal,
}

/// One field of a question that cannot be understood.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
pub(crate) struct FieldProblem {
    /// Where: the name of the parameter, or a JSON pointer.
    pub(crate) pointer: String,
    /// What is wrong, as a name.
    pub(crate) code: &'static str,
    /// What is wrong, in words.
    pub(crate) detail: String,
}

impl Problem {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Self::NotDone(refused) => refused.status,
            Self::Mistyped(_)
            | Self::Unparsable(_)
            | Self::Unread
            | Self::NeedsIdempotencyKey
            | Self::BadKey(_)
            | Self::BadIfMatch => StatusCode::BAD_REQUEST,
            Self::TooManyMisses { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::UnknownCode
            | Self::NoSilence
            | Self::NoSuchAddress
            | Self::UnknownFigure(_)
            | Self::UnknownProcedure
            | Self::UnknownType
            | Self::UnknownCalendar => StatusCode::NOT_FOUND,
            Self::NotSealed => StatusCode::CONFLICT,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoSuchMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::BadQuestion(_) | Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NeedsKey | Self::KeyOpensNothing => StatusCode::UNAUTHORIZED,
            Self::NotAllowed(_) => StatusCode::FORBIDDEN,
            Self::Unavailable | Self::ViewsBehind | Self::TooManyFollowers => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// After how many seconds it is worth while to try again; none if it never is.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        match (self, self.status()) {
            (Self::TooManyMisses { seconds }, _) => Some(*seconds),
            (Self::NotDone(refused), _) => refused.retry_after,
            (Self::ViewsBehind, _) => Some(1),
            (Self::NotSealed, _) => Some(5),
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
            Self::NotSealed => "not_sealed",
            Self::NoSuchAddress => "no_such_address",
            Self::NoSuchMethod => "no_such_method",
            Self::UnknownFigure(_) => "unknown_figure",
            Self::UnknownType => "unknown_type",
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
            Self::UnknownProcedure => "unknown_procedure",
            Self::NeedsIdempotencyKey => "needs_idempotency_key",
            Self::BadKey(_) => "bad_idempotency_key",
            Self::BadIfMatch => "bad_if_match",
            Self::NotDone(refused) => refused.code,
            Self::ViewsBehind => "views_behind",
            Self::TooManyFollowers => "too_many_followers",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
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
