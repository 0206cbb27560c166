//! Disclosures: one committed field each, as a salted string (the form of SD-JWT, RFC 9901).
//!
//! Who knows the string can show it; who knows only its digest learns nothing, because the salt is
//! unknown. Which fields an event must commit is the business of [`leaf`](crate::leaf).

mod canonical;
mod digest;
mod field;
mod string;

pub use canonical::{MAX_DEPTH, MAX_INTEGER, canonical_json};
pub use digest::{Commit, Commitment, Digest, MAX_DISCLOSURES};
pub use field::FieldName;
pub use string::{Disclosure, MAX_DISCLOSURE_BYTES, Salt};
