//! What a log and a witness say to each other (`tlog-witness`), and what a witness decides.
//! The HTTP around it, and keeping what was decided, are the business of others.

mod consider;
mod reply;
mod submission;

pub use consider::{Latest, Refusal, consider};
pub use reply::{
    SIZE_CONTENT_TYPE, parse_cosignatures, parse_size, print_cosignatures, print_size,
};
pub use submission::{MAX_SUBMISSION_BYTES, Submission};
