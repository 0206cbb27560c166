//! What a witness answers to a submission, as tlog-witness writes it.

use chasqui_tlog::note::Signature;
use chasqui_tlog::witness::{SIZE_CONTENT_TYPE, print_cosignatures, print_size};

/// An answer: a status, a content type and a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// 200, 400, 403, 404, 409, 422, or 500 if what was decided could not be kept.
    pub status: u16,
    /// What the body is.
    pub content_type: &'static str,
    /// The signature lines (200), the size seen (409), or why not.
    pub body: String,
}

const TEXT: &str = "text/plain; charset=utf-8";

impl Answer {
    pub(crate) fn cosigned(signature: Signature) -> Self {
        Self {
            status: 200,
            content_type: TEXT,
            body: print_cosignatures(&[signature]),
        }
    }

    pub(crate) fn seen(size: u64) -> Self {
        Self {
            status: 409,
            content_type: SIZE_CONTENT_TYPE,
            body: print_size(size),
        }
    }

    pub(crate) fn refused(status: u16, why: impl std::fmt::Display) -> Self {
        Self {
            status,
            content_type: TEXT,
            body: format!("{why}\n"),
        }
    }
}
