//! The public feed: every event's public part, by position, as pages of JSON and as a stream.

mod line;
pub(crate) mod list;
pub(crate) mod stream;
