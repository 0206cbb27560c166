//! Everything that can be answered instead of what was asked: once for the API as problem+json
//! (RFC 9457), once for people as a page.

mod answer;
mod command;
mod variants;
mod vault;
mod words;

pub(crate) use answer::{ApiProblem, ProblemDocument, remember_question};
pub(crate) use variants::{FieldProblem, Problem};
